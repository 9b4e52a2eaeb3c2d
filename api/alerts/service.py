"""Makes alerts of what reporters tell, and fills them as more is told. The machine's side.

One text is one call; everything a call changes is one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import update

from api.alerts import access
from api.alerts.case_code import new_case_code
from api.alerts.deadlines import due_at
from api.alerts.known import known_of
from api.alerts.likeness import Child
from api.alerts.merging import is_another_child, is_another_place, merged_children
from api.alerts.models import Alert, AlertChild, AlertConcern, AlertEvent, AlertFact, Status
from api.alerts.neighbours import like_alerts
from api.alerts.placing import place_alert
from api.alerts.risk import Risk
from api.alerts.telling import weigh_telling
from api.alerts.weighing import weigh_alert, weigh_neighbours
from api.audit.service import record
from api.places.routing import NOT_KNOWN
from api.reports.kept import told_since

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.alerts.known import Known
    from api.alerts.telling import Concern, Fact, Telling
    from api.context import Call
    from api.reports.models import Report
    from api.schemas import Language

ONE_TELLING = timedelta(hours=6)  # within it, the answers to our questions belong together


async def tell(
    call: Call, report: Report, telling: Telling, language: Language | None = None
) -> Known:
    """Put what a report tells into its alert: the conversation's open one, or a new one.

    The conversation is held by the caller. The same report again merges and never makes a second
    alert.
    """
    known = await alert_of(call, report, telling)
    new = known is None
    if known is None:
        known = await known_of(call, await open_alert(call, report, language or "unknown"))
    elif known.alert.id != report.alert_id:
        await join(call, report, known.alert)
        known = await known_of(call, known.alert)
    alert = known.alert
    alert.language = language or alert.language
    alert.reporter_is_child = alert.reporter_is_child or "reporter_is_child" in telling.facts
    if telling.unanswered is not None:
        alert.unanswered = list(telling.unanswered)
    merge_facts(call, known, report, telling.facts)
    merge_concerns(call, known, report, telling.concerns)
    merge_children(call, known, telling)
    place_alert(call, alert, telling)
    alert.updated_at = call.now
    if not report.understood:  # the same report again tells the timeline nothing new
        note_remarks(call, alert, telling)
    before = set(alert.rules)
    known = replace(known, likes=await like_alerts(call, alert, known.children))
    verdict = weigh_alert(call, known)
    report.danger = report.danger or weigh_telling(telling, call.reference).danger
    report.danger = report.danger or bool({"R0", "R2"} & (set(alert.rules) - before))
    if new:
        detail = {"risk": verdict.risk.word, "unit": alert.unit}
        call.session.add(AlertEvent(alert_id=alert.id, at=call.now, kind="created", detail=detail))
    await record(
        call, "alert_created" if new else "alert_filled", alert_id=alert.id, report=str(report.id)
    )
    await weigh_neighbours(call, known)
    return known


async def alert_of(call: Call, report: Report, telling: Telling) -> Known | None:
    """Return the alert a report belongs to, held; None when it opens a new one.

    A report that was read once stays where it is. One that was only joined by its conversation, or
    by words of danger, may turn out to tell of another child or place when a turn understands it.
    """
    alerts = await access.open_in(call.session, report.conversation)
    own = next((alert for alert in alerts if alert.id == report.alert_id), None)
    if own is None and report.alert_id is not None:
        own = await access.held(call.session, report.alert_id)
    known = await known_of(call, own) if own else None
    if known is not None and (report.understood or len(known.reports) == 1):
        return known
    for alert in alerts:
        other = known if known and alert is own else await known_of(call, alert)
        if not (telling.opens and tells_of_another(call, other, report, telling)):
            return other
    return None


def tells_of_another(call: Call, known: Known, report: Report, telling: Telling) -> bool:
    """Whether a text tells of a child or a place that is not this alert's.

    What sets right what was told is about this one. A further child told in the middle of the
    questions is one more of the same report; hours later it is another.
    """
    if telling.corrects.parts:
        return False
    place_id = known.alert.place_id
    place = call.reference.gazetteer.get(place_id) if place_id else None
    if telling.another or is_another_place(place, telling.place):
        return True
    goes_on = telling.continues and was_told_lately(call, known, report)
    return is_another_child(known.children, telling.children) and not goes_on


def was_told_lately(call: Call, known: Known, report: Report) -> bool:
    """Whether an earlier report of an alert is so young that this one goes on telling."""
    return any(
        earlier != report.id and call.now - kept_at <= ONE_TELLING
        for earlier, kept_at in known.reports
    )


async def open_alert(call: Call, report: Report, language: Language) -> Alert:
    """Add an alert that knows nothing yet and lies on the commission's desk."""
    alert = Alert(
        case_code=await free_case_code(call),
        conversation=report.conversation,
        channel=report.channel,
        language=language,
        drill=report.drill,
        unit=NOT_KNOWN.unit,
        routing_reason=NOT_KNOWN.reason,
        risk=Risk.LOW,
        risk_reasons=b"",
        rules=[],
        concerns=[],
        created_at=call.now,
        updated_at=call.now,
        due_at=due_at(Risk.LOW, call.now, call.reference.deadlines),
    )
    call.session.add(alert)
    await call.session.flush()
    await join(call, report, alert)
    # That a turn failed is known late; an answer that came meanwhile is part of what it answers.
    for later in await told_since(call, report):
        await join(call, later, alert)
    return alert


async def free_case_code(call: Call) -> str:
    """Draw a case code that no alert bears."""
    while await access.case_code_is_taken(call.session, code := new_case_code()):
        pass
    return code


async def join(call: Call, report: Report, alert: Alert) -> None:
    """Put a report into an alert; what it told elsewhere moves with it."""
    if report.alert_id is not None:
        for table in (AlertFact, AlertConcern):
            moved = update(table).where(table.report_id == report.id)
            await call.session.execute(moved.values(alert_id=alert.id))
        detail = {"to": alert.case_code}
        event = AlertEvent(
            alert_id=report.alert_id, at=call.now, kind="report_moved", detail=detail
        )
        call.session.add(event)
    report.alert_id = alert.id


def merge_facts(call: Call, known: Known, report: Report, told: Mapping[str, Fact]) -> None:
    """Add a report's facts; told again, true stays true and words that were missing are added."""
    rows = {row.fact: row for row in known.facts if row.report_id == report.id}
    for name, fact in told.items():
        row = rows.get(name)
        if row is None:
            row = AlertFact(
                id=uuid4(),
                alert_id=known.alert.id,
                report_id=report.id,
                fact=name,
                value=fact.value,
                told_at=call.now,
            )
            call.session.add(row)
            known.facts.append(row)
        elif fact.value and not row.value:
            row.value, row.words, row.told_at = True, None, call.now
        if row.words is None and row.value == fact.value:
            row.words = call.sealed(fact.words, row.id)


def merge_concerns(call: Call, known: Known, report: Report, told: Mapping[str, Concern]) -> None:
    """Add a report's concerns; told again, the likelier figure stays."""
    rows = {row.code: row for row in known.concerns if row.report_id == report.id}
    for code, concern in told.items():
        row = rows.get(code)
        if row is None:
            row = AlertConcern(
                id=uuid4(),
                alert_id=known.alert.id,
                report_id=report.id,
                code=code,
                p=concern.p,
                told_at=call.now,
            )
            call.session.add(row)
            known.concerns.append(row)
        row.p = max(row.p, concern.p)
        if row.words is None:
            row.words = call.sealed(concern.words, row.id)


def merge_children(call: Call, known: Known, telling: Telling) -> None:
    """Fill in what is known of the alert's children, set right what is wrong, add the new ones."""
    rows, before = known.rows, known.children
    wrong = Child(age=telling.corrects.age, gender=telling.corrects.gender)
    for position, child in enumerate(merged_children(before, telling.children, wrong)):
        if position >= len(rows):
            rows.append(AlertChild(alert_id=known.alert.id, position=position, told_at=call.now))
            call.session.add(rows[-1])
        elif child == before[position]:
            continue
        rows[position].age, rows[position].gender = child.age, child.gender
        rows[position].told_at = call.now


def note_remarks(call: Call, alert: Alert, telling: Telling) -> None:
    """Write into the timeline what the reporter says of the report itself.

    That it was a joke may be said by whoever took the phone from a child: nothing is lowered or
    closed by it, a person judges.
    """
    events = [
        AlertEvent(alert_id=alert.id, at=call.now, kind="corrected", detail={"what": part})
        for part in telling.corrects.parts
    ]
    if telling.taken_back:
        events.append(AlertEvent(alert_id=alert.id, at=call.now, kind="taken_back"))
    if telling.wants_person:
        events.append(AlertEvent(alert_id=alert.id, at=call.now, kind="person_wanted"))
    call.session.add_all(events)


def status_of(alert: Alert | None) -> str:
    """Return how far an alert is, in the neutral words a reporter may read."""
    if alert is None:
        return "unknown"
    return {Status.NEW: "received", Status.CLOSED: "closed"}.get(Status(alert.status), "looked_at")
