"""Errors a caller may see: one sentence each, and the status that goes with it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.log import get_log

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = get_log()


class ApiError(Exception):
    """Something went wrong."""

    status_code: int = HTTPStatus.BAD_REQUEST

    @property
    def code(self) -> str:
        """The class's name as `snake_case`: what programs compare."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def message(self) -> str:
        """What was given, else the docstring: what people read."""
        return str(self.args[0]) if self.args else (type(self).__doc__ or "")

    @property
    def headers(self) -> dict[str, str]:
        """Headers that belong to the answer."""
        return {}


class NotSignedIn(ApiError):
    """Sign in first: the token is missing, unknown or expired."""

    status_code = HTTPStatus.UNAUTHORIZED

    @property
    def headers(self) -> dict[str, str]:
        """Tell which scheme is expected."""
        return {"WWW-Authenticate": "Bearer"}


class NotAllowed(ApiError):
    """Your role does not do this."""

    status_code = HTTPStatus.FORBIDDEN


def answer(
    error: str, message: str, status: int, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Return an error in the one shape that all of them have."""
    return JSONResponse({"error": error, "message": message}, status, headers)


async def on_api_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer one of our own errors."""
    if not isinstance(error, ApiError):
        raise error
    return answer(error.code, error.message, error.status_code, error.headers)


async def on_http_error(_request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses: no such path, wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers) if error.headers else None
    return answer(status.name.lower(), f"{status.phrase}.", status, headers)


async def on_invalid(_request: Request, error: Exception) -> JSONResponse:
    """Answer which fields are wrong, and never what stood in them."""
    if not isinstance(error, RequestValidationError):
        raise error
    told = "; ".join(
        f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()
    )
    return answer("invalid", told, HTTPStatus.UNPROCESSABLE_ENTITY)


class LastResort:
    """Answers 500 to what nobody expected and logs only where it happened.

    It stands inside the framework's own handler, which would hand the exception on to the server
    to be logged with its message, and a message may quote a text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on and answer for it when it breaks."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http":
                raise
            log_broken("unexpected", error)
            if not started:
                refusal = answer(
                    "unexpected",
                    "Something broke here. It is ours to mend.",
                    HTTPStatus.INTERNAL_SERVER_ERROR,
                )
                await refusal(scope, receive, send)


def log_broken(event: str, error: Exception) -> None:
    """Log that something broke: the kind of error and where, for its message may quote a text."""
    log.error(event, kind=type(error).__name__, where=where(error))


def where(error: BaseException) -> list[str]:
    """Return the last places an exception passed, as `module:line`, innermost last."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-6:]


def install(app: FastAPI) -> None:
    """Let every error leave in the same shape."""
    app.add_exception_handler(ApiError, on_api_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_middleware(LastResort)
