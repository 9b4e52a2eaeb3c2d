"""What is looked at on the way in: danger, STOP, and that nothing personal is written in the clear."""

import asyncio
import uuid

import pytest

from channels.messages import Location, Outgoing
from channels.stores import Stores, Tables, make_stores
from tests.channels.conftest import NUMBER, Clock, Front, make_settings, message
from tests.standins.redis_server import RedisServer

DANGER = "bachi ko us ka chacha mar raha hai abhi"
OTHER = "+923000000002"


async def queue_reply(stores: Stores, clock: Clock, text: str) -> None:
    """Leave a reply to message 1 in the outbox, as its turn would."""
    conversation = await stores.book.conversation_of("sms", NUMBER)
    outgoing = Outgoing(
        key=uuid.uuid4().hex,
        provider="africastalking",
        channel="sms",
        language="en",
        arrived_at=clock(),
        reply={"response": "utter_ask", "kind": "question", "text": text},
    )
    lane = stores.outbox.lanes[outgoing.provider]
    await lane.append(stores.outbox.entry(conversation, outgoing, 1), clock())


async def test_danger_goes_ahead_of_other_people(front: Front) -> None:
    for number in range(5):
        await front.stores.inbox.accept(message(f"salam {number}"))
    await front.stores.inbox.accept(message("pani nahi hai", address=OTHER))
    await front.stores.inbox.accept(message(DANGER, address=OTHER))
    told = await front.told()
    assert [one.text for one in told[:2]] == ["pani nahi hai", DANGER]
    assert [one.danger for one in told[:2]] == [False, True]


@pytest.mark.parametrize("word", ["STOP", "stop", "بس", "بند", "bas", "exit", "."])
async def test_stop_cancels_what_is_queued_and_leaves_one_line(word: str, front: Front) -> None:
    await front.stores.inbox.accept(message("salam"))
    await queue_reply(front.stores, front.clock, "Where?")
    await queue_reply(front.stores, front.clock, "Age?")
    await front.stores.inbox.accept(message(word))
    sent = await front.outgoing()
    assert [one.reply.response for one in sent] == ["utter_stopped"]
    assert [one.reply.kind for one in sent] == ["close"]


async def test_a_second_stop_is_answered_with_nothing(front: Front) -> None:
    await front.stores.inbox.accept(message("stop", external_id="1"))
    await front.stores.inbox.accept(message("stop", external_id="2"))
    await front.stores.inbox.accept(message("بس", external_id="3"))
    assert len(await front.outgoing()) == 1


async def test_a_stop_after_a_new_text_is_answered_again(front: Front) -> None:
    await front.stores.inbox.accept(message("stop", external_id="1"))
    assert len(await front.outgoing()) == 1
    await front.stores.inbox.accept(message("salam", external_id="2"))
    await front.stores.inbox.accept(message("stop", external_id="3"))
    assert len(await front.outgoing()) == 1


async def test_a_stop_handed_over_twice_cancels_once(front: Front) -> None:
    await front.stores.inbox.accept(message("stop"))
    await front.stores.inbox.accept(message("salam"))
    await queue_reply(front.stores, front.clock, "Where?")
    await front.stores.inbox.accept(message("stop"))
    assert {one.reply.response for one in await front.outgoing()} == {"utter_stopped", "utter_ask"}


async def test_stop_frees_the_way_from_a_reply_that_waits_for_its_retry(front: Front) -> None:
    await front.stores.inbox.accept(message("salam"))
    await queue_reply(front.stores, front.clock, "Where?")
    lane = front.stores.outbox.lanes["africastalking"]
    claim = await lane.claim(front.clock(), front.clock())
    assert claim
    at_work = front.clock()
    front.clock.move(minutes=10)
    await lane.delay(claim, at_work, front.clock())
    front.clock.move(minutes=-9)
    await front.stores.inbox.accept(message("stop"))
    assert [one.reply.response for one in await front.outgoing()] == ["utter_stopped"]


@pytest.mark.parametrize("external_id", ["x" * 300, "a b", "آ", "half \ud83d"])
async def test_an_id_that_is_no_plain_word(external_id: str, front: Front) -> None:
    for _ in range(2):
        await front.stores.inbox.accept(message("salam", external_id=external_id))
    (one,) = await front.told()
    assert one.key.isascii()
    assert len(one.key) < 120


async def test_danger_in_a_stop_is_still_seen(front: Front) -> None:
    await front.stores.inbox.accept(message("koi aa gaya"))
    assert (await front.told())[0].stop
    await front.stores.inbox.accept(message("usne marna stop nahi kiya"))
    assert not (await front.told())[0].stop


async def test_one_address_is_one_conversation_whoever_asks_first(stores: Stores) -> None:
    found = await asyncio.gather(
        *(stores.book.conversation_of("sms", NUMBER) for _ in range(20)),
        stores.book.conversation_of("telegram", NUMBER),
    )
    assert len(set(found)) == 2
    assert len([key async for key in stores.redis.scan_iter("conversation:*")]) == 2


async def test_nothing_personal_is_on_the_disk(
    own_redis: RedisServer, tables: Tables, clock: Clock
) -> None:
    stores = make_stores(make_settings(redis_url=own_redis.url), tables, clock)
    where = Location(lat=32.3042, lon=69.5731)
    await stores.inbox.accept(message("chacha marta hai", location=where))
    await stores.inbox.accept(message("chacha marta hai", external_id=None))
    await stores.inbox.accept(message("بچی", address="471147114711", channel="telegram"))
    await stores.inbox.quarantine("kannel", b"text=chacha&from=923000000001")
    await stores.line.show("sms", NUMBER, "out", "chacha ka naam")
    await queue_reply(stores, clock, "chacha kahan?")
    await stores.inbox.accept(message("bas"))
    await stores.close()
    own_redis.kill()
    written = own_redis.written()
    assert b"conversation:" in written
    for personal in ("chacha", "3000000001", "471147114711", "بچی", "32.3042", "69.5731"):
        assert personal.encode() not in written
