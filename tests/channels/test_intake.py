"""Redis away, frozen, or not to be trusted: the journal takes what comes, and nothing overtakes it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from channels.arrivals import arrival
from channels.errors import QueueNotDurable
from channels.stores import Stores, Tables, make_stores
from tests.channels.conftest import SECRET, Clock, Front, in_front_of, make_settings, message
from tests.channels.wires import WIRES, Wire
from tests.standins.redis_server import RedisServer


@contextlib.asynccontextmanager
async def channels_over(
    redis: RedisServer, home: Path, tables: Tables, clock: Clock
) -> AsyncIterator[Front]:
    """A channels process with its journal in a home."""
    settings = make_settings(redis_url=redis.url, home=str(home))
    stores = make_stores(settings, tables, clock)
    stores.journal.open()
    async with in_front_of(settings, stores) as client:
        yield Front(client, stores, clock)
    await stores.close()


@pytest.fixture
async def front(
    own_redis: RedisServer, tmp_path: Path, tables: Tables, clock: Clock
) -> AsyncIterator[Front]:
    async with channels_over(own_redis, tmp_path, tables, clock) as front:
        yield front


async def texts(front: Front) -> list[str]:
    return [one.text for one in await front.told()]


def counted(stores: Stores, fate: str) -> float:
    return stores.metrics.registry.get_sample_value("amaan_messages_total", {"fate": fate}) or 0


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.provider)
async def test_redis_away_is_a_200_from_the_journal(
    wire: Wire, front: Front, own_redis: RedisServer
) -> None:
    assert (await wire.post(front.client, "first")).status_code == 200
    own_redis.kill()
    for text, external_id in (("second", "7002"), ("third", "7003"), ("second", "7002")):
        answer = await wire.post(front.client, text, external_id=external_id)
        assert answer.status_code == 200
    own_redis.start()
    # Redis is back, but what waits in the journal stands before it.
    assert (await wire.post(front.client, "fourth", external_id="7004")).status_code == 200
    assert await texts(front) == ["first"]
    await front.stores.intake.drain()
    assert await texts(front) == ["second", "third", "fourth"]
    assert front.stores.journal.is_empty()
    assert (await wire.post(front.client, "fifth", external_id="7005")).status_code == 200
    assert await texts(front) == ["fifth"]
    fates = {"kept": 5, "deduplicated": 1, "journalled": 4, "quarantined": 0}
    assert {fate: counted(front.stores, fate) for fate in fates} == fates


async def test_a_redis_that_stands_still_is_not_waited_for(
    front: Front, own_redis: RedisServer
) -> None:
    await WIRES[0].post(front.client, "first")
    own_redis.freeze()
    assert (await WIRES[0].post(front.client, "second", external_id="2")).status_code == 200
    assert counted(front.stores, "journalled") == 1
    own_redis.thaw()
    await front.stores.intake.drain()
    # It may have been kept in both: it is one message all the same.
    assert await texts(front) == ["first", "second"]


async def test_no_redis_and_no_disk_is_a_503(
    own_redis: RedisServer, tables: Tables, clock: Clock
) -> None:
    settings = make_settings(redis_url=own_redis.url, home="/nonexistent")
    stores = make_stores(settings, tables, clock)
    async with in_front_of(settings, stores) as client:
        own_redis.kill()
        answer = await WIRES[0].post(client)
        assert (answer.status_code, answer.json()["error"]) == (503, "not_kept")
        own_redis.start()
        assert (await WIRES[0].post(client)).status_code == 200
        assert await texts(Front(client, stores, clock)) == ["salam"]
    await stores.close()


async def test_a_redis_that_came_back_careless_is_given_nothing(
    front: Front, own_redis: RedisServer
) -> None:
    own_redis.kill()
    await WIRES[0].post(front.client, "first")
    own_redis.start(fsync="everysec")
    with pytest.raises(QueueNotDurable):
        await front.stores.intake.drain()
    await WIRES[0].post(front.client, "second", external_id="2")
    await front.stores.redis.config_set("appendfsync", "always")
    await front.stores.intake.drain()
    assert await texts(front) == ["first", "second"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appendonly", "no"),
        ("appendfsync", "everysec"),
        ("no-appendfsync-on-rewrite", "yes"),
        ("maxmemory-policy", "allkeys-lru"),
    ],
)
async def test_what_makes_a_redis_careless(name: str, value: str, front: Front) -> None:
    await front.stores.durable.check()
    await front.stores.redis.config_set(name, value)
    with pytest.raises(QueueNotDurable):
        await front.stores.durable.check()


async def test_two_processes_of_a_home_keep_one_order(
    front: Front, own_redis: RedisServer, tmp_path: Path, tables: Tables, clock: Clock
) -> None:
    async with channels_over(own_redis, tmp_path, tables, clock) as other:
        own_redis.kill()
        await WIRES[0].post(front.client, "first", external_id="1")
        own_redis.start()
        # This one has never seen Redis away, and waits behind the other's message all the same.
        await WIRES[0].post(other.client, "second", external_id="2")
        await WIRES[0].post(front.client, "third", external_id="3")
        with front.stores.journal.draining():
            await other.stores.intake.drain()
        assert await texts(front) == []
        await other.stores.intake.drain()
        assert await texts(front) == ["first", "second", "third"]


async def test_a_drain_that_is_cut_short_begins_anew_and_keeps_all_once(
    front: Front, own_redis: RedisServer, tmp_path: Path
) -> None:
    m3tech = WIRES[2]
    own_redis.kill()
    for text in ("ji", "ji", "ji"):
        await m3tech.post(front.client, text)
        front.clock.move(seconds=10)
    waiting = tmp_path / "journal" / "waiting"
    written = waiting.read_bytes()
    own_redis.start()
    await front.stores.intake.drain()
    # As if the process had died between the last message and emptying the journal.
    waiting.write_bytes(written)
    await front.stores.intake.drain()
    assert await texts(front) == ["ji", "ji", "ji"]


async def test_redis_dies_again_while_it_is_drained(front: Front, own_redis: RedisServer) -> None:
    stores, sent = front.stores, [f"text {number}" for number in range(200)]
    for text in sent:
        stores.journal.append(arrival(message(text), front.clock()).model_dump_json().encode())
    draining = asyncio.create_task(stores.intake.drain())
    while counted(stores, "kept") < 20:  # noqa: ASYNC110  a count rings no bell
        await asyncio.sleep(0)
    own_redis.kill()
    with pytest.raises(RedisError):
        await draining
    own_redis.start()
    await stores.intake.drain()
    assert await texts(front) == sent
    # It went on where it stopped: under a Redis that dies again and again it would never end.
    assert counted(stores, "deduplicated") <= 1


async def test_an_answer_that_was_lost_makes_no_second_message(front: Front) -> None:
    arrived = arrival(message("ji", provider="m3tech", external_id=None), front.clock())
    assert await front.stores.inbox.keep(arrived)
    front.clock.move(minutes=3)
    assert not await front.stores.inbox.keep(arrived)


async def test_a_broken_line_holds_up_nothing(
    front: Front, own_redis: RedisServer, tmp_path: Path
) -> None:
    own_redis.kill()
    await WIRES[0].post(front.client, "first", external_id="1")
    front.stores.journal.append(b'{"kind": "of another version"}')
    with (tmp_path / "journal" / "waiting").open("ab") as file:
        file.write(b"00000000 torn\n")
    await WIRES[0].post(front.client, "second", external_id="2")
    own_redis.start()
    await front.stores.intake.drain()
    assert await texts(front) == ["first", "second"]
    assert len((tmp_path / "journal" / "aside").read_bytes().splitlines()) == 2


async def test_all_else_a_webhook_takes_waits_there_too(
    front: Front, own_redis: RedisServer
) -> None:
    own_redis.kill()
    africastalking = f"/sms/africastalking/{SECRET}"
    report = {"id": "ATXid_1", "status": "Success"}
    odd = b"text=\xff&from="
    assert (await front.client.post(f"{africastalking}/delivery", data=report)).status_code == 200
    assert (await front.client.post(f"{africastalking}/inbound", content=odd)).status_code == 200
    await front.stores.intake.opt_out("sms", "+923000000009")
    own_redis.start()
    await front.stores.intake.drain()
    assert await front.stores.deliveries.state("africastalking", "ATXid_1") == "delivered"
    assert await front.quarantined() == 1
    assert front.stores.journal.is_empty()
