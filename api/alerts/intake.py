"""Takes what the model understood of a report, and answers what the reporter's side may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.alerts import access
from api.alerts.case_code import is_case_code
from api.alerts.lifeline import lifeline_for
from api.alerts.likeness import Child
from api.alerts.schemas import AlertAnswer, AlertIn, ChildOut, SafeContact, StatusAnswer, StatusIn
from api.alerts.service import status_of, tell
from api.alerts.telling import Corrects, Fact, Understood, by_model
from api.alerts.view import place_out
from api.alerts.weighing import told_in
from api.audit.service import record
from api.places.position import locate
from api.reports.kept import held_by_key, position_of, text_of

if TYPE_CHECKING:
    from api.alerts.models import Alert
    from api.alerts.telling import Telling
    from api.context import Call
    from api.reference import Reference
    from api.schemas import PlaceOut

OLDEST = 25  # years: some speak of a child who has grown up


async def take(call: Call, told: AlertIn) -> AlertAnswer:
    """Make or fill the alert of a report; the same key again merges and answers the same."""
    report = await held_by_key(call, told.key, told.conversation)
    position = position_of(report)
    if told.location is not None:
        where = told.location
        position = locate(where.lat, where.lon, call.reference.gazetteer, call.reference.areas)
    telling = by_model(
        text_of(call, report), understood(told, call.reference), call.reference, position
    )
    known = await tell(call, report, telling, told.language)
    alert = known.alert
    report.understood = True
    report.dealt_with_at = report.dealt_with_at or call.now
    note_answers(call, alert, told)
    names, _ = told_in(call, known)
    return AlertAnswer(
        alert=alert.id,
        case_code=alert.case_code,
        risk=alert.risk.word,
        danger=report.danger,
        lifeline=lifeline_for(names, call.reference.lifelines) if report.danger else None,
        unit=alert.unit,
        place=place_out(alert.place_id, call.reference),
        new=known.reports[0][0] == report.id,
        children=[ChildOut(age=child.age, gender=child.gender) for child in known.children],
        choices=choices_of(alert, telling, call.reference) if told.location else [],
    )


def choices_of(alert: Alert, telling: Telling, reference: Reference) -> list[PlaceOut]:
    """Return the districts to choose from, where a position alone has placed the alert."""
    position = telling.position
    if position is None or telling.place is not None or alert.place_id != position.nearest:
        return []
    return [out for choice in position.choices if (out := place_out(choice, reference))]


def understood(told: AlertIn, reference: Reference) -> Understood:
    """Return what the model understood, without what no table of ours knows."""
    return Understood(
        intent=told.intent,
        concerns={concern.code: concern.p for concern in told.concerns},
        facts={fact.fact: Fact(value=fact.value, words=fact.words) for fact in told.facts},
        children=[Child(age=likely(child.age), gender=child.gender) for child in told.children],
        place=reference.gazetteer.get(told.place) if told.place else None,
        danger=told.danger,
        reporter_is_child=told.reporter_is_child,
        unanswered=told.unanswered,
        corrects=Corrects(**told.corrects.model_dump()) if told.corrects else Corrects(),
        elsewhere=told.elsewhere.province if told.elsewhere else None,
        continues=told.continues,
        another=told.another,
        taken_back=told.taken_back,
    )


def likely(age: int | None) -> int | None:
    """Return an age that a child, or whoever is told of as one, may have; else None."""
    return age if age is not None and 0 <= age <= OLDEST else None


def note_answers(call: Call, alert: Alert, told: AlertIn) -> None:
    """Write down what was answered beside the facts; what is not told again stays."""
    alert.complete = alert.complete or told.complete
    if told.when is not None:
        alert.told_when = call.sealed(told.when, alert.id, "told_when")
    if told.place_words is not None:
        alert.place_words = call.sealed(told.place_words, alert.id, "place_words")
    if told.safe_contact is not None:
        before = call.opened(alert.safe_contact, alert.id, "safe_contact") or "{}"
        known = SafeContact.model_validate_json(before).model_dump()
        known |= told.safe_contact.model_dump(exclude_none=True)
        contact = SafeContact.model_validate(known).model_dump_json()
        alert.safe_contact = call.sealed(contact, alert.id, "safe_contact")


async def status(call: Call, asked: StatusIn) -> StatusAnswer:
    """Return how far an alert is, to the conversation that told of it; else `unknown`."""
    code = "".join(asked.code.split())
    alert = None
    if is_case_code(code):
        alert = await access.told_of_in(call.session, asked.conversation, code)
    await record(call, "status_asked", alert_id=alert.id if alert else None)
    return StatusAnswer.model_validate({"status": status_of(alert)})
