"""Copies of the stores, and copies put back: SQLite, PostgreSQL, our own Redis, an outside one.

A copy is of one moment. Nothing here stops the installation that is being copied.
"""

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import batched
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.engine import make_url

from scripts.home import Refused

BATCH = 500  # keys a round trip
# Seconds without a write in an outside Redis, at the longest. What comes meanwhile waits, or goes
# into the journal; the pause ends by itself, should the copying be killed.
PAUSE = 30


def copy_sqlite(file: Path, into: Path) -> None:
    """Copy a database in use, by SQLite's own backup, in one piece. Raises Refused."""
    if not file.is_file():
        raise Refused(f"The database {file} is missing. No backup was made; keep the older ones.")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(into)) as target:
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
            (found,) = target.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        reason = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
        raise Refused(
            f"The database could not be copied ({reason}): is the disk of {into.parent.parent} full? "
            "No backup was made."
        ) from error
    if found != "ok":
        raise Refused(f"The database {file} is damaged. No backup was made; keep the older ones.")


def copy_postgresql(url: str, into: Path) -> None:
    """Copy a database by pg_dump, which reads it in one snapshot. Raises Refused."""
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={into}"]
    _postgresql(command, url, "PostgreSQL could not be copied (see above). No backup was made.")


def restore_postgresql(file: Path, url: str) -> None:
    """Put a copy into an empty database: all of it or nothing. Raises Refused."""
    database = make_url(url).database or ""
    command = ["pg_restore", "--single-transaction", "--no-owner", "--no-privileges"]
    _postgresql(
        [*command, f"--dbname={database}", str(file)],
        url,
        "PostgreSQL did not take the copy (see above): it has to be an empty database. "
        "The database is as it was.",
    )


def _postgresql(command: list[str], url: str, failed: str) -> None:
    if shutil.which(command[0]) is None:
        raise Refused(f"{command[0]} is missing: apt-get install postgresql-client.")
    at = make_url(url)
    # In the environment, because everybody on the machine can read the words of a command.
    given = {
        "PGHOST": at.host or at.query.get("host"),
        "PGPORT": at.port,
        "PGUSER": at.username,
        "PGPASSWORD": at.password,
        "PGDATABASE": at.database,
        "PGSSLMODE": at.query.get("ssl"),
    }
    environment = dict(os.environ) | {name: str(word) for name, word in given.items() if word}
    if subprocess.run(command, env=environment, check=False).returncode:
        raise Refused(failed)


def copy_redis(url: str, into: Path) -> None:
    """Copy every key of an outside Redis while no client may write. Raises Refused.

    A line is a key: its name and its DUMP in base64, and when it expires (ms since 1970; 0: never).
    """
    try:
        with Redis.from_url(url) as client, into.open("w") as file:
            client.client_pause(PAUSE * 1000, all=False)
            began = time.monotonic()
            try:
                file.writelines(json.dumps(record) + "\n" for record in _records(client))
            finally:
                client.client_unpause()
    except RedisError as error:
        raise Refused("Redis could not be copied: does it run? No backup was made.") from error
    if time.monotonic() - began > PAUSE:
        raise Refused(f"Redis took more than {PAUSE} s to copy. No backup was made; try again.")


def _records(client: Redis) -> Iterator[dict[str, Any]]:
    names: Iterable[bytes] = client.scan_iter(count=BATCH)
    for batch in batched(names, BATCH):
        asked = client.pipeline(transaction=False)
        asked.time()
        for name in batch:
            asked.dump(name)
            asked.pttl(name)
        (seconds, micros), *found = asked.execute()
        now = seconds * 1000 + micros // 1000
        for name, dump, left in zip(batch, found[::2], found[1::2], strict=True):
            if dump is not None:
                yield {
                    "name": base64.b64encode(name).decode(),
                    "until": now + left if left >= 0 else 0,
                    "dump": base64.b64encode(dump).decode(),
                }


def hold_redis_empty(url: str) -> None:
    """Raise Refused when this Redis holds something, or does not answer."""
    try:
        with Redis.from_url(url) as client:
            empty = client.dbsize() == 0
    except RedisError as error:
        raise Refused("Redis does not answer: does it run? Nothing was changed.") from error
    if not empty:
        raise Refused("The Redis of AMAAN_REDIS_URL is not empty. Nothing was changed.")


def restore_redis(file: Path, url: str) -> None:
    """Put a copy into an empty outside Redis. Raises Refused."""
    try:
        with Redis.from_url(url) as client, file.open() as lines:
            for batch in batched(lines, BATCH):
                asked = client.pipeline(transaction=False)
                for record in map(json.loads, batch):
                    name, dump = (base64.b64decode(record[word]) for word in ("name", "dump"))
                    asked.restore(name, record["until"], dump, replace=True, absttl=True)
                asked.execute()
    except RedisError as error:
        raise Refused(
            "Redis did not take the copy: it has to run, in a version no older than the copied one. "
            "Empty it (FLUSHDB), and an outside database with it, before the next try."
        ) from error
