"""Alerts of other reporters that may tell of the same child. Shown, and weighed; never merged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from api.alerts import access
from api.alerts.likeness import Child, Described, Likeness, likeness
from api.alerts.models import Alert, AlertChild
from api.alerts.telling import UNSURE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from api.context import Call

LIKE_WITHIN = timedelta(days=30)

NEAR = access.NEAR.with_only_columns(
    Alert.id, Alert.area, Alert.concerns, Alert.created_at, Alert.status, Alert.rules
)
CHILDREN = select(AlertChild.alert_id, AlertChild.age, AlertChild.gender).where(
    AlertChild.alert_id.in_(bindparam("of", expanding=True))
)


async def like_alerts(
    call: Call, alert: Alert, children: Sequence[Child]
) -> list[tuple[Row[*tuple[Any, ...]], Likeness]]:
    """Return alerts of other reporters that may tell of the same child, the most alike first.

    Of each, what they are compared by, their status and the rules that hold for them.
    """
    if alert.area is None or not children:
        return []
    near = access.near(alert, LIKE_WITHIN)
    with call.session.no_autoflush:  # what this call changes is another conversation's
        return await alike(call, alert, children, (await call.session.execute(NEAR, near)).all())


async def alike[Other: (Alert, Row[*tuple[Any, ...]])](
    call: Call, alert: Alert, children: Sequence[Child], others: Sequence[Other]
) -> list[tuple[Other, Likeness]]:
    """Return those of some alerts that are like one with these children, the most alike first."""
    if not others or not children:
        return []
    theirs = await children_in(call, [other.id for other in others])
    mine = described(alert, children)
    found = [
        (other, like)
        for other in others
        if (like := likeness(mine, described(other, theirs.get(other.id, ())))) is not None
    ]
    return sorted(found, key=lambda pair: -pair[1].score)


async def children_in(call: Call, alerts: Sequence[UUID]) -> dict[UUID, list[Child]]:
    """Return the children of the alerts with these ids."""
    found: dict[UUID, list[Child]] = {}
    for row in await call.session.execute(CHILDREN, {"of": alerts}):
        found.setdefault(row.alert_id, []).append(Child(age=row.age, gender=row.gender))
    return found


def described(alert: Alert | Row[*tuple[Any, ...]], children: Sequence[Child]) -> Described:
    """Return what an alert is compared by."""
    return Described(
        place=alert.area or "", concerns=frozenset(alert.concerns) - {UNSURE}, children=children
    )
