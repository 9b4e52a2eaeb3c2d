"""A real Redis, and the channels over it with stand-ins for Rasa, the api and the providers."""

import base64
import contextlib
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from channels.address_book import KNOWN, Known, Person, person_key
from channels.app import create_app
from channels.lanes import Lane
from channels.messages import InboundMessage, Outgoing, Told
from channels.settings import Settings
from channels.stores import Stores, Tables, make_stores
from tests.standins.api import Api
from tests.standins.rasa import Rasa
from tests.standins.redis_server import RedisServer

SECRET = "webhook-secret-of-32-characters-0123456789"
TELEGRAM_SECRET = "telegram-secret-of-32-characters-0123456789"
NUMBER = "+923000000001"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves when told to."""

    at: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def make_settings(**given: Any) -> Settings:
    """Settings as `make up` gives them, with what a test wants different."""
    plain = {
        "home": "/nonexistent",  # a test that wants the journal says where
        "redis_url": "redis://127.0.0.1:1/0",
        "channels_keys": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "api_internal_url": "http://127.0.0.1:1",
        "channels_token": "channels-token",
        "rasa_url": "http://127.0.0.1:1",
        "rasa_token": "rasa-token",
        "webhook_secret": SECRET,
        "telegram_secret": TELEGRAM_SECRET,
    }
    return Settings(**(plain | given))


def message(text: str = "salam", **given: Any) -> InboundMessage:
    """An SMS of a made-up person."""
    plain = {
        "provider": "africastalking",
        "channel": "sms",
        "external_id": uuid.uuid5(uuid.NAMESPACE_OID, text).hex,
        "address": NUMBER,
        "text": text,
    }
    return InboundMessage(**(plain | given))


@pytest.fixture(autouse=True)
def _only_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("AMAAN_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")).running() as server:
        yield server


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server a test may kill."""
    folder = tmp_path / "redis"
    folder.mkdir()
    with RedisServer(folder).running() as server:
        yield server


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The tables the project ships."""
    return Tables.load(make_settings())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(redis_server: RedisServer) -> Settings:
    return make_settings(redis_url=redis_server.url)


@pytest.fixture
async def stores(settings: Settings, tables: Tables, clock: Clock) -> AsyncIterator[Stores]:
    stores = make_stores(settings, tables, clock)
    await stores.redis.flushall()
    yield stores
    await stores.close()


@pytest.fixture
async def client(settings: Settings, stores: Stores) -> AsyncIterator[httpx.AsyncClient]:
    """A provider, or a browser, in front of the channels port."""
    async with in_front_of(settings, stores) as client:
        yield client


@contextlib.asynccontextmanager
async def in_front_of(settings: Settings, stores: Stores) -> AsyncIterator[httpx.AsyncClient]:
    """Speak to the channels port, made with these settings."""
    app = httpx.ASGITransport(create_app(settings, stores))
    async with httpx.AsyncClient(transport=app, base_url="http://channels") as client:
        yield client


@dataclass(frozen=True)
class Front:
    """The channels port with what is behind it, under a clock that we move."""

    client: httpx.AsyncClient
    stores: Stores
    clock: Clock

    async def quarantined(self) -> int:
        return int(await self.stores.redis.xlen("quarantine"))

    async def person(self, conversation: str) -> Person:
        """Who is behind a conversation."""
        known = cast("Known", await self.stores.redis.hmget(person_key(conversation), KNOWN))
        person = self.stores.book.person(conversation, known)
        assert person
        return person

    async def told(self) -> list[Told]:
        """All messages of the inbox, taken in the order a single worker gets them."""
        bodies = await entries(self.stores.inbox_lane, self.clock)
        return [Told.model_validate_json(body) for body in bodies]

    async def outgoing(self) -> list[Outgoing]:
        """All replies of the outbox."""
        lanes = self.stores.outbox.lanes.values()
        bodies = [body for lane in lanes for body in await entries(lane, self.clock)]
        return [Outgoing.model_validate_json(body) for body in bodies]


async def entries(lane: Lane, clock: Clock) -> list[bytes]:
    """Take all that waits in a lane."""
    found = []
    while claim := await lane.claim(clock(), clock() + timedelta(seconds=15)):
        found.append(claim.body)
        await lane.finish(claim, clock())
    return found


@pytest.fixture
def front(client: httpx.AsyncClient, stores: Stores, clock: Clock) -> Front:
    return Front(client, stores, clock)


@pytest.fixture
def api() -> Iterator[Api]:
    with Api().serve() as api:
        yield api


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    with Rasa().serve() as rasa:
        yield rasa
