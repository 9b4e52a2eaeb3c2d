"""Stores made by the migrations, on both databases; calls with a time of their own; staff."""

import importlib.util
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from api.app import create_app
from api.context import Call
from api.database import create_engine, create_sessions
from api.migrate import upgrade
from api.reference import Reference
from api.sealing import Seal, keys_from
from api.settings import Settings
from api.staff import tokens
from api.staff.models import Kind, Role, Staff
from api.staff.service import add

KEY = "a2V5IGZvciB0ZXN0cywgb2YgdGhpcnR5LXR3byBieXQ"
CHANNELS = "channels-token-of-the-tests-and-nothing-else"
ACTIONS = "actions-token-of-the-tests-and-nothing-else"


def load(name):
    """Import a neighbour of this file; there is no package to import it from."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference():
    return Reference.load(Path("nlu_data"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite+direct:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres():
    with load("postgres").cluster() as cluster:
        upgrade(cluster.create("migrated"))
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "amaan.db")
        yield f"sqlite+direct:///{tmp_path / 'amaan.db'}"
        return
    cluster, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    yield cluster.create(name, template="migrated")
    cluster.drop(name)


@pytest.fixture
def settings(store_url, tmp_path):
    return Settings(
        home=tmp_path,
        database_url=store_url,
        channels_token=CHANNELS,
        actions_token=ACTIONS,
        api_keys=KEY,
    )


@pytest.fixture
def seal():
    return Seal(keys_from(KEY))


@pytest.fixture
async def sessions(store_url):
    engine = create_engine(store_url)
    yield create_sessions(engine)
    await engine.dispose()


@pytest.fixture
def begin(sessions, reference, seal):
    """Open a call at a moment, as the server opens one at the present."""

    @asynccontextmanager
    async def begin(now=None, actor="channels"):
        async with sessions.begin() as session:
            yield Call(
                session=session,
                now=now or datetime.now(UTC),
                reference=reference,
                seal=seal,
                actor=actor,
            )

    return begin


@pytest.fixture
async def app(settings, reference):
    """The application without its clock, so that a test's own moves nothing."""
    app = create_app(settings, reference)
    yield app
    await app.state.engine.dispose()


@pytest.fixture
async def http(app):
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://api"
    ) as client:
        yield client


@dataclass
class Caller:
    """Somebody who calls the api over HTTP, with a token."""

    http: httpx.AsyncClient
    token: str
    staff: Staff | None = None

    def headers(self):
        return {"Authorization": f"Bearer {self.token}"}

    async def get(self, path, **params):
        return await self.http.get(path, params=params, headers=self.headers())

    async def post(self, path, told=None):
        return await self.http.post(path, json=told or {}, headers=self.headers())


@pytest.fixture
def channels(http):
    return Caller(http, CHANNELS)


@pytest.fixture
def actions(http):
    return Caller(http, ACTIONS)


@pytest.fixture
def sign_in_as(begin, http):
    """Add an account and sign it in, without the slow password."""

    async def sign_in_as(role, unit=None):
        role = Role(role)
        unit = "commission" if role is Role.COMMISSION else unit
        async with begin() as call:
            staff = await add(call, f"{role}.{unit}.{uuid4().hex[:6]}", role, unit)
            token, _ = await tokens.issue(call.session, staff, Kind.BEARER, call.now)
        return Caller(http, token, staff)

    return sign_in_as


@pytest.fixture
def report():
    """Make the body of a report."""

    def report(key, text, conversation="c1", **more):
        told = {
            "key": f"africastalking:{key}",
            "conversation": conversation,
            "channel": "sms",
            "text": text,
            "received_at": datetime.now(UTC).isoformat(),
            "drill": False,
        }
        return told | more

    return report


@pytest.fixture
def told():
    """Make the body of what the model understood of a report."""

    def told(key, conversation="c1", **more):
        body = {
            "key": f"africastalking:{key}",
            "conversation": conversation,
            "channel": "sms",
            "language": "roman_ur",
            "intent": "report_concern",
            "concerns": [{"code": "child_labour", "p": 0.8}],
            "facts": [],
            "place": "town.khyber.bara.bara",
            "place_words": "Bara bazar",
            "location": None,
            "children": [{"age": 12, "gender": "boy"}],
            "when": None,
            "reporter_is_child": False,
            "safe_contact": None,
            "unanswered": [],
            "complete": False,
        }
        return body | more

    return told


@pytest.fixture
def make_alert(channels, actions, report, told):
    """Keep a report and tell what it says, as the services do; return the answer."""

    async def make_alert(key="1", text="salam", conversation="c1", **more):
        kept = await channels.post("/internal/v1/reports", report(key, text, conversation))
        assert kept.status_code == 200, kept.text
        answer = await actions.post("/internal/v1/alerts", told(key, conversation, **more))
        assert answer.status_code == 200, answer.text
        return answer.json()

    return make_alert
