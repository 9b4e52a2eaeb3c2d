"""Whether the process lives, and whether it can work."""

from typing import Literal

from alembic.runtime.migration import MigrationContext
from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.errors import ApiError
from api.migrate import head
from api.schemas import ErrorOut

router = APIRouter(tags=["health"])


class NotReady(ApiError):
    """The database cannot be reached, or is not migrated to what this version needs."""

    status_code = 503


class Healthy(BaseModel):
    """Yes."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
async def healthz() -> Healthy:
    """Answer as long as the process lives."""
    return Healthy()


@router.get("/readyz", responses={503: {"model": ErrorOut}})
async def readyz(request: Request) -> Healthy:
    """Answer 200 when the database can be reached and is at head."""
    try:
        async with request.app.state.engine.connect() as connection:
            found = await connection.run_sync(revision)
    except (OSError, SQLAlchemyError):
        raise NotReady from None
    if found != head():
        raise NotReady
    return Healthy()


def revision(connection: Connection) -> str | None:
    """Return the migration a database is at."""
    return MigrationContext.configure(connection).get_current_revision()
