"""The api is away: the message waits where it is, in order, and the reporter is told so once."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.conftest import Front
from tests.channels.turns import DANGER, Turns, worker_over
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa


@pytest.fixture
async def turns(front: Front, api: Api, rasa: Rasa) -> AsyncIterator[Turns]:
    async with worker_over(front, api, rasa) as turns:
        yield turns


async def test_the_api_is_away_then_back(turns: Turns) -> None:
    away = [Fault(503)] * 4
    turns.api.faults.add(*away)
    await turns.tell("one", external_id="1")
    await turns.tell("two", external_id="2")
    assert await turns.work() == 1
    assert turns.rasa.asked == []
    assert await turns.said() == []
    for _ in range(2):
        turns.front.clock.move(seconds=6)
        assert await turns.work() == 1
    # Twelve seconds after it came, and once only.
    assert await turns.said() == ["utter_not_read"]
    turns.front.clock.move(seconds=7)
    await turns.work()
    assert await turns.said() == []
    turns.front.clock.move(seconds=7)
    await turns.work()
    assert [turn["text"] for turn in turns.rasa.turns] == ["one", "two"]
    assert list(turns.api.reports) == ["africastalking:1", "africastalking:2"]
    assert await turns.said() == ["utter_receipt", "utter_receipt"]
    assert set((await turns.tell_outcomes()).values()) == {"handled"}


async def test_danger_does_not_wait_ten_seconds_for_the_numbers(turns: Turns) -> None:
    turns.api.faults.add(Fault(503))
    await turns.tell(DANGER)
    await turns.work()
    assert await turns.said() == ["utter_not_read"]


async def test_outcomes_are_told_until_the_api_knows(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    await turns.work()
    kept = turns.api.reports.copy()
    turns.api.reports.clear()
    assert await turns.tell_outcomes() == {}
    turns.api.reports.update(kept)
    turns.front.clock.move(minutes=1)
    assert await turns.tell_outcomes() == {"africastalking:9": "handled"}
