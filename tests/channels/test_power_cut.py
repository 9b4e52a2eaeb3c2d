"""A power cut in the middle of what Redis was writing: nothing that was answered to is lost or doubled.

Redis runs as `make up` runs it, and the messages come through the real webhook.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis as redis_client
from redis.exceptions import RedisError

from channels.stores import Tables, make_stores
from scripts.processes import redis_conf, redis_server
from tests.channels.conftest import Clock, Front, in_front_of, make_settings
from tests.channels.wires import WIRES
from tests.standins.server import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "made-up"
SENT = ["one", "two", "three", "four", "five"]
HANDLED = 2  # of them, before the power is cut


class Ours:
    """Redis in a home of its own, started by our own command."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "redis"
        self.folder.mkdir()
        self.file = self.folder / "appendonly.aof"
        port = str(free_port())
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
        conf = home / "redis.conf"
        conf.write_text(
            redis_conf(home, {"AMAAN_REDIS_PORT": port, "AMAAN_REDIS_PASSWORD": PASSWORD})
        )
        server = redis_server(ROOT)
        self.command = [sys.executable, "-m", "scripts.redis_start", server, str(conf)]

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Run until the power is cut."""
        process = subprocess.Popen(self.command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            with redis_client.Redis.from_url(self.url) as client:
                for _ in range(600):
                    assert process.poll() is None
                    with contextlib.suppress(RedisError):
                        if client.ping():
                            break
                    time.sleep(0.05)
            yield
        finally:
            process.kill()
            process.wait()

    def refused(self) -> str:
        """What it says when it does not start."""
        ended = subprocess.run(
            self.command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert ended.returncode != 0
        return ended.stderr


@pytest.fixture
def ours(tmp_path: Path) -> Ours:
    return Ours(tmp_path)


@contextlib.asynccontextmanager
async def channels_over(ours: Ours, tables: Tables, clock: Clock):
    """The channels port over this Redis, which runs meanwhile."""
    settings = make_settings(redis_url=ours.url)
    with ours.running():
        stores = make_stores(settings, tables, clock)
        async with in_front_of(settings, stores) as client:
            yield Front(client, stores, clock)
        await stores.close()


async def post(front: Front, *texts: str) -> None:
    """Hand messages over as their provider does, also again."""
    for text in texts:
        answer = await WIRES[0].post(front.client, text, external_id=text)
        assert answer.status_code == 200


async def handle(front: Front, number: int) -> None:
    """Do what a worker does with the next messages."""
    lane, now = front.stores.inbox_lane, front.clock()
    for _ in range(number):
        claim = await lane.claim(now, now + timedelta(seconds=15))
        assert claim
        await lane.finish(claim, now)


@pytest.fixture
async def written(ours: Ours, tables: Tables, clock: Clock) -> tuple[int, bytes]:
    """Where the last message begins in Redis' file, and all of the file."""
    async with channels_over(ours, tables, clock) as front:
        await post(front, *SENT[:-1])
        await handle(front, HANDLED)
        before = ours.file.stat().st_size
        await post(front, SENT[-1])
    whole = ours.file.read_bytes()
    # What is written before the message itself: the person's conversation was there already.
    return whole.index(b"MULTI", before) - len("*1\r\n$5\r\n"), whole


def cuts(start: int, whole: bytes) -> list[int]:
    """Within each word of the last record: after it, within its line break, and in its middle."""
    ends = [at for at in range(start, len(whole)) if whole[at : at + 2] == b"\r\n"]
    near = {at + shift for at in ends[:: max(1, len(ends) // 7)] for shift in (-1, 0, 1, 2)}
    return sorted(at for at in near | {start + 1, len(whole) - 1} if start < at < len(whole))


async def test_redis_file_is_torn_within_its_last_record(
    ours: Ours, written: tuple[int, bytes], tables: Tables, clock: Clock
) -> None:
    start, whole = written
    tried = cuts(start, whole)
    assert len(tried) > 20
    for at in tried:
        ours.file.write_bytes(whole[:at])
        async with channels_over(ours, tables, clock) as front:
            await post(front, *SENT, "six")  # a provider tries again what it got no answer to
        # Redis shows only at the second start what it left in its file at the first.
        async with channels_over(ours, tables, clock) as front:
            await post(front, *SENT, "six")
            found = [told.text for told in await front.told()]
        assert found == [*SENT[HANDLED:], "six"], f"cut at {at - start} of {len(whole) - start}"


async def test_zeros_where_the_last_record_would_be(
    ours: Ours, written: tuple[int, bytes], tables: Tables, clock: Clock
) -> None:
    start, whole = written
    ours.file.write_bytes(whole[: start + 40] + bytes(4096))
    async with channels_over(ours, tables, clock) as front:
        await post(front, *SENT)
        assert [told.text for told in await front.told()] == SENT[HANDLED:]
    assert (ours.folder / "appendonly.torn").read_bytes() == whole[start : start + 40] + bytes(4096)


async def test_damage_in_the_middle_is_refused_in_words_and_left_as_it_is(
    ours: Ours, written: tuple[int, bytes], tables: Tables, clock: Clock
) -> None:
    start, whole = written
    middle = whole.index(b"MULTI", start // 2)
    damaged = whole[:middle] + os.urandom(64) + whole[middle + 64 :]
    ours.file.write_bytes(damaged)
    said = ours.refused()
    assert "Traceback" not in said
    assert ours.file.read_bytes() == damaged
    assert not (ours.folder / "appendonly.torn").exists()
    # What it says to do helps.
    command, option, size, file = said.rsplit(": ", 1)[1].split()
    assert (command, option, file) == ("truncate", "-s", str(ours.file))
    os.truncate(file, int(size))
    async with channels_over(ours, tables, clock) as front:
        await post(front, "six")
        assert "six" in [told.text for told in await front.told()]


async def test_a_second_redis_over_the_same_file_is_refused(
    ours: Ours, tables: Tables, clock: Clock
) -> None:
    async with channels_over(ours, tables, clock) as front:
        await post(front, "one")
        assert "stop it first" in ours.refused()
        assert [told.text for told in await front.told()] == ["one"]
