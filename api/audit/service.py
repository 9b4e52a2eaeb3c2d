"""Writes the audit log; there is no way to change or remove a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.audit.models import AuditRow

if TYPE_CHECKING:
    from uuid import UUID

    from api.context import Call
    from api.staff.models import Staff


def record(
    call: Call,
    act: str,
    *,
    staff: Staff | None = None,
    alert_id: UUID | None = None,
    **detail: object,
) -> None:
    """Add a row to the call's transaction; `detail` holds codes and ids, never words."""
    call.session.add(
        AuditRow(
            at=call.now,
            actor=call.actor,
            staff_id=staff.id if staff else None,
            act=act,
            alert_id=alert_id,
            detail=detail,
        )
    )
