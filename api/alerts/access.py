"""Who may see which alert. The only module that may select alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, func, or_, select

from api.alerts.models import Alert, Status
from api.grants.models import Grant
from api.staff.models import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from api.alerts.risk import Risk
    from api.staff.models import Staff


def visible_to(staff: Staff, now: datetime) -> Select[Alert]:
    """The alerts this person may see: the own unit's and open grants. Staff's queries start here.

    Restricted alerts are the supervisor's; at the commission's desk, the commission's. An
    administrator keeps accounts and sees none.
    """
    if staff.role == Role.ADMINISTRATOR:
        return select(Alert).where(false())
    granted = select(Grant.alert_id).where(Grant.staff_id == staff.id, Grant.until > now)
    mine = Alert.unit == staff.unit
    if staff.role == Role.OFFICER:
        mine = and_(mine, Alert.restricted.is_(False))
    return select(Alert).where(or_(mine, Alert.id.in_(granted)))


# What is held is read again, also when this session has seen the row before.
FRESH = {"populate_existing": True}


async def counts(session: AsyncSession, staff: Staff) -> Sequence[tuple[str, str, Risk, int]]:
    """Return how many alerts each unit has by status and risk: all for the commission, else the own.

    Counts tell nobody's story, so restricted alerts are among them.
    """
    count = select(Alert.unit, Alert.status, Alert.risk, func.count()).group_by(
        Alert.unit, Alert.status, Alert.risk
    )
    if staff.role != Role.COMMISSION:
        count = count.where(Alert.unit == staff.unit)
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(count)]


async def held(session: AsyncSession, alert_id: UUID) -> Alert | None:
    """Return an alert for the machine's own work, held until the transaction ends."""
    query = select(Alert).where(Alert.id == alert_id).with_for_update()
    return await session.scalar(query, execution_options=FRESH)


async def open_in(session: AsyncSession, conversation: str) -> Sequence[Alert]:
    """Return a conversation's open alerts, the latest first, held until the transaction ends."""
    query = (
        select(Alert)
        .where(Alert.conversation == conversation, Alert.status != Status.CLOSED)
        .order_by(Alert.created_at.desc(), Alert.id)
        .with_for_update()
    )
    return (await session.scalars(query, execution_options=FRESH)).all()


async def told_of_in(session: AsyncSession, conversation: str, case_code: str) -> Alert | None:
    """Return the alert with this case code, if this conversation told of it."""
    query = select(Alert).where(Alert.conversation == conversation, Alert.case_code == case_code)
    return await session.scalar(query)


async def case_code_is_taken(session: AsyncSession, case_code: str) -> bool:
    """Whether an alert bears this case code."""
    return await session.scalar(select(Alert.id).where(Alert.case_code == case_code)) is not None


def near(alert: Alert, since: datetime, until: datetime) -> Select[Alert]:
    """The alerts of other conversations in the same tehsil, created between two moments."""
    return (
        select(Alert)
        .where(
            Alert.area == alert.area,
            Alert.conversation != alert.conversation,
            Alert.drill == alert.drill,
            Alert.created_at.between(since, until),
        )
        .order_by(Alert.created_at, Alert.id)
    )
