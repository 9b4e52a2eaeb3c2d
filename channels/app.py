"""The app of the channels port: webhooks, health, and in a demo the simulated phone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException

from channels.errors import NotKept
from channels.phone import routes as phone
from channels.settings import Settings
from channels.sms.africastalking import webhook as africastalking
from channels.sms.kannel import webhook as kannel
from channels.sms.m3tech import webhook as m3tech
from channels.stores import Stores
from channels.telegram import webhook as telegram

log = structlog.get_logger()

WEBHOOKS = {
    "africastalking": africastalking.router,
    "kannel": kannel.router,
    "m3tech": m3tech.router,
    "telegram": telegram.router,
}
health = APIRouter()


def create_app(settings: Settings, stores: Stores) -> FastAPI:
    """Make the app with the webhooks of the providers that are on."""

    @asynccontextmanager
    async def serve(_app: FastAPI) -> AsyncIterator[None]:
        draining = asyncio.create_task(stores.intake.run())
        yield
        draining.cancel()
        with suppress(asyncio.CancelledError):
            await draining
        await stores.close()

    app = FastAPI(lifespan=serve, openapi_url=None)
    app.state.settings = settings
    app.state.stores = stores
    app.include_router(health)
    for provider, router in WEBHOOKS.items():
        if settings.is_on(provider):
            app.include_router(router)
    if settings.demo:
        app.include_router(phone.router)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    for lost in (NotKept, RedisError):
        app.add_exception_handler(lost, _not_kept)
    app.add_exception_handler(Exception, _broken)
    return app


@health.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@health.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Say whether a message would be kept durably and worked on."""
    stores: Stores = request.app.state.stores
    queue = await stores.is_writable()
    worker = queue and await stores.has_worker()
    ready = {"queue": queue, "worker": worker}
    return JSONResponse(ready, HTTPStatus.OK if queue and worker else 503)


def _answer(status: HTTPStatus, error: str, message: str) -> JSONResponse:
    return JSONResponse({"error": error, "message": message}, status)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    status = HTTPStatus(error.status_code if isinstance(error, HTTPException) else 500)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        status = HTTPStatus.NOT_FOUND  # whoever guesses learns nothing, not even a path
    return _answer(status, status.phrase.lower().replace(" ", "_"), f"{status.phrase}.")


async def _not_valid(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, "not_valid", "A field is missing or wrong.")


async def _not_kept(_request: Request, error: Exception) -> JSONResponse:
    # Nothing was kept, so nothing is acknowledged: the provider tries again.
    log.error("not_kept", error=type(error).__name__)
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "not_kept", "Not kept. Try again.")


async def _broken(_request: Request, error: Exception) -> JSONResponse:
    log.error("request_broke", exc_info=error)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "broken", "This is our fault. Try again.")
