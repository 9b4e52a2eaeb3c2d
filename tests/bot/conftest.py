"""The one way into Rasa, served over real HTTP."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rasa.core import processor as rasas_processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.channel import TurnChannel
from bot.once import copy_of_slot
from tests.bot.turns import TOKEN, CountingStore, Processor

MAPPING = [{"type": "from_entity", "entity": "made_up"}]
SLOTS = [TextSlot(name, mappings=MAPPING) for name in ("language", "told_key")]


@pytest.fixture
def as_rasa_is(monkeypatch):
    """Puts back after the test what `work_out_once` replaces in Rasa."""
    for rasas, name in (
        (RemoteAction, "_validate_action_result"),
        (RemoteAction, "_action_call_format"),
        (rasas_processor.MessageProcessor, "_check_for_unseen_features"),
        (DialogueStateTracker, "copy"),
        (DaskGraphRunner, "run"),
        (Event, "resolve_by_type"),
        (rasas_processor, "copy"),
        (forms, "copy"),
    ):
        monkeypatch.setattr(rasas, name, vars(rasas)[name])
    monkeypatch.setattr(Slot, "__copy__", copy_of_slot, raising=False)


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
async def origin(processor, agent, unused_tcp_port, monkeypatch, as_rasa_is):  # noqa: ARG001  what is put back
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
