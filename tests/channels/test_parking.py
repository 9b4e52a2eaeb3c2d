"""What was given up is kept aside: shown without a word of it, and tried again when asked to."""

from collections.abc import AsyncIterator

import pytest

from channels.lanes import Lane
from channels.parking import Parking
from channels.stores import Stores
from tests.channels.conftest import NUMBER, Clock, Front
from tests.channels.turns import LEASE, Turns, worker_over
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa

LONG_STOP = "koi aa gaya, maar dega"


@pytest.fixture
async def turns(front: Front, api: Api, rasa: Rasa) -> AsyncIterator[Turns]:
    async with worker_over(front, api, rasa) as turns:
        yield turns


async def give_up(turns: Turns, text: str) -> str:
    """Have a text's turn given up; the id under which it is parked."""
    turns.rasa.faults.add(*[Fault(500)] * 3)
    await turns.tell(text, external_id="9")
    await turns.work_on()
    (parked,) = await turns.front.stores.parking.all()
    return parked.entry


async def test_a_parked_message_is_shown_by_id_age_and_error_alone(turns: Turns) -> None:
    at = turns.front.clock()
    await give_up(turns, "chacha")
    (parked,) = await turns.front.stores.parking.all()
    assert parked.error == "rasa_silent"
    assert at <= parked.at <= turns.front.clock()
    assert await turns.front.stores.parking.count() == 1
    raw = await turns.front.stores.redis.xrange("inbox:parked")
    assert b"chacha" not in raw[0][1][b"body"]


async def test_a_replayed_message_is_heard_and_answered_with_nothing(turns: Turns) -> None:
    entry = await give_up(turns, "pani nahi hai")
    await turns.said()
    turns.front.clock.move(hours=3)
    assert await turns.front.stores.parking.replay(entry, turns.front.clock())
    await turns.work()
    (turn,) = turns.rasa.turns
    assert (turn["text"], turn["kept_only"]) == ("pani nahi hai", True)
    # Hours later somebody else may hold the phone.
    assert await turns.said() == []
    assert await turns.parked() == []
    assert list(turns.api.reports) == ["africastalking:9"]


async def test_a_replayed_message_that_fails_again_is_parked_again(turns: Turns) -> None:
    entry = await give_up(turns, "pani nahi hai")
    await turns.said()
    turns.rasa.faults.add(*[Fault(500)] * 3)
    await turns.front.stores.parking.replay(entry, turns.front.clock())
    await turns.work_on()
    assert await turns.parked() == ["rasa_silent"]
    assert await turns.said() == []


async def test_a_replayed_stop_does_not_stop_what_came_after(turns: Turns) -> None:
    turns.rasa.faults.add(*[Fault(500)] * 2)
    await turns.tell(LONG_STOP, external_id="1")
    await turns.work_on()
    await turns.tell("salam", external_id="2")
    await turns.work()
    asked = len(turns.rasa.turns)
    (parked,) = await turns.front.stores.parking.all()
    await turns.front.stores.parking.replay(parked.entry, turns.front.clock())
    await turns.work()
    assert [(turn["text"], turn["kept_only"]) for turn in turns.rasa.turns[asked:]] == [
        (LONG_STOP, True)
    ]


async def test_nothing_is_replayed_twice_or_out_of_nowhere(turns: Turns) -> None:
    entry = await give_up(turns, "pani")
    parking, now = turns.front.stores.parking, turns.front.clock()
    assert not await parking.replay("1-1", now)
    assert await parking.replay(entry, now)
    assert not await parking.replay(entry, now)


async def test_a_report_the_api_will_never_take_holds_nobody_up(turns: Turns) -> None:
    turns.api.faults.add(Fault(422))
    await turns.tell("salam", external_id="1")
    await turns.tell("pani", external_id="2")
    await turns.work()
    assert await turns.parked() == ["report_refused"]
    assert await turns.said() == ["utter_not_read", "utter_receipt"]
    assert await turns.tell_outcomes() == {"africastalking:2": "handled"}


async def test_an_entry_of_another_version_holds_nobody_up(turns: Turns) -> None:
    lane, clock = turns.front.stores.inbox_lane, turns.front.clock
    conversation = await turns.front.stores.book.conversation_of("sms", NUMBER)
    await lane.append(lane.entry(conversation, b'{"v": 99}', "k", mark=1), clock())
    await turns.tell("salam")
    await turns.work()
    assert await turns.parked() == ["message_unreadable"]
    assert await turns.said() == ["utter_receipt"]


async def test_the_longest_wait_is_known(stores: Stores, clock: Clock) -> None:
    lane, parking = Lane(stores.redis, "work", stores.seal), Parking(stores.redis, "work")
    assert await parking.oldest() is None
    came = [clock()]
    for conversation, body in (("a", b"1"), ("b", b"2"), ("a", b"3")):
        await lane.append(lane.entry(conversation, body, body.decode()), clock())
        clock.move(seconds=1)
        came.append(clock())
    seen = []
    while claim := await lane.claim(clock(), clock() + LEASE):
        seen.append(await parking.oldest())
        await lane.finish(claim, clock())
    assert seen == came[:3]
    assert await parking.oldest() is None
