"""Backup and restore over real stores: what comes back, and every way in which it can go wrong."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis

from channels.journal import Journal
from channels.sealing import Seal, keys_from
from scripts.home import open_home, secrets_of
from tests.api.postgres import Cluster, cluster, program
from tests.standins.redis_server import RedisServer

ROOT = Path(__file__).parents[2]
PASSPHRASE = "made-up passphrase for tests"
SMALL = 200_000  # bytes: where the disk of a test is full


def run(
    what: str, home: Path, file: Path, room: int | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """`make backup` or `make restore`; with `room`, no file can grow beyond so many bytes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMAAN_")}
    given = {"AMAAN_HOME": str(home), "AMAAN_BACKUP_PASSPHRASE": PASSPHRASE} | settings
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{what}", str(file)],
        cwd=ROOT,
        env=ours | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        timeout=120,
    )


def journal(home: Path) -> Journal:
    keys = json.loads((home / "secrets.json").read_text())["AMAAN_CHANNELS_KEYS"]
    return Journal(home, Seal(keys_from(keys)))


def told(home: Path) -> list[tuple[int, str]]:
    """All rows of the database."""
    with closing(sqlite3.connect(home / "api.db")) as database:
        return database.execute("SELECT id, body FROM told ORDER BY id").fetchall()


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


def move(home: Path, port: int, ended: threading.Event) -> None:
    """Move messages from Redis to the database as the worker does: kept there before gone here."""
    with (
        redis.Redis(port=port) as client,
        closing(sqlite3.connect(home / "api.db", autocommit=True)) as database,
    ):
        while not ended.is_set():
            (number,) = client.lrange("moving", 0, 0)
            database.execute("INSERT INTO told VALUES (?, 'moved')", (int(number),))
            client.lpop("moving")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_home_in_use_comes_back_whole(home: Path, backup: Path, tmp_path: Path) -> None:
    restored = tmp_path / "new" / "home"
    done = run("restore", restored, backup)
    assert (done.returncode, done.stderr) == (0, "")
    assert told(restored) == told(home)
    assert [line.body for line in journal(restored).read(0)[0]] == [b"waits"]
    assert (restored / "places/villages.csv").read_text() == "made-up"
    assert (restored / "mode").read_text() == "demo"
    assert (restored / "secrets.json").read_text() == (home / "secrets.json").read_text()
    with RedisServer(restored / "redis").running() as server, redis.Redis(port=server.port) as new:
        assert new.xlen("inbox") == 1
        assert new.xpending("inbox", "workers")["pending"] == 1
    modes = {path.stat().st_mode & 0o077 for path in [restored, *restored.rglob("*")]}
    assert modes == {0}
    assert left_in(tmp_path / "new") == ["home"]


def test_the_file_is_private_and_shows_nothing(backup: Path, home: Path) -> None:
    body = backup.read_bytes()
    assert backup.stat().st_mode & 0o077 == 0
    for word in (b"secrets.json", b"villages", b"xxxx", b"SQLite"):
        assert word not in body
    key = json.loads((home / "secrets.json").read_text())["AMAAN_API_KEYS"]
    assert key.encode() not in body
    assert left_in(backup.parent) == ["home", "kept.backup"]


def test_what_moves_meanwhile_is_in_one_store_or_the_other(
    home: Path, server: RedisServer, tmp_path: Path
) -> None:
    numbers = range(10_000, 200_000)
    with redis.Redis(port=server.port) as client:
        client.rpush("moving", *numbers)
    ended = threading.Event()
    mover = threading.Thread(target=move, args=(home, server.port, ended))
    mover.start()
    try:
        files = [tmp_path / f"kept-{number}" for number in range(3)]
        assert [run("backup", home, file).returncode for file in files] == [0, 0, 0]
    finally:
        ended.set()
        mover.join()
    for file in files:
        new = tmp_path / f"from-{file.name}"
        assert run("restore", new, file).returncode == 0
        moved = {number for number, body in told(new) if body == "moved"}
        with RedisServer(new / "redis").running() as second, redis.Redis(port=second.port) as there:
            waiting = {int(number) for number in there.lrange("moving", 0, -1)}
        assert moved
        assert waiting
        assert moved | waiting == set(numbers)


def test_what_redis_still_takes_while_it_is_copied_tears_nothing(
    backup: Path, tmp_path: Path
) -> None:
    """A copy of the append-only file may end within a record; the server cuts that one off."""
    run("restore", tmp_path / "new", backup)
    file = tmp_path / "new/redis/appendonly.aof"
    file.write_bytes(file.read_bytes() + b"*3\r\n$3\r\nSET\r\n$4\r\nto")
    with RedisServer(file.parent).running() as server, redis.Redis(port=server.port) as new:
        assert new.xlen("inbox") == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda body: body[:-1], "is torn or was changed", id="the last byte is gone"),
        pytest.param(lambda body: body[: len(body) // 2], "is torn", id="half of it is gone"),
        pytest.param(lambda body: body[:40], "is torn", id="hardly any of it is there"),
        pytest.param(lambda _: b"", "is no backup", id="it is empty"),
        pytest.param(lambda _: b"x" * 999, "is no backup", id="it is something else"),
        pytest.param(
            lambda body: body[:5000] + bytes([body[5000] ^ 1]) + body[5001:],
            "is torn or was changed",
            id="one bit is another",
        ),
    ],
)
def test_a_spoilt_file_restores_nothing(
    backup: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    backup.write_bytes(spoil(backup.read_bytes()))
    done = run("restore", tmp_path / "new", backup)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Nothing was changed" in done.stderr
    assert left_in(tmp_path) == ["home", "kept.backup"]


def test_a_wrong_passphrase_is_told_from_a_torn_file(backup: Path, tmp_path: Path) -> None:
    done = run("restore", tmp_path / "new", backup, AMAAN_BACKUP_PASSPHRASE="made-up and wrong one")
    assert done.returncode == 1
    assert "passphrase does not open" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_home_that_is_not_empty_is_left_alone(home: Path, backup: Path) -> None:
    before = told(home)
    done = run("restore", home, backup)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert told(home) == before


def test_an_empty_folder_is_an_empty_home(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert run("restore", tmp_path / "new", backup).returncode == 0
    assert len(told(tmp_path / "new")) == 4000


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({"AMAAN_API_KEYS": "b3RoZXI="}, "AMAAN_API_KEYS", id="another key is set"),
        pytest.param({"AMAAN_REDIS_URL": "redis://127.0.0.1:1"}, "unset", id="another Redis"),
        pytest.param({"AMAAN_DATABASE_URL": "postgresql+asyncpg://h/d"}, "unset", id="PostgreSQL"),
    ],
)
def test_settings_under_which_the_backup_would_not_open(
    backup: Path, tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    done = run("restore", tmp_path / "new", backup, **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert left_in(tmp_path) == ["home", "kept.backup"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({"AMAAN_BACKUP_PASSPHRASE": ""}, "nobody is here", id="no passphrase"),
        pytest.param({"AMAAN_BACKUP_PASSPHRASE": "short"}, "too short", id="a short one"),
        pytest.param({"AMAAN_HOME": "/nowhere"}, "Nothing has run", id="no home"),
        pytest.param({"AMAAN_REDIS_URL": "redis://127.0.0.1:1"}, "does it run", id="no Redis"),
        pytest.param({"AMAAN_DATABASE_URL": "sqlite:////nowhere"}, "missing", id="no database"),
    ],
)
def test_no_half_backup(home: Path, tmp_path: Path, settings: dict[str, str], said: str) -> None:
    done = run("backup", home, tmp_path / "kept.backup", **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert left_in(tmp_path) == ["home"]


@pytest.mark.parametrize("room", [SMALL, 10 * SMALL])
def test_a_disk_without_room_keeps_no_half_file(home: Path, tmp_path: Path, room: int) -> None:
    (home / "places/large.csv").write_text("x" * 20 * SMALL)
    done = run("backup", home, tmp_path / "kept.backup", room=room)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert left_in(tmp_path) == ["home"]
    assert len(told(home)) == 4000


def test_a_restore_without_room_leaves_no_home(backup: Path, tmp_path: Path) -> None:
    done = run("restore", tmp_path / "new", backup, room=SMALL)
    assert done.returncode == 1
    assert "nothing was left behind" in done.stderr
    assert left_in(tmp_path) == ["home", "kept.backup"]


def test_a_backup_is_never_written_over(home: Path, backup: Path) -> None:
    before = backup.read_bytes()
    done = run("backup", home, backup)
    assert done.returncode == 1
    assert "left alone" in done.stderr
    assert backup.read_bytes() == before


def test_a_backup_does_not_lie_in_the_home_it_is_of(home: Path) -> None:
    done = run("backup", home, home / "kept.backup")
    assert done.returncode == 1
    assert "name another FILE" in done.stderr


def test_keys_of_the_environment_go_along(home: Path, tmp_path: Path) -> None:
    key = "bWFkZS11cCBrZXkgb2YgMzIgYnl0ZXMsIG5vIG1vcmU="
    assert run("backup", home, tmp_path / "kept", AMAAN_API_KEYS=key).returncode == 0
    assert run("restore", tmp_path / "new", tmp_path / "kept").returncode == 0
    assert json.loads((tmp_path / "new/secrets.json").read_text())["AMAAN_API_KEYS"] == key


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Cluster]:
    with cluster() as server:
        yield server


def sql(server: Cluster, name: str, words: str) -> str:
    command = [program("psql"), *server.at, "-d", name, "-Atc", words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_outside_stores_come_back_into_empty_ones(
    home: Path, postgresql: Cluster, tmp_path: Path
) -> None:
    old, new = (postgresql.create(name) for name in ("old", "new"))
    sql(postgresql, "old", "CREATE TABLE told AS SELECT generate_series(1, 4000) AS id")
    for name in ("redis-old", "redis-new"):
        (tmp_path / name).mkdir()
    with (
        RedisServer(tmp_path / "redis-old").running() as first,
        RedisServer(tmp_path / "redis-new").running() as second,
        redis.Redis(port=first.port) as told_to,
        redis.Redis(port=second.port) as restored,
    ):
        told_to.mset({f"book:{number}": "x" for number in range(1500)})
        told_to.set("seen", 1, ex=1000)
        told_to.xadd("inbox", {"message": "sealed"})
        told_to.xgroup_create("inbox", "workers", id="0")
        told_to.xreadgroup("workers", "one", {"inbox": ">"})
        there = {"AMAAN_DATABASE_URL": old, "AMAAN_REDIS_URL": first.url}
        made = run("backup", home, tmp_path / "kept", **there)
        assert (made.returncode, made.stderr) == (0, "")
        told_to.set("after", 1)  # writes go on
        empty = {"AMAAN_DATABASE_URL": new, "AMAAN_REDIS_URL": second.url}
        done = run("restore", tmp_path / "new", tmp_path / "kept", **empty)
        assert (done.returncode, done.stderr) == (0, "")
        assert restored.dbsize() == 1502
        assert 0 < restored.ttl("seen") <= 1000
        assert restored.ttl("book:7") == -1
        assert restored.xpending("inbox", "workers")["pending"] == 1
        assert sql(postgresql, "new", "SELECT count(*) FROM told") == "4000"
        again = run("restore", tmp_path / "other", tmp_path / "kept", **empty)
        assert again.returncode == 1
        assert "not empty" in again.stderr
        restored.flushdb()
        full = run("restore", tmp_path / "other", tmp_path / "kept", **empty)
        assert full.returncode == 1
        assert "an empty database" in full.stderr
        assert restored.dbsize() == 0
        assert sql(postgresql, "new", "SELECT count(*) FROM told") == "4000"
        assert not (tmp_path / "other").exists()
