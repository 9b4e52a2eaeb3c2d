"""(b) One turn, over the same dialogues: ours and stock Rasa's, and the whole way of ours.

An arm of the turn is what its documentation starts: Rasa, its action server, a Redis of its own;
text in, replies out. The api is a stand-in there, because stock Rasa has none. The whole way begins
at the webhook and ends at the provider, with everything real in between.
"""

import base64
import contextlib
import itertools
import secrets
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

import httpx

from scripts.processes import free_ports
from scripts.train import model_path
from tests.bench.alerts_standin import Alerts
from tests.bench.amaan import installation
from tests.bench.dialogues import DIALOGUES
from tests.bench.processes import APP, RASA, ROOT, Processes
from tests.bench.stock.model import STOCK, make_model
from tests.bench.table import Row, at_least, percentile
from tests.bench.world import World
from tests.standins.africastalking import AfricasTalking
from tests.standins.redis_server import binary

PATIENCE = 30.0  # seconds for a reply
LOOK_EVERY = 0.01  # seconds
TOKEN = "made-up-token-of-rasa-0123456789"
DURABLE = ("--appendonly", "yes", "--appendfsync", "always", "--save", "")


class Silent(Exception):
    """A text got no reply."""


@dataclass
class Arm:
    """One installation: how a text is asked, and what its turns have cost so far."""

    processes: Processes
    ask: Callable[[httpx.Client, str, str], int]  # conversation, text; how many replies there are
    people: Iterator[int] = field(default_factory=itertools.count)
    seconds: list[float] = field(default_factory=list)  # of each turn
    walls: list[float] = field(default_factory=list)  # of a turn, a round's mean
    processor: list[dict[str, float]] = field(default_factory=list)  # the same, by process

    def play(self, dialogues: int) -> None:
        """Play one round; every text must be answered."""
        before, first = self.processes.processor_seconds(), len(self.seconds)
        with httpx.Client(timeout=30, trust_env=False) as http:
            for number in range(dialogues):
                conversation = f"+92301{next(self.people):07d}"
                for text in DIALOGUES[number % len(DIALOGUES)]:
                    began = time.perf_counter()
                    if not self.ask(http, conversation, text):
                        raise Silent(text)
                    self.seconds.append(time.perf_counter() - began)
        self.walls.append(mean(self.seconds[first:]))
        turns = len(self.seconds) - first
        after = self.processes.processor_seconds()
        self.processor.append({name: (after[name] - before[name]) / turns for name in before})


@contextlib.contextmanager
def stock(folder: Path, model: Path) -> Iterator[Arm]:
    """Stock Rasa with its own channel, stores and action server."""
    redis, actions, port = free_ports(3)
    given = {
        "STOCK_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        "STOCK_REDIS_PORT": str(redis),
        "AMAAN_PLACES": str(folder),
    }
    command = [RASA, "-m", "rasa", "run", "--model", model, "--interface", "127.0.0.1"]
    command += ["--endpoints", STOCK / "endpoints.yml", "--credentials", STOCK / "credentials.yml"]
    server = [RASA, "-m", "rasa_sdk", "--actions", "tests.bench.stock.actions"]
    with Processes(folder).serving() as processes:
        start_redis(processes, folder, redis)
        processes.start("stock-actions", [*server, "--port", str(actions)], {})
        processes.start("stock-rasa", [*command, "--port", str(port)], given)
        processes.wait_for("stock-actions", f"http://127.0.0.1:{actions}/health")
        processes.wait_for("stock-rasa", f"http://127.0.0.1:{port}/webhooks/rest/")

        def ask(http: httpx.Client, conversation: str, text: str) -> int:
            asked = {"sender": conversation, "message": text}
            answer = http.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=asked)
            return len(answer.raise_for_status().json())

        yield Arm(processes, ask)


@contextlib.contextmanager
def ours(folder: Path, api: str) -> Iterator[Arm]:
    """Our Rasa and our actions, as `make up` starts them."""
    redis, actions, port = free_ports(3)
    given = {
        "AMAAN_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        "AMAAN_REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "AMAAN_TRACKER_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AMAAN_RASA_TOKEN": TOKEN,
        "AMAAN_RASA_PORT": str(port),
        "AMAAN_ACTIONS_PORT": str(actions),
        "AMAAN_ACTIONS_TOKEN": TOKEN,
        "AMAAN_API_INTERNAL_URL": api,
        "AMAAN_PLACES": str(folder),
    }
    with Processes(folder).serving() as processes:
        start_redis(processes, folder, redis)
        processes.start("actions", [APP, "-m", "actions"], given)
        processes.start("rasa", [RASA, "-m", "bot"], given)
        processes.wait_for("actions", f"http://127.0.0.1:{actions}/health")
        processes.wait_for("rasa", f"http://127.0.0.1:{port}/webhooks/amaan/readyz")

        def ask(http: httpx.Client, conversation: str, text: str) -> int:
            asked = {"conversation": conversation, "key": uuid.uuid4().hex, "text": text}
            answer = http.post(
                f"http://127.0.0.1:{port}/webhooks/amaan/turn",
                json=asked | {"channel": "sms", "language": None},
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
            return len(answer.raise_for_status().json()["replies"])

        yield Arm(processes, ask)


@contextlib.contextmanager
def whole(folder: Path) -> Iterator[Arm]:
    """Everything of ours, from the webhook to the provider; what it costs is that of all processes."""
    folder.mkdir()
    with AfricasTalking().serve() as provider, installation(folder, provider.url) as amaan:

        def ask(http: httpx.Client, conversation: str, text: str) -> int:
            before = len(provider.sent)
            form = {"from": conversation, "to": "8585", "text": text, "id": uuid.uuid4().hex}
            http.post(amaan.inbound, data=form).raise_for_status()
            until = time.monotonic() + PATIENCE
            while len(provider.sent) == before or amaan.waiting():
                if time.monotonic() > until:
                    return 0
                time.sleep(LOOK_EVERY)
            return len(provider.sent) - before

        yield Arm(amaan.processes, ask)


def start_redis(processes: Processes, folder: Path, port: int) -> None:
    """A Redis that is on the disk before it answers, as ours has to be; stock's gets the same."""
    kept = folder / f"redis-{port}"
    kept.mkdir()
    command = [binary(), "--port", str(port), "--bind", "127.0.0.1", "--dir", kept, *DURABLE]
    processes.start("redis", command, {})


def measure(world: World) -> tuple[Row, ...]:
    """All arms, one round each in turn; the first round of each warms up and does not count."""
    folder, sizes = world.folder, world.sizes
    model = make_model(model_path(ROOT), folder)
    with (
        Alerts().serve() as alerts,
        stock(folder, model) as theirs,
        ours(folder, alerts.url) as own,
        whole(folder / "whole") as way,
    ):
        arms = (theirs, own, way)
        for arm in arms:
            arm.play(1)
            arm.seconds, arm.walls, arm.processor = [], [], []
        for _ in range(sizes.rounds):
            for arm in arms:
                arm.play(sizes.dialogues)
    return rows(theirs, own, way)


def rows(theirs: Arm, own: Arm, way: Arm) -> tuple[Row, ...]:
    """The arms side by side; ratios are of the rounds that were played next to each other."""
    return (
        *of_arm("turn, stock", theirs),
        *of_arm("turn, ours", own),
        *of_arm("whole way, ours", way),
        Row("turn: throughput per core to stock's", per_core(theirs, own), "times", at_least(5, 3)),
        Row("turn: stock's wall to ours", walls(theirs, own), "times"),
        Row(
            "whole way: throughput per core to stock's turn",
            per_core(theirs, way),
            "times",
            at_least(2.5, 1.5),
        ),
        Row("whole way: stock's wall to ours", walls(theirs, way), "times"),
    )


def per_core(theirs: Arm, own: Arm) -> float:
    """How many times as many turns a core does."""
    pairs = zip(theirs.processor, own.processor, strict=True)
    return median(sum(stock.values()) / sum(ours.values()) for stock, ours in pairs)


def walls(theirs: Arm, own: Arm) -> float:
    """How many times as long theirs takes."""
    return median(stock / ours for stock, ours in zip(theirs.walls, own.walls, strict=True))


def of_arm(name: str, arm: Arm) -> Iterator[Row]:
    """What a turn of one arm takes."""
    yield Row(f"{name}: median round", ms(median(arm.walls)), "ms")
    yield Row(f"{name}: p95 of all", ms(percentile(arm.seconds, 95)), "ms")
    whole = median(sum(one.values()) for one in arm.processor)
    yield Row(f"{name}: processor time", ms(whole), "ms")
    for process in arm.processor[0]:
        part = median(one[process] for one in arm.processor)
        yield Row(f"{name}: of that, {process}", ms(part), "ms")


def ms(seconds: float) -> float:
    """Milliseconds."""
    return seconds * 1000
