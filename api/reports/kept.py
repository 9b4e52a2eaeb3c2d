"""Reports as they are kept: found by key, held, opened. Knows nothing of alerts' rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from api.database import UtcTime, insert_new
from api.errors import ApiError
from api.places.position import Position
from api.reports.models import Conversation, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from api.context import Call

# A statement that every turn asks is built once: that takes longer than SQLite takes to answer it.
CONVERSATION = select(Conversation.id).where(Conversation.id == bindparam("of")).with_for_update()
CONVERSATION_OF_KEY = (
    select(Conversation.id)
    .where(
        Conversation.id
        == select(Report.conversation).where(Report.key == bindparam("of")).scalar_subquery()
    )
    .with_for_update()
)
BY_KEY = select(Report).where(Report.key == bindparam("of"))
TOLD_BY = (
    select(Report.id, Report.kept_at)
    .where(Report.alert_id == bindparam("of"))
    .order_by(Report.kept_at, Report.id)
)
DEAL_WITH = (
    update(Report)
    .where(Report.key == bindparam("of"))
    .values(dealt_with_at=func.coalesce(Report.dealt_with_at, bindparam("now", type_=UtcTime())))
    .returning(Report.id)
    .execution_options(synchronize_session=False)
)


class UnknownReport(ApiError):
    """No report was kept under this key in this conversation. Post the text first."""

    status_code = 404


async def hold_conversation(call: Call, conversation: str) -> None:
    """Make others who tell of this conversation wait until our transaction ends."""
    of, row = {"of": conversation}, {"id": conversation, "created_at": call.now}
    if await call.session.scalar(CONVERSATION, of) is None and not await insert_new(
        call.session, Conversation, row
    ):
        await call.session.execute(CONVERSATION, of)  # another call began it meanwhile


async def by_key(call: Call, key: str) -> Report | None:
    """Return the report that was kept under a key."""
    return await call.session.scalar(BY_KEY, {"of": key})


async def held_by_key(call: Call, key: str, conversation: str | None = None) -> Report:
    """Return the report of a key with its conversation held, or raise UnknownReport."""
    found = await call.session.scalar(CONVERSATION_OF_KEY, {"of": key})
    # Read once the conversation is held: another may have changed it while we waited.
    report = await by_key(call, key) if found and found == (conversation or found) else None
    if report is None:
        raise UnknownReport
    return report


async def deal_with(call: Call, key: str) -> None:
    """Note that the report of a key needs no more care, the first time; or raise UnknownReport."""
    if await call.session.scalar(DEAL_WITH, {"of": key, "now": call.now}) is None:
        raise UnknownReport


def text_of(call: Call, report: Report) -> str:
    """Return the text as told."""
    return call.opened(report.text, report.id) or ""


def position_of(report: Report) -> Position | None:
    """Return the position that came with a report."""
    if report.lat is None or report.lon is None:
        return None
    return Position(
        lat=report.lat, lon=report.lon, nearest=report.nearest_place, km=report.nearest_km or 0.0
    )


async def of_alert(call: Call, alert_id: UUID) -> Sequence[Report]:
    """Return an alert's reports in the order they came."""
    query = select(Report).where(Report.alert_id == alert_id)
    return (
        await call.session.scalars(query.order_by(Report.received_at, Report.kept_at, Report.id))
    ).all()


async def told_since(call: Call, report: Report) -> Sequence[Report]:
    """Return what a conversation told after a report and no alert has, in the order it came."""
    query = select(Report).where(
        Report.conversation == report.conversation,
        Report.alert_id.is_(None),
        Report.kept_at > report.kept_at,
    )
    return (await call.session.scalars(query.order_by(Report.kept_at))).all()


async def told_by(call: Call, alert_id: UUID) -> Sequence[tuple[UUID, datetime]]:
    """Return the ids of an alert's reports and when they were kept, the one that opened it first."""
    rows = await call.session.execute(TOLD_BY, {"of": alert_id})
    return [(row.id, row.kept_at) for row in rows]
