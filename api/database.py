"""The database: SQLite for one machine, PostgreSQL for more; one engine, one session a call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, override

from sqlalchemy import DateTime, Dialect, MetaData, event, literal
from sqlalchemy.dialects import postgresql, registry, sqlite
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

WAIT_MS = 10_000
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={WAIT_MS}",
)


class Base(DeclarativeBase):
    """All tables. Constraints are named, so that a migration can find them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite forgets the zone, so it is taken off and put on again here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def create_engine(url: str) -> AsyncEngine:
    """Return an engine; it connects when it is first used. Errors never show parameters."""
    if not url.startswith("sqlite"):
        limits = {"statement_timeout": "30000", "lock_timeout": str(WAIT_MS)}
        return create_async_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "timeout": WAIT_MS / 1000,
                "server_settings": limits | {"application_name": "amaan-api"},
            },
        )
    registry.register("sqlite.direct", "api.sqlite", "DirectSqlite")
    # Each transaction takes the one write lock. Over one connection calls wait for it in the order
    # they came; over several they would ask SQLite again and again, by chance, and some in vain.
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=WAIT_MS / 1000
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once, not after the busy
        # time-out, when another wrote between. Taking the write lock first makes it wait.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def create_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Return what makes sessions; rows stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


async def insert_new(session: AsyncSession, table: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique values stands; True when it is new.

    On PostgreSQL this waits for another transaction that is inserting the same row.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(table).values(**row).on_conflict_do_nothing().returning(literal(1))
    return (await session.scalar(new)) is not None
