"""Alerts of other reporters that may tell of the same child. Shown, and weighed; never merged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from api.alerts import access
from api.alerts.likeness import Child, Described, Likeness, likeness
from api.alerts.models import AlertChild
from api.alerts.telling import UNSURE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from api.alerts.models import Alert
    from api.context import Call

LIKE_WITHIN = timedelta(days=30)


async def children_of(call: Call, alert: Alert) -> Sequence[AlertChild]:
    """Return an alert's children in the order they were told."""
    query = select(AlertChild).where(AlertChild.alert_id == alert.id).order_by(AlertChild.position)
    return (await call.session.scalars(query)).all()


async def like_alerts(call: Call, alert: Alert) -> list[tuple[Alert, Likeness]]:
    """Return alerts of other reporters that may tell of the same child, the most alike first."""
    if alert.area is None:
        return []
    start = alert.created_at - LIKE_WITHIN
    query = access.near(alert, start, alert.created_at + LIKE_WITHIN)
    return await alike(call, alert, (await call.session.scalars(query)).all())


async def alike(call: Call, alert: Alert, others: Sequence[Alert]) -> list[tuple[Alert, Likeness]]:
    """Return those of some alerts that are like this one, the most alike first."""
    if not others:
        return []
    described = await describe(call, [alert, *others])
    found = [
        (other, like)
        for other in others
        if (like := likeness(described[alert.id], described[other.id])) is not None
    ]
    return sorted(found, key=lambda pair: -pair[1].score)


async def describe(call: Call, alerts: Sequence[Alert]) -> dict[UUID, Described]:
    """Return what alerts are compared by, under their ids."""
    query = select(AlertChild).where(AlertChild.alert_id.in_([alert.id for alert in alerts]))
    children = (await call.session.scalars(query)).all()
    return {
        alert.id: Described(
            place=alert.area or "",
            concerns=frozenset(alert.concerns) - {UNSURE},
            children=[
                Child(age=c.age, gender=c.gender) for c in children if c.alert_id == alert.id
            ],
        )
        for alert in alerts
    }
