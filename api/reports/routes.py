"""Reports from the channels: kept first, and noted when a turn has dealt with them."""

from fastapi import APIRouter

from api.auth import ChannelsCall
from api.reports import service
from api.reports.schemas import ReportAnswer, ReportIn, TurnAnswer, TurnIn
from api.schemas import ErrorOut

router = APIRouter(
    prefix="/internal/v1",
    tags=["channels"],
    responses={401: {"model": ErrorOut}, 404: {"model": ErrorOut}},
)


@router.post("/reports")
async def receive(call: ChannelsCall, told: ReportIn) -> ReportAnswer:
    """Keep a text as told. It is kept when this answers 200, and only then."""
    return await service.receive(call, told)


@router.post("/turns")
async def settle_turn(call: ChannelsCall, turn: TurnIn) -> TurnAnswer:
    """Note how the turn of a report ended; a failed one becomes an alert at once."""
    await service.settle_turn(call, turn)
    return TurnAnswer()
