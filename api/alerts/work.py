"""What staff do with an alert. Each act is a line of its timeline and a row of the audit log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from api.alerts.access import FRESH, visible_to
from api.alerts.deadlines import due_at
from api.alerts.models import Alert, AlertEvent, Status
from api.alerts.risk import Risk
from api.audit.service import record
from api.errors import ApiError
from api.places.units import has_desk
from api.staff.models import Staff
from api.staff.service import named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from api.alerts.schemas import AssignIn, CloseIn, NoteIn, RetriageIn, TransferIn
    from api.context import Call


class AlertUnknown(ApiError):
    """No alert that you may see has this id."""

    status_code = 404


class AlertClosed(ApiError):
    """The alert is closed; nothing can be added to it."""

    status_code = 409


class AlreadyAcknowledged(ApiError):
    """Somebody else acknowledged this alert."""

    status_code = 409


class UnitUnknown(ApiError):
    """No operating unit has this code."""

    status_code = 422


class UnitUnchanged(ApiError):
    """The alert lies with this unit already."""

    status_code = 422


class CannotWorkOnIt(ApiError):
    """No active account of this name may see the alert."""

    status_code = 422


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: its name, codes that belong to it, and what the person wrote."""

    kind: str
    detail: Mapping[str, str] = field(default_factory=dict)
    words: str | None = field(default=None, repr=False)


async def look(call: Call, staff: Staff, alert_id: UUID) -> Alert:
    """Return an alert this person may see, and note the look; AlertUnknown otherwise."""
    alert = await seen(call, staff, alert_id)
    await record(call, "look", staff=staff, alert_id=alert.id)
    return alert


async def acknowledge(call: Call, staff: Staff, alert_id: UUID) -> Alert:
    """Take an alert: from now on a person has read it. Again by the same person changes nothing."""
    alert = await open_alert(call, staff, alert_id)
    if alert.acknowledged_by == staff.id:
        return alert
    if alert.acknowledged_by is not None:
        raise AlreadyAcknowledged(
            f"{await username(call, alert.acknowledged_by)} acknowledged this alert."
        )
    alert.acknowledged_by, alert.acknowledged_at = staff.id, call.now
    if alert.status == Status.NEW:
        alert.status = Status.ACKNOWLEDGED
    await note_act(call, staff, alert, Act("acknowledged"))
    return alert


async def note(call: Call, staff: Staff, alert_id: UUID, told: NoteIn) -> Alert:
    """Write something down with an alert."""
    alert = await open_alert(call, staff, alert_id)
    begin(alert)
    await note_act(call, staff, alert, Act("note", words=told.text))
    return alert


async def assign(call: Call, staff: Staff, alert_id: UUID, told: AssignIn) -> Alert:
    """Say who works on an alert; CannotWorkOnIt unless they may see it."""
    alert = await open_alert(call, staff, alert_id)
    who = await named(call, told.username)
    if who is None or not who.active or not await may_see(call, who, alert):
        raise CannotWorkOnIt
    alert.assigned_to = who.id
    begin(alert)
    await note_act(call, staff, alert, Act("assigned", {"to": who.username}))
    return alert


async def retriage(call: Call, staff: Staff, alert_id: UUID, told: RetriageIn) -> Alert:
    """Set the risk by a person's judgement; only what is told after it can raise it again."""
    alert = await open_alert(call, staff, alert_id)
    risk = Risk.of(told.risk)
    detail = {"from": alert.risk.word, "to": risk.word}
    alert.risk = alert.retriaged_to = risk
    alert.retriaged_at = call.now
    alert.due_at = due_at(risk, call.now, call.reference.deadlines)
    await note_act(call, staff, alert, Act("retriaged", detail, told.reason))
    return alert


async def transfer(call: Call, staff: Staff, alert_id: UUID, told: TransferIn) -> Alert:
    """Give an alert to another unit, where it is new again; the machine no longer moves it."""
    alert = await open_alert(call, staff, alert_id)
    if not has_desk(told.unit, call.reference.units):
        raise UnitUnknown
    if told.unit == alert.unit:
        raise UnitUnchanged
    detail = {"from": alert.unit, "to": told.unit}
    alert.unit, alert.routed_by_staff = told.unit, True
    alert.routing_reason = f"transferred from {detail['from']}"
    alert.status = Status.NEW
    alert.acknowledged_by = alert.acknowledged_at = alert.assigned_to = None
    alert.due_at = due_at(alert.risk, call.now, call.reference.deadlines)
    await note_act(call, staff, alert, Act("transferred", detail, told.reason))
    return alert


async def close(call: Call, staff: Staff, alert_id: UUID, told: CloseIn) -> Alert:
    """Close an alert, with how it ended and why."""
    alert = await open_alert(call, staff, alert_id)
    alert.status = Status.CLOSED
    await note_act(call, staff, alert, Act("closed", {"outcome": told.outcome}, told.reason))
    return alert


async def seen(call: Call, staff: Staff, alert_id: UUID) -> Alert:
    """Return an alert this person may see, held; AlertUnknown otherwise."""
    query = visible_to(staff, call.now).where(Alert.id == alert_id).with_for_update()
    alert = await call.session.scalar(query, execution_options=FRESH)
    if alert is None:
        raise AlertUnknown
    return alert


async def open_alert(call: Call, staff: Staff, alert_id: UUID) -> Alert:
    """Return an alert that is not closed, held; AlertUnknown or AlertClosed otherwise."""
    alert = await seen(call, staff, alert_id)
    if alert.status == Status.CLOSED:
        raise AlertClosed
    return alert


async def may_see(call: Call, staff: Staff, alert: Alert) -> bool:
    """Whether a person may see an alert."""
    query = visible_to(staff, call.now).where(Alert.id == alert.id)
    return await call.session.scalar(query) is not None


def begin(alert: Alert) -> None:
    """An alert that somebody works on is in progress, unless it is further."""
    if alert.status in {Status.NEW, Status.ACKNOWLEDGED}:
        alert.status = Status.IN_PROGRESS


async def username(call: Call, staff_id: UUID) -> str:
    """Return the username of an account that exists."""
    staff = await call.session.get_one(Staff, staff_id)
    return staff.username


async def note_act(call: Call, staff: Staff, alert: Alert, act: Act) -> None:
    """Write an act into the timeline and the audit log; words only into the timeline, sealed."""
    event_id = uuid4()
    call.session.add(
        AlertEvent(
            id=event_id,
            alert_id=alert.id,
            at=call.now,
            kind=act.kind,
            staff_id=staff.id,
            detail=dict(act.detail),
            words=call.sealed(act.words, event_id),
        )
    )
    alert.updated_at = call.now
    await record(call, act.kind, staff=staff, alert_id=alert.id, **act.detail)
    await call.session.flush()
