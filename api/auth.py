"""What routes ask for: a call's tools, a service by its token, or staff by theirs."""

import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.context import Call
from api.errors import NotSignedIn
from api.staff import tokens
from api.staff.models import Kind, Staff

type Calls = Callable[[], AbstractAsyncContextManager[Call]]

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


@asynccontextmanager
async def open_call(app: FastAPI, actor: str) -> AsyncIterator[Call]:
    """Begin a transaction; it is committed here and nowhere else, unless an error passes."""
    async with app.state.sessions.begin() as session:
        yield Call(
            session=session,
            now=datetime.now(UTC),
            reference=app.state.reference,
            seal=app.state.seal,
            actor=actor,
        )


async def get_staff_call(request: Request) -> AsyncIterator[Call]:
    """Give a call of staff its session."""
    async with open_call(request.app, "staff") as call:
        yield call


# "function": FastAPI would otherwise commit after the answer is on its way.
StaffCall = Annotated[Call, Depends(get_staff_call, scope="function")]


async def get_staff(call: StaffCall, credentials: Credentials) -> Staff:
    """Return who holds the bearer token, or raise NotSignedIn."""
    token = credentials.credentials if credentials else ""
    staff = await tokens.holder(call.session, token, Kind.BEARER, call.now)
    if staff is None:
        raise NotSignedIn
    return staff


SignedInStaff = Annotated[Staff, Depends(get_staff)]


async def get_channels_call(request: Request, credentials: Credentials) -> AsyncIterator[Call]:
    """Give a call of the channels its session, or raise NotSignedIn."""
    require(credentials, request.app.state.settings.channels_token.get_secret_value())
    async with open_call(request.app, "channels") as call:
        yield call


async def get_actions_call(request: Request, credentials: Credentials) -> AsyncIterator[Call]:
    """Give a call of the actions its session, or raise NotSignedIn."""
    require(credentials, request.app.state.settings.actions_token.get_secret_value())
    async with open_call(request.app, "actions") as call:
        yield call


ChannelsCall = Annotated[Call, Depends(get_channels_call, scope="function")]
ActionsCall = Annotated[Call, Depends(get_actions_call, scope="function")]


def require(credentials: HTTPAuthorizationCredentials | None, token: str) -> None:
    """Raise NotSignedIn unless the caller holds this service token; the time it takes tells nothing."""
    given = credentials.credentials if credentials else ""
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise NotSignedIn


def get_calls(request: Request) -> Calls:
    """Give a route several transactions; only signing in has a reason to."""
    return lambda: open_call(request.app, "staff")


StaffCalls = Annotated[Calls, Depends(get_calls)]
