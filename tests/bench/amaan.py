"""A whole installation to be measured: the processes of `make up`, without its supervisor.

One supervisor more or less would change no figure, but its processes could not be told apart.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import redis

from scripts.home import open_home, secrets_of, write_private
from scripts.processes import free_ports, redis_conf, wire
from scripts.up import prepare_stores, readiness, settings_for
from tests.bench.processes import APP, RASA, Processes
from tests.standins.redis_server import binary

SECRET = "made-up-webhook-secret-0123456789-abcdef"
FAST = {"AMAAN_SMS_RATE": "1000"}  # a second: the stand-in takes more than an operator's link
LANES = ("inbox", "outbox:africastalking", "outcomes")


@dataclass
class Amaan:
    """A running installation and how it is reached."""

    home: Path
    processes: Processes
    settings: dict[str, str]
    store: redis.Redis

    @property
    def inbound(self) -> str:
        """Where Africa's Talking hands over an SMS."""
        port = self.settings["AMAAN_CHANNELS_PORT"]
        return f"http://127.0.0.1:{port}/sms/africastalking/{SECRET}/inbound"

    def staff(self, role: str, unit: str | None = None) -> httpx.Client:
        """A client that asks the API as this officer."""
        accounts = json.loads((self.home / "demo-accounts.json").read_text())
        account = next(
            one for one in accounts if one["role"] == role and unit in {None, one["unit"]}
        )
        api = f"{self.settings['AMAAN_API_INTERNAL_URL']}/api/v1"
        signed = {name: account[name] for name in ("username", "password")}
        answer = httpx.post(f"{api}/auth/token", json=signed, timeout=30, trust_env=False)
        bearer = answer.raise_for_status().json()["access_token"]
        headers = {"Authorization": f"Bearer {bearer}"}
        return httpx.Client(base_url=api, headers=headers, timeout=30, trust_env=False)

    def waiting(self) -> int:
        """How many conversations have a message, a reply or an outcome that is not dealt with."""
        return sum(int(self.store.zcard(f"{lane}:waiting")) for lane in LANES)

    def start_worker(self, number: int, port: str) -> None:
        """Start a worker that asks the Rasa on this port."""
        given = settings_for("worker", self.settings) | FAST
        given |= {"AMAAN_RASA_URL": f"http://127.0.0.1:{port}"}
        given.pop("AMAAN_WORKER_METRICS_PORT")
        self.processes.start(f"worker-{number}", [APP, "-m", "channels.worker"], given)


@contextlib.contextmanager
def installation(folder: Path, provider: str, workers: int = 1) -> Iterator[Amaan]:
    """Everything running on the embedded stores, with so many workers, each with a Rasa of its own.

    Without any worker messages are kept and wait.
    """
    home = folder / "home"
    rasas = [str(port) for port in free_ports(workers)]
    settings = prepared(home, provider, rasas)
    ready = readiness(settings)
    with (
        Processes(folder).serving() as processes,
        redis.Redis.from_url(settings["AMAAN_REDIS_URL"]) as store,
    ):
        amaan = Amaan(home, processes, settings, store)
        start(amaan, "redis", [binary(), home / "run/redis.conf"])
        start(amaan, "api", [APP, "-m", "api"])
        start(amaan, "actions", [APP, "-m", "actions"])
        for number, port in enumerate(rasas):
            given = settings_for("rasa", settings) | {"AMAAN_RASA_PORT": port}
            processes.start(f"rasa-{number}", [RASA, "-m", "bot"], given)
        start(amaan, "channels", [APP, "-m", "channels"])
        processes.wait_for("api", ready["api"])
        processes.wait_for("actions", ready["actions"])
        for number, port in enumerate(rasas):
            url = f"http://127.0.0.1:{port}/webhooks/amaan/readyz"
            processes.wait_for(f"rasa-{number}", url)
            amaan.start_worker(number, port)
        channels = ready["channels, worker and redis"]
        processes.wait_for("channels", channels if workers else channels.replace("ready", "health"))
        yield amaan


def prepared(home: Path, provider: str, rasas: list[str]) -> dict[str, str]:
    """All settings, with the stores made."""
    api, channels = map(str, free_ports(2, besides=rasas))
    given = {
        "AMAAN_HOME": str(home),
        "AMAAN_API_PORT": api,
        "AMAAN_CHANNELS_PORT": channels,
        "AMAAN_WEBHOOK_SECRET": SECRET,
        "AMAAN_AFRICASTALKING_USERNAME": "sandbox",
        "AMAAN_AFRICASTALKING_API_KEY": "made-up-key",
        "AMAAN_AFRICASTALKING_API_URL": provider,
    }
    open_home(given)
    settings = wire(home, given | secrets_of(home, given))
    write_private(home / "run/redis.conf", redis_conf(home, settings))
    prepare_stores(settings)
    return settings


def start(amaan: Amaan, name: str, command: list[str | Path]) -> None:
    """Start one process with the settings it is given by `make up`."""
    amaan.processes.start(name, command, settings_for(name, amaan.settings))
