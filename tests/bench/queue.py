"""Part f: how long staff wait for their queue when PostgreSQL holds a million alerts.

The api runs as a process of its own and is asked over HTTP, one request after another. A row is the
95th percentile of the role that waits longest: an officer, a supervisor or the commission.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.alerts.access import ORDER, visible_to
from api.alerts.queue import cursor_at
from api.context import Call
from api.database import create_engine, create_sessions
from api.migrate import upgrade
from api.places.units import COMMISSION
from api.reference import Reference
from api.sealing import Seal, keys_from
from api.staff import tokens
from api.staff.models import Kind, Role, Staff
from api.staff.service import add
from language.places import Gazetteer
from scripts.processes import free_ports
from tests.api.postgres import cluster
from tests.bench.million import LARGEST, Made, fill
from tests.bench.table import Row, at_most, percentile
from tests.bench.world import World

KEY = "a2V5IGZvciB0ZXN0cywgb2YgdGhpcnR5LXR3byBieXQ"
NLU_DATA = Path("nlu_data")
ROUNDS = 30  # requests of each kind by each role
LIMIT = at_most(100)  # ms, for pages of 50 as the console asks for them
LARGEST_PAGE = "list, 200 a page"
STARTS_WITHIN = 60.0  # seconds
DESKS = {Role.OFFICER: LARGEST, Role.SUPERVISOR: LARGEST, Role.COMMISSION: COMMISSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """One member of staff: tokens for the API and for the console, and a cursor deep in the list."""

    unit: str
    bearer: str = field(repr=False)
    session: str = field(repr=False)
    deep: str


def measure(world: World, rounds: int = ROUNDS) -> tuple[Row, ...]:
    """Fill a PostgreSQL of our own, ask the api again and again, and return a row for each question."""
    with cluster(durable=True) as server:
        url = server.create("bench")
        upgrade(url)
        began = time.monotonic()
        askers = asyncio.run(prepare(url, world.sizes.alerts))
        took = time.monotonic() - began
        with api(url, world.folder) as client:
            waits = ask_all(client, askers, rounds)
    filled = Row(f"{world.sizes.alerts:,} alerts written into PostgreSQL", took, "s")
    return filled, *(
        Row(
            f"{what}, p95",
            max(percentile(each, 95) for each in by_role.values()),
            "ms",
            None if what == LARGEST_PAGE else LIMIT,
        )
        for what, by_role in waits.items()
    )


def questions(asker: Asker, now: datetime) -> dict[str, tuple[str, dict[str, str | list[str]]]]:
    """What a person asks: the console's page, or the list of the API with each filter."""
    lately, long_ago = ((now - timedelta(days=days)).isoformat() for days in (1, 900))
    listed = "/api/v1/alerts"
    return {
        "queue page": ("/", {}),
        "queue page, closed alerts": ("/", {"status": "closed"}),
        "queue page, of one risk": ("/", {"risk": "low"}),
        "queue page, deep": ("/", {"status": "closed", "cursor": asker.deep}),
        "list": (listed, {}),
        "list, unit": (listed, {"unit": asker.unit}),
        "list, status": (listed, {"status": "in_progress"}),
        "list, risk": (listed, {"risk": "low"}),
        "list, two statuses and two risks": (
            listed,
            {"status": ["new", "closed"], "risk": ["immediate", "low"]},
        ),
        "list, since yesterday": (listed, {"since": lately}),
        "list, since 900 days ago": (listed, {"since": long_ago}),
        "list, closed and low since yesterday": (
            listed,
            {"status": "closed", "risk": "low", "since": lately},
        ),
        "list, deep": (listed, {"cursor": asker.deep}),
        LARGEST_PAGE: (listed, {"limit": "200"}),
        "stats": ("/api/v1/stats", {}),
    }


def ask_all(
    client: httpx.Client, askers: dict[Role, Asker], rounds: int
) -> dict[str, dict[Role, list[float]]]:
    """Ask everything in turn, several rounds; return the waits in ms, by question and role."""
    now = datetime.now(UTC)
    waits: dict[str, dict[Role, list[float]]] = {}
    for asked_before in range(rounds + 1):
        for role, asker in askers.items():
            client.headers["Authorization"] = f"Bearer {asker.bearer}"
            client.headers["Cookie"] = f"amaan_session={asker.session}"
            for what, (path, narrowed) in questions(asker, now).items():
                began = time.perf_counter()
                answer = client.get(path, params=narrowed)
                took = (time.perf_counter() - began) * 1000
                assert answer.status_code == 200, f"{what}: {answer.status_code}"
                assert has_alerts(answer), f"{what}: nothing was found"
                if asked_before:  # the first round only fills what is kept in memory
                    waits.setdefault(what, {}).setdefault(role, []).append(took)
    return waits


def has_alerts(answer: httpx.Response) -> bool:
    """Whether an answer shows any alert, or counts."""
    if answer.headers["content-type"].startswith("application/json"):
        return bool(answer.json()["items"])
    return 'href="/alerts/' in answer.text


async def prepare(url: str, alerts: int) -> dict[Role, Asker]:
    """Add the accounts and the alerts; return who asks."""
    reference, seal = Reference.load(NLU_DATA), Seal(keys_from(KEY))
    engine = create_engine(url)
    sessions = create_sessions(engine)
    now = datetime.now(UTC)
    async with sessions.begin() as session:
        call = Call(session=session, now=now, reference=reference, seal=seal, actor="command")
        staff = {role: await add(call, f"bench.{role}", role, desk) for role, desk in DESKS.items()}
    made = Made(
        alerts=alerts,
        units=[*(unit.code for unit in reference.units), COMMISSION],
        places=[named.place.id for named in Gazetteer.read(NLU_DATA / "places.csv")],
        sealed=seal.seal(b"[]"),
        officer=staff[Role.OFFICER].id,
        now=now,
    )
    await fill(engine, made)
    async with sessions.begin() as session:
        await session.execute(text("SET LOCAL statement_timeout = 0"))
        askers = {
            role: Asker(
                unit=DESKS[role],
                bearer=(await tokens.issue(session, one, Kind.BEARER, now))[0],
                session=(await tokens.issue(session, one, Kind.SESSION, now))[0],
                deep=await middle(session, one, now),
            )
            for role, one in staff.items()
        }
    await engine.dispose()
    return askers


async def middle(session: AsyncSession, staff: Staff, now: datetime) -> str:
    """Return the cursor of the page that begins in the middle of all this person may see."""
    seen = visible_to(staff, now)
    number = await session.scalar(select(func.count()).select_from(seen.subquery()))
    half = seen.order_by(*ORDER).offset((number or 0) // 2).limit(1)
    return cursor_at((await session.scalars(half)).one())


@contextlib.contextmanager
def api(url: str, folder: Path) -> Iterator[httpx.Client]:
    """Run the api over a database until the block ends; yields a client of it."""
    [port] = free_ports(1)
    environment = {name: value for name, value in os.environ.items() if "AMAAN" not in name}
    environment |= {
        "AMAAN_HOME": str(folder),
        "AMAAN_API_PORT": str(port),
        "AMAAN_DATABASE_URL": url,
        "AMAAN_CHANNELS_TOKEN": "made-up-channels-token",
        "AMAAN_ACTIONS_TOKEN": "made-up-actions-token",
        "AMAAN_API_KEYS": KEY,
    }
    with (folder / "api.out").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "api"], env=environment, stdout=output, stderr=output
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            until = time.monotonic() + STARTS_WITHIN
            while not is_ready(client):
                assert process.poll() is None, "the api ended by itself"
                assert time.monotonic() < until, "the api did not start"
                time.sleep(0.1)
            yield client
    finally:
        process.terminate()
        process.wait()


def is_ready(client: httpx.Client) -> bool:
    """Whether the api answers that it can work."""
    with contextlib.suppress(httpx.TransportError):
        return client.get("/readyz").status_code == 200
    return False
