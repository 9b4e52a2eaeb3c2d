"""Runs migrations over our own engine. Alembic executes this file; the URL comes with its config."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from api import tables
from api.database import create_engine

# A migration that would hold up the queue for long gives up instead, and is run again later.
LIMITS = ("SET lock_timeout = '5s'", "SET statement_timeout = '10min'")


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    if connection.dialect.name == "postgresql":
        for limit in LIMITS:
            connection.exec_driver_sql(limit)
    context.configure(
        connection=connection,
        target_metadata=tables.METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate() -> None:
    """Connect, run, and let go of the connections."""
    engine = create_engine(context.config.attributes["url"])
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(migrate())
