"""How many alerts each unit has, without counting them: a million take longer than a page may."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from api.alerts.models import AlertCount
from api.staff.models import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from api.alerts.risk import Risk
    from api.staff.models import Staff

MOST_ROWS = 2_000  # until they are added up; all units, statuses and risks make some 500


async def counts(session: AsyncSession, staff: Staff) -> Sequence[tuple[str, str, Risk, int]]:
    """Return how many alerts each unit has by status and risk: all for the commission, else the own.

    Counts tell nobody's story, so restricted alerts are among them. What there is none of is left
    out.
    """
    number = func.sum(AlertCount.number)
    count = (
        select(AlertCount.unit, AlertCount.status, AlertCount.risk, number)
        .group_by(AlertCount.unit, AlertCount.status, AlertCount.risk)
        .having(number != 0)
    )
    if staff.role != Role.COMMISSION:
        count = count.where(AlertCount.unit == staff.unit)
    return [(row[0], row[1], row[2], row[3]) for row in await session.execute(count)]


async def add_up(session: AsyncSession, most: int = MOST_ROWS) -> None:
    """Put one row in the place of many, once there are more than `most`. The sums stay."""
    rows = await session.scalar(select(func.count()).select_from(AlertCount))
    if rows is None or rows <= most:
        return
    # What another process added up meanwhile is not returned, so nothing is counted twice.
    gone = delete(AlertCount).returning(
        AlertCount.unit, AlertCount.status, AlertCount.risk, AlertCount.number
    )
    sums: Counter[tuple[str, str, Risk]] = Counter()
    for unit, status, risk, number in await session.execute(gone):
        sums[unit, status, risk] += number
    kept = [
        {"unit": unit, "status": status, "risk": risk, "number": number}
        for (unit, status, risk), number in sums.items()
        if number
    ]
    if kept:
        await session.execute(insert(AlertCount), kept)
