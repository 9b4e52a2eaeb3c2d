"""The one way into Rasa: what a turn answers, and how it is taken."""

from __future__ import annotations

import asyncio

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.engine.runner.dask import DaskGraphRunner

from bot.action_endpoint import KeptEndpoint
from bot.channel import without_shortcut
from bot.once import answer_holds, run_in_order
from tests.bot.turns import ask


async def test_a_turn_answers_its_replies_and_the_language(origin):
    reply = {
        "response": "utter_receipt",
        "kind": "receipt",
        "text": "thanks by sms",
        "buttons": [{"title": "Skip", "payload": "0"}],
    }
    assert await ask(origin) == (200, {"replies": [reply], "language": "ur", "told": False})


async def test_a_turn_says_that_its_text_is_in_an_alert_also_the_second_time(origin):
    assert (await ask(origin, text="alert"))[1]["told"] is True
    assert (await ask(origin, key="sms:2"))[1]["told"] is False
    assert (await ask(origin, text="alert"))[1]["told"] is True


async def test_the_wording_is_chosen_by_the_reporters_channel(origin):
    _, answer = await ask(origin, channel="telegram")
    assert answer["replies"][0]["text"] == "thanks by telegram"


async def test_a_repeated_key_gets_the_replies_of_the_first_time(origin, processor):
    first = await ask(origin)
    await ask(origin, key="telegram:2", channel="telegram")
    assert await ask(origin) == first
    assert len(processor.handled) == 2


async def test_a_turn_that_said_nothing_is_taken_again(origin, processor):
    assert (await ask(origin, text="stop"))[1]["replies"] == []
    await ask(origin, text="stop")
    assert len(processor.handled) == 2


async def test_what_is_only_kept_gets_no_reply(origin, processor):
    assert (await ask(origin, kept_only=True))[1]["replies"] == []
    assert processor.handled[0].metadata["kept_only"] is True


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("heard", 200, id="an action heard it"),
        pytest.param("stop", 500, id="no action did: it failed"),
        pytest.param("away", 500, id="one did, and the api was away"),
    ],
)
async def test_what_is_only_kept_was_heard_or_the_turn_failed(origin, text, status):
    assert (await ask(origin, text=text, kept_only=True))[0] == status


async def test_the_metadata_carries_what_the_actions_need(origin, processor):
    await ask(origin, location={"lat": 32.3, "lon": 69.57})
    assert processor.handled[0].metadata == {
        "key": "telegram:1",
        "channel": "sms",
        "language": "roman_ur",
        "location": {"lat": 32.3, "lon": 69.57},
        "joined": False,
        "kept_only": False,
    }


@pytest.mark.parametrize(
    ("location", "intent"),
    [
        pytest.param({"lat": 32.3, "lon": 69.57}, "provide_location", id="a pin tells a place"),
        pytest.param(None, "nlu_fallback", id="an empty text tells nothing"),
    ],
)
async def test_what_nlu_cannot_read_is_understood_here(origin, processor, location, intent):
    await ask(origin, text="", location=location)
    parsed = processor.handled[0].parse_data
    assert parsed["intent"]["name"] == intent
    assert parsed["entities"] == [{"entity": "language", "value": "roman_ur"}]


@pytest.mark.parametrize(
    ("text", "language"),
    [("اردو", "ur"), ("Roman  Pashto", "roman_ps"), ("PUKHTO", "ps"), ("English", "en")],
)
async def test_a_languages_name_alone_chooses_it(origin, processor, text, language):
    await ask(origin, text=text)
    parsed = processor.handled[0].parse_data
    assert parsed["intent"]["name"] == "switch_language"
    assert parsed["entities"] == [{"entity": "language", "value": language}]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("start", "greet"), ("HELP", "ask_help_info"), ("language", "switch_language")],
)
async def test_a_command_is_certain(origin, processor, text, intent):
    await ask(origin, text=text)
    parsed = processor.handled[0].parse_data
    assert parsed["intent"]["name"] == intent
    assert parsed["entities"] == [{"entity": "language", "value": "roman_ur"}]


async def test_any_other_text_is_left_to_nlu(origin, processor):
    await ask(origin, text="the urdu teacher beats him")
    assert processor.handled[0].parse_data is None


async def test_turns_of_one_conversation_never_overlap(origin, processor):
    await asyncio.gather(*(ask(origin, key=f"telegram:{number}") for number in range(3)))
    assert (len(processor.handled), processor.overlaps) == (3, [])


async def test_a_turn_reads_its_conversation_once_and_writes_it_once(origin, processor):
    store = processor.tracker_store._tracker_store  # noqa: SLF001  Rasa wraps it
    for turn in (1, 2):
        await ask(origin, key=f"telegram:{turn}")
        assert (store.reads, store.writes) == (turn, turn)


async def test_the_start_takes_the_costs_of_each_turn_out_of_rasa(origin, agent):
    assert (await ask(origin))[0] == 200
    assert isinstance(agent.processor.action_endpoint, KeptEndpoint)
    assert RemoteAction._validate_action_result is answer_holds  # noqa: SLF001
    assert DaskGraphRunner.run is run_in_order


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("/restart", "restart", id="Rasa's shortcut is a word"),
        pytest.param(" \u200b//greet", "greet", id="behind blanks"),
        pytest.param("／greet", "greet", id="a full-width slash"),
        pytest.param("12/3 Bara", "12/3 Bara", id="a slash inside stays"),
        pytest.param("/", "", id="nothing left"),
        pytest.param(" بچی ", "بچی", id="Urdu stays"),
    ],
)
def test_a_typed_slash_never_reaches_rasas_shortcut(text, left):
    assert without_shortcut(text) == left
