"""Gives access to one alert beyond the own unit, until a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.audit.service import record
from api.grants.models import Grant

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from api.context import Call
    from api.staff.models import Staff


async def give(call: Call, staff: Staff, alert_id: UUID, why: str, until: datetime) -> Grant:
    """Let a member of staff see an alert until then; `why` is a code such as `escalated`."""
    grant = Grant(staff_id=staff.id, alert_id=alert_id, why=why, until=until, created_at=call.now)
    call.session.add(grant)
    await call.session.flush()
    await record(
        call, "grant", alert_id=alert_id, to=str(staff.id), why=why, until=until.isoformat()
    )
    return grant
