"""A unit's queue: filtered, sorted by risk and then by due time, page by page."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import tuple_

from api.alerts.access import ORDER, Narrowed, first_visible_to
from api.alerts.models import Alert
from api.alerts.risk import Risk
from api.audit.service import record
from api.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.alerts.schemas import AlertQuery
    from api.context import Call
    from api.staff.models import Staff


# A change bears the time its call began, and is seen when that is committed: one that began later
# may be seen before. Whoever asks since the last change seen is told these again, and misses none.
LATE = timedelta(minutes=1)


class WrongCursor(ApiError):
    """No list gave out this cursor."""

    status_code = 422


async def page(call: Call, staff: Staff, asked: AlertQuery) -> tuple[Sequence[Alert], str | None]:
    """Return alerts this person may see, and the cursor of the next page, None at the end."""
    others = []
    if asked.unit is not None:
        others.append(Alert.unit == asked.unit)
    if asked.since is not None:
        others.append(Alert.updated_at >= asked.since - LATE)
    if asked.cursor is not None:
        position = tuple_(*position_of(asked.cursor), types=[column.type for column in ORDER])
        others.append(tuple_(*ORDER) > position)
    narrowed = Narrowed(
        statuses=asked.status, risks=[Risk.of(word) for word in asked.risk], others=others
    )
    query = first_visible_to(staff, call.now, narrowed, asked.limit + 1)
    found = (await call.session.scalars(query)).all()
    shown = found[: asked.limit]
    await record(call, "list", staff=staff, alerts=[str(alert.id) for alert in shown])
    return shown, cursor_at(shown[-1]) if len(found) > asked.limit else None


def cursor_at(alert: Alert) -> str:
    """Return where the page after this alert begins."""
    told = json.dumps([alert.risk.word, alert.due_at.isoformat(), alert.id.hex])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def position_of(cursor: str) -> tuple[Risk, datetime, UUID]:
    """Read a cursor, or raise WrongCursor."""
    try:
        risk, due_at, alert_id = json.loads(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        )
        return Risk.of(risk), datetime.fromisoformat(due_at), UUID(alert_id)
    except (binascii.Error, ValueError, TypeError, AttributeError, KeyError):
        raise WrongCursor from None
