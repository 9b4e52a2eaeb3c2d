"""SQLite under SQLAlchemy's asyncio, without a thread of its own.

A file on this machine answers in microseconds. The usual asyncio driver hands every statement to a
thread and back four times, which costs more than the statement. What takes long here holds up the
loop: the commit, for the disk, and the beginning, while another process writes. Nothing that asks
the one connection could go on meanwhile anyway. Ask through a session or `run_sync`: SQLAlchemy
refuses a connection's own `execute` where nothing was waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool

if TYPE_CHECKING:
    from sqlalchemy import URL, Pool


class DirectSqlite(SQLiteDialect_pysqlite):
    """The standard library's driver, called where the call runs; only the pool is waited for."""

    driver = "direct"
    is_async = True
    supports_statement_cache = True

    @classmethod
    @override
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Let calls wait for the connection without holding up the loop."""
        return AsyncAdaptedQueuePool
