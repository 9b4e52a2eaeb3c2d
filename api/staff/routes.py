"""Signing in to the API. The console signs in by the same service, with a session instead."""

from fastapi import APIRouter

from api.auth import StaffCalls
from api.schemas import ErrorOut
from api.staff.models import Kind
from api.staff.schemas import SignInIn, TokenOut
from api.staff.service import sign_in

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])


@router.post("/token", responses={401: {"model": ErrorOut}, 429: {"model": ErrorOut}})
async def token(calls: StaffCalls, told: SignInIn) -> TokenOut:
    """Return a bearer token for the API."""
    signed_in = await sign_in(calls, told.username, told.password.get_secret_value(), Kind.BEARER)
    return TokenOut(access_token=signed_in.token, expires_at=signed_in.expires_at)
