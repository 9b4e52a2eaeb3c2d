"""Reports as they are kept: found by key, held, opened. Knows nothing of alerts' rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from api.database import insert_new
from api.errors import ApiError
from api.places.position import Position
from api.reports.models import Conversation, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from api.context import Call


class UnknownReport(ApiError):
    """No report was kept under this key in this conversation. Post the text first."""

    status_code = 404


async def hold_conversation(call: Call, conversation: str) -> None:
    """Make others who tell of this conversation wait until our transaction ends."""
    await insert_new(call.session, Conversation, {"id": conversation, "created_at": call.now})
    row = select(Conversation.id).where(Conversation.id == conversation).with_for_update()
    await call.session.execute(row)


async def by_key(call: Call, key: str) -> Report | None:
    """Return the report that was kept under a key."""
    return await call.session.scalar(select(Report).where(Report.key == key))


async def held_by_key(call: Call, key: str, conversation: str | None = None) -> Report:
    """Return the report of a key with its conversation held, or raise UnknownReport."""
    report = await by_key(call, key)
    if report is None or conversation not in {None, report.conversation}:
        raise UnknownReport
    await hold_conversation(call, report.conversation)
    await call.session.refresh(report)  # another may have changed it while we waited
    return report


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


async def is_alone(call: Call, report: Report) -> bool:
    """Whether a report's alert was told by nothing else."""
    count = select(func.count()).where(Report.alert_id == report.alert_id)
    return await call.session.scalar(count) == 1


async def is_first(call: Call, report: Report) -> bool:
    """Whether a report is the one that opened its alert."""
    reports = await of_alert(call, report.alert_id) if report.alert_id else []
    return bool(reports) and min(reports, key=lambda one: (one.kept_at, one.id)).id == report.id
