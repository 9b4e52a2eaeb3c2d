"""Rasa fails: it is asked again, then the reporter gets the numbers and a person the text."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.conftest import Front
from tests.channels.turns import DANGER, LEASE, Turns, worker_over
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa


@pytest.fixture
async def turns(front: Front, api: Api, rasa: Rasa) -> AsyncIterator[Turns]:
    async with worker_over(front, api, rasa) as turns:
        yield turns


BROKEN = Fault(500)
NONSENSE = Fault(200, "[]")
SILENT = Fault(200, '{"replies": []}')
SLOW = Fault(after=1.0)


@pytest.mark.parametrize(
    ("text", "faults", "said"),
    [
        pytest.param("salam", [BROKEN] * 3, "utter_not_read", id="three times broken"),
        pytest.param("salam", [BROKEN, NONSENSE, SILENT], "utter_not_read", id="each in its way"),
        pytest.param("salam", [SLOW] * 3, "utter_not_read", id="three times too slow"),
        pytest.param(DANGER, [BROKEN] * 2, "utter_lifeline_general", id="twice in danger"),
    ],
)
async def test_rasa_fails_and_nobody_is_left_alone(
    text: str, faults: list[Fault], said: str, turns: Turns
) -> None:
    turns.rasa.faults.add(*faults)
    await turns.tell(text, external_id="9")
    await turns.work_on()
    assert await turns.said() == [said]
    assert len(turns.rasa.asked) == len(faults)
    assert await turns.tell_outcomes() == {"africastalking:9": "failed"}
    assert await turns.parked() == ["rasa_silent"]
    assert (turns.counted("retried"), turns.counted("failed")) == (len(faults) - 1, 1)


@pytest.mark.parametrize("failures", [1, 2])
async def test_rasa_stumbles_and_nobody_notices(failures: int, turns: Turns) -> None:
    turns.rasa.faults.add(*[BROKEN] * failures)
    await turns.tell("salam", external_id="1")
    await turns.tell("pani", external_id="2")
    await turns.work()
    # What comes after it waits for it.
    assert [turn["text"] for turn in turns.rasa.asked] == ["salam"]
    await turns.work_on()
    assert [turn["text"] for turn in turns.rasa.turns] == ["salam", "pani"]
    assert await turns.said() == ["utter_receipt", "utter_receipt"]
    assert await turns.parked() == []


async def test_a_turn_that_always_dies_is_not_tried_for_ever(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    lane, clock = turns.front.stores.inbox_lane, turns.front.clock
    for _ in range(3):
        assert await lane.claim(clock(), clock() + LEASE)
        clock.move(minutes=1)
    await turns.work()
    assert turns.rasa.asked == []
    assert await turns.said() == ["utter_not_read"]
    assert await turns.tell_outcomes() == {"africastalking:9": "failed"}
    assert await turns.parked() == ["turn_broke"]


async def test_killed_between_rasa_and_the_end_nothing_is_said_twice(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    lane, clock = turns.front.stores.inbox_lane, turns.front.clock
    dead = await lane.claim(clock(), clock() + LEASE)
    assert dead
    # The first worker has asked Rasa and then froze; its lease ran out.
    clock.move(minutes=1)
    await turns.work()
    await turns.conversations.turn(dead)
    assert await turns.said() == ["utter_receipt"]
    assert len(turns.rasa.asked) == 2
    assert len(turns.rasa.turns) == 1
    assert turns.api.posts == 2
    assert list(turns.api.reports) == ["africastalking:9"]
