"""What staff read of alerts: lines without words, and one alert with all that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from api.alerts import access
from api.alerts.likeness import Child
from api.alerts.models import Alert, AlertChild, AlertEvent, AlertFact, Status
from api.alerts.neighbours import LIKE_WITHIN, alike
from api.alerts.schemas import (
    AlertLine,
    AlertOut,
    ChildOut,
    DuplicateOut,
    EventOut,
    FactOut,
    PositionOut,
    ReasonOut,
    ReportOut,
    SafeContact,
)
from api.deliveries.service import unreached
from api.places.routing import route
from api.reports.kept import of_alert, text_of
from api.schemas import PlaceOut
from api.staff.models import Staff

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from api.context import Call
    from api.reference import Reference


def place_out(place_id: str | None, reference: Reference) -> PlaceOut | None:
    """Return a place as the API writes it, with the unit that serves it."""
    place = reference.gazetteer.get(place_id) if place_id else None
    if place is None:
        return None
    return PlaceOut.model_validate(
        {
            "id": place.id,
            "name": place.name,
            "level": place.level,
            "district": place.district,
            "dcpu": route(place, reference.units).unit,
        }
    )


async def lines(call: Call, alerts: Sequence[Alert]) -> list[AlertLine]:
    """Return alerts as a list shows them."""
    children = await children_in(call, alerts)
    names = await names_in(call, alerts)
    return [line(call, alert, children.get(alert.id, []), names) for alert in alerts]


def line(
    call: Call, alert: Alert, children: Sequence[ChildOut], names: dict[UUID, str]
) -> AlertLine:
    """Return one alert as a list shows it: nothing is opened for it."""
    return AlertLine(
        id=alert.id,
        case_code=alert.case_code,
        unit=alert.unit,
        district=alert.district,
        place=place_out(alert.place_id, call.reference),
        risk=alert.risk.word,
        risk_reasons=[ReasonOut(rule=rule, words=None) for rule in alert.rules],
        concerns=alert.concerns,
        status=Status(alert.status),
        created_at=alert.created_at,
        updated_at=alert.updated_at,
        due_at=alert.due_at,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by=names.get(alert.acknowledged_by) if alert.acknowledged_by else None,
        assigned_to=names.get(alert.assigned_to) if alert.assigned_to else None,
        language=alert.language,
        channel=alert.channel,
        complete=alert.complete,
        children=list(children),
        routing_reason=alert.routing_reason,
        restricted=alert.restricted,
        drill=alert.drill,
    )


async def full(call: Call, alert: Alert, staff: Staff) -> AlertOut:
    """Return one alert with its words opened, and those duplicates that this person may see."""
    [short] = await lines(call, [alert])
    facts = await call.session.scalars(
        select(AlertFact)
        .where(AlertFact.alert_id == alert.id)
        .order_by(AlertFact.told_at, AlertFact.fact)
    )
    contact = call.opened(alert.safe_contact, alert.id, "safe_contact")
    location = None
    if alert.lat is not None and alert.lon is not None:
        location = PositionOut(lat=alert.lat, lon=alert.lon)
    return AlertOut(
        **short.model_dump(exclude={"risk_reasons"}),
        risk_reasons=call.opened_json(alert.risk_reasons, alert.id, "risk_reasons"),
        reports=[
            ReportOut(
                received_at=report.received_at,
                text=text_of(call, report),
                media=report.media,
            )
            for report in await of_alert(call, alert.id)
        ],
        facts=[
            FactOut(fact=fact.fact, value=fact.value, words=call.opened(fact.words, fact.id))
            for fact in facts
        ],
        safe_contact=SafeContact.model_validate_json(contact) if contact else None,
        when=call.opened(alert.told_when, alert.id, "told_when"),
        place_words=call.opened(alert.place_words, alert.id, "place_words"),
        location=location,
        reporter_is_child=alert.reporter_is_child,
        unanswered=alert.unanswered,
        duplicates=await duplicates(call, alert, short.children, staff),
        unreached=await unreached(call, alert.id),
        timeline=await timeline(call, alert),
    )


async def duplicates(
    call: Call, alert: Alert, told: Sequence[ChildOut], staff: Staff
) -> list[DuplicateOut]:
    """Return alerts of other reporters that may tell of the same child, the most alike first."""
    if alert.area is None:
        return []
    near = access.NEAR.params(access.near(alert, LIKE_WITHIN))
    ids = near.with_only_columns(Alert.id).order_by(None)
    others = (
        await call.session.scalars(access.visible_to(staff, call.now).where(Alert.id.in_(ids)))
    ).all()
    children = [Child(age=child.age, gender=child.gender) for child in told]
    return [
        DuplicateOut(case_code=other.case_code, score=like.score, why=like.why)
        for other, like in await alike(call, alert, children, others)
    ]


async def timeline(call: Call, alert: Alert) -> list[EventOut]:
    """Return what happened to an alert, in order, with the words staff wrote opened."""
    query = select(AlertEvent, Staff.username).outerjoin(Staff, AlertEvent.staff_id == Staff.id)
    mine = query.where(AlertEvent.alert_id == alert.id).order_by(AlertEvent.at, AlertEvent.id)
    return [
        EventOut(
            at=event.at,
            kind=event.kind,
            by=username,
            detail=event.detail,
            text=call.opened(event.words, event.id),
        )
        for event, username in await call.session.execute(mine)
    ]


async def children_in(call: Call, alerts: Sequence[Alert]) -> dict[UUID, list[ChildOut]]:
    """Return the children of some alerts."""
    query = select(AlertChild).where(AlertChild.alert_id.in_([alert.id for alert in alerts]))
    found: dict[UUID, list[ChildOut]] = {}
    for child in await call.session.scalars(query.order_by(AlertChild.position)):
        told = ChildOut(age=child.age, gender=child.gender)
        found.setdefault(child.alert_id, []).append(told)
    return found


async def names_in(call: Call, alerts: Sequence[Alert]) -> dict[UUID, str]:
    """Return the usernames of who acknowledged some alerts or has them assigned."""
    ids = {
        staff_id
        for alert in alerts
        for staff_id in (alert.acknowledged_by, alert.assigned_to)
        if staff_id
    }
    rows = await call.session.execute(select(Staff.id, Staff.username).where(Staff.id.in_(ids)))
    return {row.id: row.username for row in rows}
