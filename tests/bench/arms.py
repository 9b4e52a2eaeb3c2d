"""The arms of (b): stock Rasa, our turn, and our whole way, each started and asked in its own manner.

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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import httpx

from scripts.processes import free_ports
from tests.bench.amaan import installation
from tests.bench.dialogues import DIALOGUES
from tests.bench.processes import APP, RASA, Processes
from tests.bench.stock.model import STOCK
from tests.standins.africastalking import AfricasTalking
from tests.standins.redis_server import binary

PATIENCE = 30.0  # seconds for a reply
LOOK_EVERY = 0.01  # seconds
TOKEN = "made-up-token-of-rasa-0123456789"
DURABLE = ("--appendonly", "yes", "--appendfsync", "always", "--save", "")


class Silent(Exception):
    """One of the texts got no reply."""


Told = tuple[str, str]  # conversation, text
Ask = Callable[[httpx.Client, Sequence[Told]], None]


@dataclass
class Played:
    """What the turns of each round came to."""

    seconds: list[float] = field(default_factory=list)  # until all who wrote at once have a reply
    walls: list[float] = field(default_factory=list)  # the same, a round's mean
    processor: list[dict[str, float]] = field(default_factory=list)  # seconds a turn, by process


@dataclass
class Arm:
    """One installation: how texts are asked, and what its turns have cost so far."""

    processes: Processes
    ask: Ask  # all at once; raises Silent unless every text is answered
    numbers: Iterator[int] = field(default_factory=itertools.count)
    alone: Played = field(default_factory=Played)  # one reporter at a time
    together: Played = field(default_factory=Played)  # several, who write at the same moment

    def play(self, dialogues: int, people: int) -> None:
        """Play one round of each kind."""
        self._play(dialogues, 1, self.alone)
        self._play(dialogues, people, self.together)

    def _play(self, dialogues: int, people: int, played: Played) -> None:
        before, first = self.processes.processor_seconds(), len(played.seconds)
        with httpx.Client(timeout=30, trust_env=False) as http:
            for number in range(dialogues):
                who = [f"+92301{next(self.numbers):07d}" for _ in range(people)]
                said = [DIALOGUES[(number + place) % len(DIALOGUES)] for place in range(people)]
                for texts in zip(*said, strict=True):
                    began = time.perf_counter()
                    self.ask(http, [*zip(who, texts, strict=True)])
                    played.seconds.append(time.perf_counter() - began)
        played.walls.append(mean(played.seconds[first:]))
        turns = (len(played.seconds) - first) * people
        after = self.processes.processor_seconds()
        played.processor.append({name: (after[name] - before[name]) / turns for name in before})


def each(say: Callable[[httpx.Client, str, str], int]) -> Ask:
    """Ask texts at once where a request brings how many replies there are."""

    def ask(http: httpx.Client, told: Sequence[Told]) -> None:
        with ThreadPoolExecutor(len(told)) as at_once:
            if not all(at_once.map(lambda one: say(http, *one), told)):
                raise Silent

    return ask


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

        def say(http: httpx.Client, conversation: str, text: str) -> int:
            asked = {"sender": conversation, "message": text}
            answer = http.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=asked)
            return len(answer.raise_for_status().json())

        yield Arm(processes, each(say))


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

        def say(http: httpx.Client, conversation: str, text: str) -> int:
            asked = {"conversation": conversation, "key": uuid.uuid4().hex, "text": text}
            answer = http.post(
                f"http://127.0.0.1:{port}/webhooks/amaan/turn",
                json=asked | {"channel": "sms", "language": None},
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
            return len(answer.raise_for_status().json()["replies"])

        yield Arm(processes, each(say))


@contextlib.contextmanager
def whole(folder: Path) -> Iterator[Arm]:
    """Everything of ours, from the webhook to the provider; what it costs is that of all processes."""
    folder.mkdir()
    with AfricasTalking().serve() as provider, installation(folder, provider.url) as amaan:

        def ask(http: httpx.Client, told: Sequence[Told]) -> None:
            first, until = len(provider.sent), time.monotonic() + PATIENCE
            for number, text in told:
                form = {"from": number, "to": "8585", "text": text, "id": uuid.uuid4().hex}
                http.post(amaan.inbound, data=form).raise_for_status()
            unanswered = {number for number, _ in told}
            while unanswered or amaan.waiting():
                if time.monotonic() > until:
                    raise Silent
                time.sleep(LOOK_EVERY)
                unanswered -= {one["to"] for one in provider.sent[first:]}

        yield Arm(amaan.processes, ask)


def start_redis(processes: Processes, folder: Path, port: int) -> None:
    """A Redis that is on the disk before it answers, as ours has to be; stock's gets the same."""
    kept = folder / f"redis-{port}"
    kept.mkdir()
    command = [binary(), "--port", str(port), "--bind", "127.0.0.1", "--dir", kept, *DURABLE]
    processes.start("redis", command, {})
