"""Who may see which alert. The only module that may select alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, false, or_, select, union_all, update

from api.alerts.models import Alert, Status
from api.grants.models import Grant
from api.staff.models import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from api.alerts.risk import Risk
    from api.staff.models import Staff


ORDER = (Alert.risk, Alert.due_at, Alert.id)  # a unit works by risk, then by due time


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a list is narrowed to; no status is any status, no risk any risk."""

    statuses: Sequence[Status] = ()
    risks: Sequence[Risk] = ()
    others: Sequence[ColumnElement[bool]] = ()


def visible_to(staff: Staff, now: datetime) -> Select[Alert]:
    """The alerts this person may see: the own unit's and open grants. Staff's queries start here."""
    return select(Alert).where(or_(*_ways_to_see(staff, now)))


def first_visible_to(staff: Staff, now: datetime, asked: Narrowed, limit: int) -> Select[Alert]:
    """The first of the alerts this person may see, in the order of the queue.

    The index holds a unit's alerts of one status in this order, so the first are read status by
    status and then merged. One condition over all would sort every alert of the unit for a page.
    """
    own, granted = _ways_to_see(staff, now)
    firsts = [
        select(Alert.id).where(own, Alert.status == status, *risk, *asked.others)
        for status in asked.statuses or Status
        for risk in ([[Alert.risk == risk] for risk in asked.risks] or [[]])
    ]
    among = select(Alert.id).where(granted, *asked.others)
    if asked.statuses:
        among = among.where(Alert.status.in_(asked.statuses))
    if asked.risks:
        among = among.where(Alert.risk.in_(asked.risks))
    parts = [part.order_by(*ORDER).limit(limit).subquery() for part in (*firsts, among)]
    ids = union_all(*(select(part.c.id) for part in parts))
    return select(Alert).where(Alert.id.in_(ids)).order_by(*ORDER).limit(limit)


def _ways_to_see(staff: Staff, now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Why this person may see an alert: it lies with the own unit, or a grant is open.

    Restricted alerts are the supervisor's; at the commission's desk, the commission's. An
    administrator keeps accounts and sees none.
    """
    if staff.role == Role.ADMINISTRATOR:
        return false(), false()
    granted = select(Grant.alert_id).where(Grant.staff_id == staff.id, Grant.until > now)
    own = Alert.unit == staff.unit
    if staff.role == Role.OFFICER:
        own = and_(own, Alert.restricted.is_(False))
    return own, Alert.id.in_(granted)


# What is held is read again, also when this session has seen the row before.
FRESH = {"populate_existing": True}
HELD = select(Alert).where(Alert.id == bindparam("of")).with_for_update()
OPEN_IN = (
    select(Alert)
    .where(Alert.conversation == bindparam("of"), Alert.status != Status.CLOSED)
    .order_by(Alert.created_at.desc(), Alert.id)
    .with_for_update()
)
ADD_TO_OPEN = (
    update(Alert)
    .where(
        Alert.id == OPEN_IN.with_only_columns(Alert.id).limit(1).correlate(None).scalar_subquery()
    )
    .values(updated_at=bindparam("now"))
    .returning(Alert.id)
    .execution_options(synchronize_session=False)
)
NEAR = (
    select(Alert)
    .where(
        Alert.area == bindparam("area"),
        Alert.conversation != bindparam("conversation"),
        Alert.drill == bindparam("drill"),
        Alert.created_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(Alert.created_at, Alert.id)
)
BEARS = select(Alert.id).where(Alert.case_code == bindparam("of"))


async def held(session: AsyncSession, alert_id: UUID) -> Alert | None:
    """Return an alert for the machine's own work, held until the transaction ends."""
    return await session.scalar(HELD, {"of": alert_id}, execution_options=FRESH)


async def open_in(session: AsyncSession, conversation: str) -> Sequence[Alert]:
    """Return a conversation's open alerts, the latest first, held until the transaction ends."""
    alerts = await session.scalars(OPEN_IN, {"of": conversation}, execution_options=FRESH)
    return alerts.all()


async def add_to_open(session: AsyncSession, conversation: str, now: datetime) -> UUID | None:
    """Show a conversation's latest open alert as changed, and return its id; None when all are closed."""
    return await session.scalar(ADD_TO_OPEN, {"of": conversation, "now": now})


async def free_among(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Alert]:
    """Return those of some alerts that nobody is changing now, held until the transaction ends."""
    query = (
        select(Alert)
        .where(Alert.id.in_(ids))
        .order_by(Alert.created_at, Alert.id)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query, execution_options=FRESH)).all()


async def told_of_in(session: AsyncSession, conversation: str, case_code: str) -> Alert | None:
    """Return the alert with this case code, if this conversation told of it."""
    query = select(Alert).where(Alert.conversation == conversation, Alert.case_code == case_code)
    return await session.scalar(query)


async def case_code_is_taken(session: AsyncSession, case_code: str) -> bool:
    """Whether an alert bears this case code."""
    return await session.scalar(BEARS, {"of": case_code}) is not None


def near(alert: Alert, within: timedelta) -> dict[str, object]:
    """What NEAR asks for an alert: others of its tehsil, told elsewhere, created within some time."""
    return {
        "area": alert.area,
        "conversation": alert.conversation,
        "drill": alert.drill,
        "since": alert.created_at - within,
        "until": alert.created_at + within,
    }
