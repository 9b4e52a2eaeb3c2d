"""Weighs an alert by all that its rows tell, and writes down the risk and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.alerts import access
from api.alerts.deadlines import due_at
from api.alerts.known import known_of
from api.alerts.models import AlertEvent, Status
from api.alerts.neighbours import like_alerts
from api.alerts.telling import likeliest, told_of
from api.alerts.triage import CONCERN, weigh, weigh_after
from language.ages import BANDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import Any

    from sqlalchemy import Row

    from api.alerts.known import Known
    from api.alerts.models import Alert
    from api.alerts.risk import Risk
    from api.alerts.triage import Told, Verdict
    from api.context import Call

SEVERAL = "several_reporters"


async def weighable(call: Call, alert: Alert) -> Known:
    """Read what was told of an alert, and which alerts are like it."""
    known = await known_of(call, alert)
    return replace(known, likes=await like_alerts(call, alert, known.children))


def weigh_alert(call: Call, known: Known) -> Verdict:
    """Weigh an alert again and write the outcome into it; the risk only rises."""
    alert = known.alert
    told, fresh = told_in(call, known)
    write_concerns(call, known)
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


def told_in(call: Call, known: Known) -> tuple[Told, AbstractSet[str]]:
    """Return what an alert's reports tell, and the names told since a person set the risk."""
    alert, children = known.alert, known.rows
    facts = sorted(
        (fact for fact in known.facts if fact.value), key=lambda fact: (fact.told_at, fact.fact)
    )
    concerns = sorted(known.concerns, key=lambda concern: (concern.told_at, concern.code))
    marks = [
        (f"{question}_unanswered", None)
        for question in alert.unanswered
        if question == "happening_now"
    ]
    told = told_of(
        [
            *((fact.fact, call.opened(fact.words, fact.id)) for fact in facts),
            *marks,
            *([(SEVERAL, None)] if known.likes else []),
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
        *(SEVERAL for other, _ in known.likes if other.created_at > since),
    }


def write_concerns(call: Call, known: Known) -> None:
    """Write the codes of an alert's concerns into it, likeliest first."""
    alert = known.alert
    alert.concerns = likeliest((concern.code, concern.p) for concern in known.concerns)
    if call.reference.taxonomy.restricted & set(alert.concerns):
        alert.restricted = True


async def weigh_neighbours(call: Call, known: Known) -> None:
    """Weigh again the open alerts that another reporter's now is like.

    One that is being changed at this moment is passed over: it is weighed by whoever changes it.
    """
    ids = [other.id for other, _ in known.likes if not_yet_weighed(other)]
    if not ids:
        return
    await call.session.flush()  # they are compared with what this call has told
    for other in await access.free_among(call.session, ids):
        if not_yet_weighed(other):
            weigh_alert(call, await weighable(call, other))
            other.updated_at = call.now


def not_yet_weighed(alert: Alert | Row[*tuple[Any, ...]]) -> bool:
    """Whether it would change an open alert that another is like it."""
    return alert.status != Status.CLOSED and "R7" not in alert.rules
