"""The api as one application: made from settings, with nothing at import."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from api import errors, health, openapi
from api.alerts import internal_routes as alerts_internal
from api.alerts import routes as alerts
from api.alerts import stats
from api.clock import keep_time
from api.console import routes as console
from api.database import create_engine, create_sessions
from api.deliveries import routes as deliveries
from api.places import routes as places
from api.reference import Reference
from api.reports import routes as reports
from api.sealing import Seal, keys_from
from api.staff import routes as staff
from api.staff.demo import refuse_demo_accounts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.settings import Settings

ROUTERS = (
    health.router,
    reports.router,
    deliveries.router,
    alerts_internal.router,
    staff.router,
    alerts.router,
    stats.router,
    places.router,
    console.router,
)


def create_app(settings: Settings, reference: Reference | None = None) -> FastAPI:
    """Return the application; reviewed data is read here unless given, the database later."""
    app = FastAPI(
        title="Amaan",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=openapi.PATH,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.reference = reference or Reference.load(settings.nlu_data, settings.places)
    app.state.seal = Seal(keys_from(settings.api_keys.get_secret_value()))
    app.state.engine = create_engine(settings.store_url)
    app.state.sessions = create_sessions(app.state.engine)
    for router in ROUTERS:
        app.include_router(router)
    errors.install(app)
    openapi.serve(app, ROUTERS)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep time while the application serves, and let go of the database at the end."""
    if app.state.settings.env == "production":
        await refuse_demo_accounts(app.state.sessions)
    clock = asyncio.create_task(keep_time(app))
    try:
        yield
    finally:
        clock.cancel()
        await asyncio.gather(clock, return_exceptions=True)
        await app.state.engine.dispose()
