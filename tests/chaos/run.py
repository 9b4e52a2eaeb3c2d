"""One run: start everything, hand texts over while things break, wait for rest, count."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import redis

from scripts.up import is_ready
from tests.chaos.breaking import Breaking
from tests.chaos.counting import Tally, count
from tests.chaos.gathering import gather, queues
from tests.chaos.handing import Handing
from tests.chaos.people import PROVIDERS, chances, draw_people
from tests.chaos.providers import Providers
from tests.chaos.store import Store
from tests.e2e.installation import Installation

RESTS_WITHIN = 900  # seconds after the last text; nothing is broken any more
HANDED_WITHIN = 1800.0  # seconds beyond the plan: a provider gives up after twelve hours
# A provider that fails is asked again sooner than in service, where a run would take hours.
SEND_SCHEDULE = "[1, 2, 4, 8]"
LANES = ("inbox", "outcomes", *(f"outbox:{provider}" for provider in PROVIDERS))


@dataclass(frozen=True)
class Plan:
    """How large a run is, and what it is drawn from."""

    seed: int
    messages: int
    people: int
    seconds: float  # in which the texts are handed over


def run(plan: Plan) -> Tally:
    """Run and count. Raises TimeoutError when something does not start or takes no more texts."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="amaan-chaos-") as folder,
        Providers.serve() as providers,
        Store.running() as store,
    ):
        extra = {
            "AMAAN_DATABASE_URL": store.url,
            "AMAAN_KANNEL_URL": providers.kannel.url,
            "AMAAN_KANNEL_USERNAME": "amaan",
            "AMAAN_KANNEL_PASSWORD": "made-up-password",
            "AMAAN_SEND_SCHEDULE": SEND_SCHEDULE,
        }
        home = Path(folder) / "home"
        installation = Installation(home, providers.africastalking, providers.telegram, extra)
        with installation.running() as amaan:
            tally = asyncio.run(_break(plan, amaan, store, providers))
            tally.breach("words in a log", *(["words"] * len(amaan.leaked())))
    tally.figures["seconds"] = int(time.monotonic() - began)
    return tally


async def _break(plan: Plan, amaan: Installation, store: Store, providers: Providers) -> Tally:
    people = draw_people(chances(plan.seed, "people"), plan.people, plan.messages)
    amaan.told += [text.words for person in people for text in person.texts]
    amaan.told += [person.address.lstrip("+") for person in people]
    given = Handing(amaan.channels, chances(plan.seed, "handing"), providers.many)
    supervisor = int((amaan.home / "run/supervisor.pid").read_text())
    breaking = Breaking(
        chances(plan.seed, "breaking"), supervisor, _ready(amaan), store, providers.faults
    )
    ended = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(breaking.until(ended))
        async with asyncio.timeout(plan.seconds + HANDED_WITHIN):
            await given.hand_over(people, plan.seconds)
        ended.set()
    waiting = await _rest(amaan, store)
    found = await asyncio.to_thread(gather, amaan, store.url, providers)
    tally = count(people, given.heard, found)
    tally.breach("not at rest", *waiting)
    tally.figures += given.figures
    tally.figures += breaking.figures
    return tally


def _ready(amaan: Installation) -> dict[str, str]:
    """Where each process says that it is there."""
    metrics = amaan.setting("worker", "AMAAN_WORKER_METRICS_PORT")
    actions = amaan.setting("actions", "AMAAN_ACTIONS_PORT")
    return {
        "api": f"{amaan.api}/healthz",
        "actions": f"http://127.0.0.1:{actions}/health",
        "rasa": amaan.rasa_ready,
        "worker": f"http://127.0.0.1:{metrics}/metrics",
        "channels": f"{amaan.channels}/healthz",
    }


async def _rest(amaan: Installation, store: Store) -> list[str]:
    """Wait until all that was broken is back and nothing waits; what still does after a long time."""
    for _ in range(RESTS_WITHIN):
        away = [name for name, url in _ready(amaan).items() if not is_ready(url)]
        if not (waiting := away or await _waiting(amaan, store)):
            break
        await asyncio.sleep(1.0)
    return waiting


async def _waiting(amaan: Installation, store: Store) -> list[str]:
    """Where texts wait for their turn, answers for their sending, outcomes for the api."""
    journal = amaan.home / "journal/waiting"
    waiting = ["journal"] if journal.exists() and journal.stat().st_size else []
    try:
        with queues(amaan) as client:
            waiting += [lane for lane in LANES if client.zcard(f"{lane}:waiting")]
    except redis.RedisError:
        return ["redis"]
    try:
        connection = await asyncpg.connect(store.url.replace("+asyncpg", ""), timeout=5)
    except (OSError, asyncpg.PostgresError):
        return ["postgresql"]
    try:
        waits = "SELECT count(*) FROM reports WHERE dealt_with_at IS NULL"
        return waiting + ["api"] * bool(await connection.fetchval(waits))
    finally:
        await connection.close()
