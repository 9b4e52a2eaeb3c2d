"""Weighs an alert by all that its rows tell, and writes down the risk and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from api.alerts import access
from api.alerts.deadlines import due_at
from api.alerts.models import AlertConcern, AlertEvent, AlertFact, Status
from api.alerts.neighbours import LIKE_WITHIN, alike, children_of, like_alerts
from api.alerts.telling import likeliest, told_of
from api.alerts.triage import CONCERN, weigh, weigh_after
from language.ages import BANDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from api.alerts.models import Alert
    from api.alerts.risk import Risk
    from api.alerts.triage import Told, Verdict
    from api.context import Call

SEVERAL = "several_reporters"


async def weigh_alert(call: Call, alert: Alert) -> Verdict:
    """Weigh an alert again and write the outcome into it; the risk only rises."""
    told, fresh = await told_in(call, alert)
    await write_concerns(call, alert)
    rules = call.reference.taxonomy.rules
    if alert.retriaged_to is None:
        verdict = weigh(told, rules)
    else:
        verdict = weigh_after(alert.retriaged_to, fresh, told, rules)
    alert.risk_reasons = call.sealed_json(
        [{"rule": reason.rule, "words": reason.words} for reason in verdict.reasons],
        alert.id,
        "risk_reasons",
    )
    if verdict.risk > alert.risk:
        raise_risk(call, alert, verdict.risk)
    alert.rules = [reason.rule for reason in verdict.reasons]
    return verdict


def raise_risk(call: Call, alert: Alert, risk: Risk) -> None:
    """Raise an alert's risk; the time to acknowledge it can only become shorter."""
    if alert.rules:  # the first weighing raises nothing
        detail = {"from": alert.risk.word, "to": risk.word}
        call.session.add(AlertEvent(alert_id=alert.id, at=call.now, kind="raised", detail=detail))
    alert.risk = risk
    alert.due_at = min(alert.due_at, due_at(risk, call.now, call.reference.deadlines))


async def told_in(call: Call, alert: Alert) -> tuple[Told, AbstractSet[str]]:
    """Return what an alert's reports tell, and the names told since a person set the risk."""
    facts = (
        await call.session.scalars(
            select(AlertFact)
            .where(AlertFact.alert_id == alert.id, AlertFact.value)
            .order_by(AlertFact.told_at, AlertFact.fact)
        )
    ).all()
    concerns = (
        await call.session.scalars(
            select(AlertConcern)
            .where(AlertConcern.alert_id == alert.id)
            .order_by(AlertConcern.told_at, AlertConcern.code)
        )
    ).all()
    children = await children_of(call, alert)
    likes = await like_alerts(call, alert)
    marks = [
        (f"{question}_unanswered", None)
        for question in alert.unanswered
        if question == "happening_now"
    ]
    told = told_of(
        [
            *((fact.fact, call.opened(fact.words, fact.id)) for fact in facts),
            *marks,
            *([(SEVERAL, None)] if likes else []),
        ],
        ((concern.code, call.opened(concern.words, concern.id)) for concern in concerns),
        (child.age for child in children),
    )
    since = alert.retriaged_at
    if since is None:
        return told, told.keys()
    return told, {
        *(fact.fact for fact in facts if fact.told_at > since),
        *(CONCERN + concern.code for concern in concerns if concern.told_at > since),
        *(
            name
            for child in children
            for name, below in BANDS
            if child.told_at > since and child.age is not None and child.age < below
        ),
        *(SEVERAL for other, _ in likes if other.created_at > since),
    }


async def write_concerns(call: Call, alert: Alert) -> None:
    """Write the codes of an alert's concerns into it, likeliest first."""
    query = select(AlertConcern.code, AlertConcern.p).where(AlertConcern.alert_id == alert.id)
    told = [(code, p) for code, p in await call.session.execute(query)]
    alert.concerns = likeliest(told)
    if call.reference.taxonomy.restricted & set(alert.concerns):
        alert.restricted = True


async def weigh_neighbours(call: Call, alert: Alert) -> None:
    """Weigh again the open alerts that another reporter's now is like.

    One that is being changed at this moment is passed over: it is weighed by whoever changes it.
    """
    if alert.area is None:
        return
    near = access.near(alert, alert.created_at - LIKE_WITHIN, alert.created_at + LIKE_WITHIN)
    others = (
        await call.session.scalars(
            near.with_for_update(skip_locked=True), execution_options=access.FRESH
        )
    ).all()
    for other, _ in await alike(call, alert, others):
        if other.status != Status.CLOSED and "R7" not in other.rules:
            await weigh_alert(call, other)
            other.updated_at = call.now
