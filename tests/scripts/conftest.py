"""A home in use, and its backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis

from scripts.home import open_home, secrets_of
from tests.scripts.backups import journal, run
from tests.standins.redis_server import RedisServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """The home's own Redis."""
    folder = tmp_path / "home/redis"
    folder.mkdir(parents=True)
    with RedisServer(folder).running() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, server: RedisServer) -> Iterator[Path]:
    """A home in use: its Redis runs, its database is open, and a record waits in the journal."""
    home = tmp_path / "home"
    settings = {"AMAAN_HOME": str(home)}
    open_home(settings)
    secrets_of(home, settings)
    (home / "places").mkdir()
    (home / "places/villages.csv").write_text("made-up")
    waiting = journal(home)
    waiting.open()
    waiting.append(b"waits")
    with (
        closing(sqlite3.connect(home / "api.db", autocommit=True)) as database,
        redis.Redis(port=server.port) as client,
    ):
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, body TEXT)")
        database.execute("BEGIN")
        database.executemany("INSERT INTO told VALUES (?, ?)", [(n, "x" * 99) for n in range(4000)])
        database.execute("COMMIT")
        client.xadd("inbox", {"message": "sealed"})
        client.xgroup_create("inbox", "workers", id="0")
        client.xreadgroup("workers", "one", {"inbox": ">"})
        yield home


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "kept.backup"
    done = run("backup", home, file)
    assert (done.returncode, done.stderr) == (0, "")
    return file
