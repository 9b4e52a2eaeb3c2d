"""Notes which answers did not reach a reporter, so that nobody trusts in what was never read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from api.alerts import access
from api.deliveries.models import Delivery
from api.deliveries.schemas import UnreachedOut
from api.reports.kept import by_key, hold_conversation
from api.reports.models import Report

if TYPE_CHECKING:
    from uuid import UUID

    from api.context import Call
    from api.deliveries.schemas import DeliveryIn

REACHED = "reached"


async def note(call: Call, told: DeliveryIn) -> None:
    """Keep what is known last of a reply, and show its alert as changed. Again changes nothing.

    A reply that reached its reporter is of interest only if it was told as not arrived before.
    """
    await hold_conversation(call, told.conversation)
    delivery = await call.session.get(Delivery, told.key)
    if told.state == (delivery.state if delivery else REACHED):
        return
    if delivery is None:
        call.session.add(Delivery(**told.model_dump()))
    else:
        delivery.state, delivery.at = told.state, told.at
    report = await by_key(call, told.report)
    alert = await access.held(call.session, report.alert_id) if report and report.alert_id else None
    if alert is not None:
        alert.updated_at = call.now


async def unreached(call: Call, alert_id: UUID) -> list[UnreachedOut]:
    """Return the answers to an alert's reports that did not reach the reporter, oldest first."""
    query = (
        select(Delivery)
        .join(Report, Report.key == Delivery.report)
        .where(Report.alert_id == alert_id, Delivery.state != REACHED)
        .order_by(Delivery.at, Delivery.key)
    )
    return [
        UnreachedOut.model_validate(delivery, from_attributes=True)
        for delivery in await call.session.scalars(query)
    ]
