"""Writes the audit log; there is no way to change or remove a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import insert

from api.audit.models import AuditRow

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Table

    from api.context import Call
    from api.staff.models import Staff

ADD = insert(cast("Table", AuditRow.__table__))


async def record(
    call: Call,
    act: str,
    *,
    staff: Staff | None = None,
    alert_id: UUID | None = None,
    **detail: object,
) -> None:
    """Write a row in the call's transaction; `detail` holds codes and ids, never words.

    The alert it is about must be in the database by then.
    """
    row = {
        "at": call.now,
        "actor": call.actor,
        "staff_id": staff.id if staff else None,
        "act": act,
        "alert_id": alert_id,
        "detail": detail,
    }
    with call.session.no_autoflush:  # what the call has changed may change again
        await call.session.execute(ADD, row)
