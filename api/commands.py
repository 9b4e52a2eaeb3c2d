"""What our commands share: one call outside a server, on the database of the settings."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from api import tables  # noqa: F401  # a row that refers to another table needs that one known
from api.context import Call
from api.database import create_engine, create_sessions
from api.reference import Reference
from api.sealing import Seal, keys_from

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.settings import Settings


@asynccontextmanager
async def command_call(settings: Settings) -> AsyncIterator[Call]:
    """Give a command one transaction; it is committed at the end, unless an error passes."""
    engine = create_engine(settings.store_url)
    try:
        async with create_sessions(engine).begin() as session:
            yield Call(
                session=session,
                now=datetime.now(UTC),
                reference=Reference.load(settings.nlu_data),
                seal=Seal(keys_from(settings.api_keys.get_secret_value())),
                actor="command",
            )
    finally:
        await engine.dispose()
