"""The one way into Rasa, over real HTTP, with a processor that stands in for the trained model."""

from __future__ import annotations

import asyncio
import json
import logging
from types import SimpleNamespace

import aiohttp
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.action_endpoint import KeptEndpoint
from bot.channel import TurnChannel, without_shortcut
from bot.once import answer_holds, run_in_order

REPLACED = [
    (RemoteAction, "_validate_action_result"),
    (DaskGraphRunner, "run"),
    (Event, "resolve_by_type"),
]
TOKEN = "made-up-token"
SLOTS = [TextSlot("language", mappings=[{"type": "from_entity", "entity": "language"}])]
TURN = {
    "conversation": "c1",
    "key": "telegram:1",
    "text": "made-up words",
    "channel": "sms",
    "language": "roman_ur",
    "location": None,
    "joined": False,
    "kept_only": False,
}


class Processor:
    """Keeps a turn as Rasa's does, and answers each text with one receipt; "stop" with nothing.

    "heard" sets the question to ask, as our action does; "away" is answered as without the api.
    """

    action_endpoint = None

    def __init__(self, store):
        self.tracker_store = store
        self.handled = []
        self.running = []
        self.overlaps = []

    async def handle_message(self, message):
        self.overlaps += self.running
        self.running.append(message)
        await asyncio.sleep(0.01)
        self.handled.append(message)
        if message.text == "break":
            raise RuntimeError(message.text)
        tracker = await self.tracker_store.get_or_create_tracker(
            message.sender_id, append_action_listen=False
        )
        parsed = message.parse_data or {"intent": {"name": "greet"}, "entities": []}
        tracker.update(
            UserUttered(
                message.text,
                parsed["intent"],
                parsed["entities"],
                message_id=message.message_id,
                metadata=message.metadata,
            )
        )
        tracker.update(SlotSet("language", "ur"))
        if message.text == "heard":
            tracker.update(SlotSet("requested_slot", "nothing"))
        elif message.text != "stop":
            response = "utter_not_read" if message.text == "away" else "utter_receipt"
            metadata = {"utter_action": response, "metadata": {"kind": "receipt"}}
            buttons = [{"title": "Skip", "payload": "0"}]
            name = message.output_channel.name()
            tracker.update(BotUttered(f"thanks by {name}", {"buttons": buttons}, metadata))
        await self.tracker_store.save(tracker)
        self.running.remove(message)


class CountingStore(InMemoryTrackerStore):
    """A store that counts how often it is asked."""

    reads = writes = 0

    async def retrieve(self, sender_id):
        self.reads += 1
        return await super().retrieve(sender_id)

    async def save(self, tracker):
        self.writes += 1
        await super().save(tracker)


class BrokenStore(InMemoryTrackerStore):
    """A store whose server is away."""

    async def retrieve(self, sender_id):
        raise ConnectionError(sender_id)


@pytest.fixture
def processor():
    return Processor(FailSafeTrackerStore(CountingStore(Domain.empty())))


@pytest.fixture
def agent(processor):
    return SimpleNamespace(
        tracker_store=processor.tracker_store,
        lock_store=InMemoryLockStore(),
        processor=processor,
        action_endpoint=EndpointConfig("http://127.0.0.1:1/webhook"),
        is_ready=lambda: True,
    )


@pytest.fixture
async def origin(processor, agent, unused_tcp_port, monkeypatch):
    for rasas, name in REPLACED:  # what the start replaces is put back after the test
        monkeypatch.setattr(rasas, name, vars(rasas)[name])
    monkeypatch.setattr(Sanic, "test_mode", True)  # Sanic keeps each app of a process by its name
    processor.tracker_store.domain.slots.extend(SLOTS)
    app = Sanic("turns", configure_logging=False)
    app.ctx.agent = agent
    channel = TurnChannel.from_credentials({"token": TOKEN})
    app.blueprint(channel.blueprint(processor.handle_message), url_prefix="/webhooks/amaan")
    server = await app.create_server("127.0.0.1", unused_tcp_port, return_asyncio_server=True)
    await server.startup()
    await server.start_serving()
    await server.after_start()
    yield f"http://127.0.0.1:{unused_tcp_port}/webhooks/amaan"
    await server.before_stop()
    server.close()


async def ask(origin, body=None, token=TOKEN, **changes):
    """The status and JSON of one turn."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.post(f"{origin}/turn", data=body or json.dumps(TURN | changes)) as answer,
    ):
        return answer.status, await answer.json()


async def test_a_turn_answers_its_replies_and_the_language(origin):
    reply = {
        "response": "utter_receipt",
        "kind": "receipt",
        "text": "thanks by sms",
        "buttons": [{"title": "Skip", "payload": "0"}],
    }
    assert await ask(origin) == (200, {"replies": [reply], "language": "ur"})


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


@pytest.mark.parametrize("token", ["", "guess", TOKEN + "x"])
async def test_a_wrong_token_is_refused(origin, processor, token):
    assert (await ask(origin, token=token))[0] == 401
    assert processor.handled == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("made-up words", id="no JSON"),
        pytest.param('"made-up words"', id="no object"),
        pytest.param(json.dumps({"text": "made-up words"}), id="no conversation"),
        pytest.param(json.dumps(TURN | {"channel": "fax"}), id="an unknown channel"),
        pytest.param(json.dumps(TURN | {"location": {"lat": "north"}}), id="no position"),
    ],
)
async def test_what_is_no_turn_is_refused_without_quoting_it(origin, body, caplog):
    assert await ask(origin, body) == (400, {"error": "turn_malformed"})
    assert "made-up words" not in caplog.text


async def test_what_breaks_inside_is_a_500_that_quotes_nobody(origin, caplog):
    assert await ask(origin, text="break") == (500, {"error": "turn_failed"})
    assert "break" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_store_that_is_away_fails_the_turn(origin, processor):
    processor.tracker_store._tracker_store = BrokenStore(Domain.empty())  # noqa: SLF001  as if it went away
    assert await ask(origin) == (500, {"error": "turn_failed"})
    assert processor.handled == [], "a conversation that cannot be read must not begin anew"


async def test_it_is_ready_with_a_model(origin):
    async with aiohttp.ClientSession() as http, http.get(f"{origin}/readyz") as answer:
        assert answer.status == 200


async def test_without_a_token_it_does_not_start():
    with pytest.raises(ValueError, match="AMAAN_RASA_TOKEN"):
        TurnChannel.from_credentials({"token": ""})


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


@pytest.fixture(autouse=True)
def _log_everything(caplog):
    caplog.set_level(logging.DEBUG)
