"""Backup over real stores: what it holds, and every way in which making it can go wrong."""

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
import redis

from tests.scripts.backups import SMALL, journal, left_in, run, told
from tests.standins.redis_server import RedisServer


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
