"""Redis' own file after a power cut: what was answered is there, what was being written may be torn."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.stores import Tables, make_stores
from tests.channels.conftest import Clock, Front, in_front_of, make_settings, message
from tests.standins.redis_server import RedisServer

WAYS = 12  # places at which the last write is torn


@contextlib.asynccontextmanager
async def over(server: RedisServer, tables: Tables) -> AsyncIterator[Front]:
    """The channels over this server, until the power is gone."""
    clock, settings = Clock(), make_settings(redis_url=server.url)
    stores = make_stores(settings, tables, clock)
    async with in_front_of(settings, stores) as client:
        yield Front(client, stores, clock)
    await stores.close()
    server.kill()


def length(server: RedisServer) -> int:
    """How many bytes are in the file that every write is appended to."""
    return file_of(server).stat().st_size


def tear(server: RedisServer, answered: int, part: int) -> None:
    """Let only a part of what was written last be on the disk."""
    whole = file_of(server).read_bytes()
    cut = answered + (len(whole) - answered) * part // WAYS
    file_of(server).write_bytes(whole[:cut])


def file_of(server: RedisServer) -> Path:
    return server.folder / "appendonly.aof"


@pytest.mark.parametrize("part", range(1, WAYS))
async def test_a_power_cut_in_the_middle_of_redis_last_write(
    part: int, own_redis: RedisServer, tables: Tables
) -> None:
    async with over(own_redis, tables) as front:
        for text in ("one", "two"):
            assert await front.stores.inbox.accept(message(text, external_id=text))
        answered = length(own_redis)
        assert await front.stores.inbox.accept(message("three", external_id="three"))
    tear(own_redis, answered, part)
    own_redis.start()
    async with over(own_redis, tables) as front:
        # Torn before it was answered, so its provider hands it over again, and it is new.
        assert await front.stores.inbox.accept(message("three", external_id="three"))
        assert not await front.stores.inbox.accept(message("two", external_id="two"))
    own_redis.start()
    async with over(own_redis, tables) as front:
        assert [told.text for told in await front.told()] == ["one", "two", "three"]
