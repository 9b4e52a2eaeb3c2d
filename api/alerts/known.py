"""An alert together with all that was told of it: read once a call, and handed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from api.alerts.likeness import Child
from api.alerts.models import AlertChild, AlertConcern, AlertFact
from api.reports.kept import told_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from api.alerts.likeness import Likeness
    from api.alerts.models import Alert
    from api.context import Call

FACTS = select(AlertFact).where(AlertFact.alert_id == bindparam("of"))
CONCERNS = select(AlertConcern).where(AlertConcern.alert_id == bindparam("of"))
CHILDREN = (
    select(AlertChild).where(AlertChild.alert_id == bindparam("of")).order_by(AlertChild.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An alert that this call holds, and its rows; rows the call adds are added here too."""

    alert: Alert
    reports: Sequence[tuple[UUID, datetime]]  # ids and when they were kept, the earliest first
    facts: list[AlertFact] = field(repr=False)
    concerns: list[AlertConcern] = field(repr=False)
    rows: list[AlertChild] = field(repr=False)  # its children, in the order they were told
    likes: list[tuple[Row[*tuple[Any, ...]], Likeness]] = field(repr=False, default_factory=list)

    @property
    def children(self) -> list[Child]:
        """What is known of each child."""
        return [Child(age=row.age, gender=row.gender) for row in self.rows]


async def known_of(call: Call, alert: Alert) -> Known:
    """Read what was told of an alert; who are like it is found when it is weighed."""
    of = {"of": alert.id}
    return Known(
        alert=alert,
        reports=await told_by(call, alert.id),
        facts=list(await call.session.scalars(FACTS, of)),
        concerns=list(await call.session.scalars(CONCERNS, of)),
        rows=list(await call.session.scalars(CHILDREN, of)),
    )
