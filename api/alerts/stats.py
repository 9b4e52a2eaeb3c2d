"""Counts of alerts: all units for the commission, the own unit for everybody else."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.alerts.counts import counts
from api.alerts.models import Status
from api.alerts.risk import RiskWord
from api.audit.service import record
from api.auth import SignedInStaff, StaffCall
from api.schemas import ErrorOut

router = APIRouter(prefix="/api/v1", tags=["alerts"], responses={401: {"model": ErrorOut}})


class UnitCounts(BaseModel):
    """How many alerts lie with a unit."""

    unit: str
    by_status: dict[Status, int]
    open_by_risk: Annotated[dict[RiskWord, int], Field(description="All that are not closed.")]


class StatsOut(BaseModel):
    """Counts by unit."""

    items: list[UnitCounts]
    next_cursor: None = None


@router.get("/stats")
async def stats(call: StaffCall, staff: SignedInStaff) -> StatsOut:
    """Return counts of alerts, and nothing of what is in them."""
    by_status: dict[str, Counter[Status]] = {}
    by_risk: dict[str, Counter[RiskWord]] = {}
    for unit, status, risk, number in await counts(call.session, staff):
        by_status.setdefault(unit, Counter())[Status(status)] += number
        by_risk.setdefault(unit, Counter())[risk.word] += 0 if status == Status.CLOSED else number
    await record(call, "counts", staff=staff)
    return StatsOut(
        items=[
            UnitCounts(unit=unit, by_status=by_status[unit], open_by_risk=by_risk[unit])
            for unit in sorted(by_status)
        ]
    )
