"""Deliveries from the channels."""

from fastapi import APIRouter

from api.auth import ChannelsCall
from api.deliveries import service
from api.deliveries.schemas import DeliveryAnswer, DeliveryIn
from api.schemas import ErrorOut

router = APIRouter(prefix="/internal/v1", tags=["channels"], responses={401: {"model": ErrorOut}})


@router.post("/deliveries")
async def note(call: ChannelsCall, told: DeliveryIn) -> DeliveryAnswer:
    """Note whether a reply reached its reporter; the same key again tells what is known since."""
    await service.note(call, told)
    return DeliveryAnswer()
