"""Restore from real stores: what comes back, and every way in which it can go wrong."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests.api.postgres import Cluster, cluster, program
from tests.scripts.backups import SMALL, left_in, run, told
from tests.standins.redis_server import RedisServer


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


def test_a_restore_without_room_leaves_no_home(backup: Path, tmp_path: Path) -> None:
    done = run("restore", tmp_path / "new", backup, room=SMALL)
    assert done.returncode == 1
    assert "nothing was left behind" in done.stderr
    assert left_in(tmp_path) == ["home", "kept.backup"]


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
