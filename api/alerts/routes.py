"""Alerts for staff: the queue, one alert, and what is done with it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.alerts import queue, view, work
from api.alerts.schemas import (
    AlertOut,
    AlertPage,
    AlertQuery,
    AssignIn,
    CloseIn,
    NoteIn,
    RetriageIn,
    TransferIn,
)
from api.auth import SignedInStaff, StaffCall
from api.schemas import ErrorOut

router = APIRouter(
    prefix="/api/v1/alerts",
    tags=["alerts"],
    responses={401: {"model": ErrorOut}, 404: {"model": ErrorOut}, 409: {"model": ErrorOut}},
)


@router.get("")
async def list_alerts(
    call: StaffCall, staff: SignedInStaff, asked: Annotated[AlertQuery, Query()]
) -> AlertPage:
    """Return the alerts you may see, the most urgent first."""
    alerts, next_cursor = await queue.page(call, staff, asked)
    return AlertPage(items=await view.lines(call, alerts), next_cursor=next_cursor)


@router.get("/{alert_id}")
async def get_alert(call: StaffCall, staff: SignedInStaff, alert_id: UUID) -> AlertOut:
    """Return one alert with all that was told. Each look is noted."""
    return await view.full(call, await work.look(call, staff, alert_id), staff)


@router.post("/{alert_id}/acknowledge")
async def acknowledge(call: StaffCall, staff: SignedInStaff, alert_id: UUID) -> AlertOut:
    """Take an alert; 409 says who did so before."""
    return await view.full(call, await work.acknowledge(call, staff, alert_id), staff)


@router.post("/{alert_id}/note")
async def note(call: StaffCall, staff: SignedInStaff, alert_id: UUID, told: NoteIn) -> AlertOut:
    """Write something down with an alert."""
    return await view.full(call, await work.note(call, staff, alert_id, told), staff)


@router.post("/{alert_id}/assign")
async def assign(call: StaffCall, staff: SignedInStaff, alert_id: UUID, told: AssignIn) -> AlertOut:
    """Say who works on an alert."""
    return await view.full(call, await work.assign(call, staff, alert_id, told), staff)


@router.post("/{alert_id}/retriage")
async def retriage(
    call: StaffCall, staff: SignedInStaff, alert_id: UUID, told: RetriageIn
) -> AlertOut:
    """Set the risk by your own judgement, with the reason."""
    return await view.full(call, await work.retriage(call, staff, alert_id, told), staff)


@router.post("/{alert_id}/transfer")
async def transfer(
    call: StaffCall, staff: SignedInStaff, alert_id: UUID, told: TransferIn
) -> AlertOut:
    """Give an alert to another unit, with the reason. You may not see it afterwards."""
    return await view.full(call, await work.transfer(call, staff, alert_id, told), staff)


@router.post("/{alert_id}/close")
async def close(call: StaffCall, staff: SignedInStaff, alert_id: UUID, told: CloseIn) -> AlertOut:
    """Close an alert, with how it ended and why."""
    return await view.full(call, await work.close(call, staff, alert_id, told), staff)
