"""STOP in a turn: one neutral line, Rasa forgets, and what it tells besides is still heard."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.conftest import Front
from tests.channels.turns import Turns, worker_over
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa


@pytest.fixture
async def turns(front: Front, api: Api, rasa: Rasa) -> AsyncIterator[Turns]:
    async with worker_over(front, api, rasa) as turns:
        yield turns


async def test_what_was_told_before_a_stop_is_heard_in_silence(turns: Turns) -> None:
    await turns.tell("salam", external_id="1")
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.tell("pani", external_id="3")
    await turns.work()
    asked = [(turn["text"], turn["kept_only"]) for turn in turns.rasa.asked]
    stop = [("koi aa gaya, maar dega", True), ("stop", False)]
    assert asked == [("salam", True), *stop, ("stop", False), ("pani", False)]
    assert await turns.said() == ["utter_stopped", "utter_receipt"]
    assert set((await turns.tell_outcomes()).values()) == {"handled"}


async def test_a_voice_before_a_stop_is_seen_by_a_person(turns: Turns) -> None:
    await turns.tell("", external_id="1", media="voice")
    await turns.tell("stop", external_id="2")
    await turns.work()
    assert (await turns.tell_outcomes())["africastalking:1"] == "failed"


async def test_what_a_stop_tells_besides_is_read_by_a_person_when_rasa_is_down(
    turns: Turns,
) -> None:
    turns.rasa.faults.add(Fault(500), Fault(500))
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.work_on()
    assert await turns.said() == ["utter_stopped"]
    assert await turns.tell_outcomes() == {"africastalking:2": "failed"}
    assert await turns.parked() == ["rasa_silent"]


@pytest.mark.parametrize("rasa_is", ["up", "down"])
async def test_stop_says_one_line_and_rasa_forgets(rasa_is: str, turns: Turns) -> None:
    await turns.tell("salam", external_id="1")
    await turns.work()
    await turns.said()
    if rasa_is == "down":
        turns.rasa.faults.add(Fault(500))
    await turns.tell("STOP", external_id="2")
    await turns.tell("stop", external_id="3")
    await turns.work()
    assert await turns.said() == ["utter_stopped"]
    assert [turn["text"] for turn in turns.rasa.asked[1:]] == ["stop", "stop"]
    assert (await turns.tell_outcomes())["africastalking:2"] == "handled"
    assert turns.api.reports["africastalking:2"]["text"] == "STOP"


async def test_a_text_after_stop_is_a_fresh_talk_even_if_rasa_was_down(turns: Turns) -> None:
    turns.rasa.faults.add(Fault(500))
    await turns.tell("stop", external_id="1")
    await turns.tell("salam", external_id="2")
    await turns.work()
    assert [turn["text"] for turn in turns.rasa.turns] == ["stop", "salam"]
    assert turns.rasa.turns[0]["key"].startswith("stop:")
    assert await turns.said() == ["utter_stopped", "utter_receipt"]


async def test_danger_in_a_stop_is_raised_and_answered_neutrally(turns: Turns) -> None:
    await turns.tell("koi aa gaya, maar dega", external_id="1")
    (told,) = await turns.front.told()
    if not told.stop:
        pytest.fail("This text is meant to be a STOP.")
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.work()
    assert "africastalking:2" in turns.api.reports
    assert await turns.said() == ["utter_stopped"]
