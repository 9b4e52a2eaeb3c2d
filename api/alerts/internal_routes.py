"""Alerts for the custom actions: told by the model's understanding, asked for by case code."""

from fastapi import APIRouter

from api.alerts import intake
from api.alerts.schemas import AlertAnswer, AlertIn, StatusAnswer, StatusIn
from api.auth import ActionsCall
from api.schemas import ErrorOut

router = APIRouter(
    prefix="/internal/v1",
    tags=["actions"],
    responses={401: {"model": ErrorOut}, 404: {"model": ErrorOut}},
)


@router.post("/alerts")
async def tell(call: ActionsCall, told: AlertIn) -> AlertAnswer:
    """Make or fill the alert of a report that was kept before."""
    return await intake.take(call, told)


@router.post("/status")
async def status(call: ActionsCall, asked: StatusIn) -> StatusAnswer:
    """Return how far an alert is, to the conversation that told of it."""
    return await intake.status(call, asked)
