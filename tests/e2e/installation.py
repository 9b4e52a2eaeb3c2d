"""A whole installation, as `make up` starts it, seen from outside: phones, officers, processes."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
import redis

from tests.standins.africastalking import AfricasTalking
from tests.standins.server import free_port, plain
from tests.standins.telegram import Telegram

ROOT = Path(__file__).parents[2]
SECRET = "made-up-webhook-secret-0123456789-abcdef"
TELEGRAM_SECRET = "made-up-telegram-secret-0123456789-ghijkl"
TELEGRAM_TOKEN = "4242:made-up-telegram-token"
STARTS_WITHIN = 240.0  # seconds
ANSWERS_WITHIN = 40.0  # seconds; a turn that fails takes two tries
LONG_ENOUGH = 6  # letters: shorter answers, such as "2", stand in any log
# A text leaves the inbox in the step that puts its replies into an outbox: looked at in this order,
# all of them empty means that nothing is to come.
LANES = ("inbox", "outbox:africastalking", "outbox:telegram")
CASE_CODE = re.compile(r"\d{3} \d{3} \d{3}")


def our_ports() -> dict[str, str]:
    """The two ports of an installation that others speak to."""
    return {"AMAAN_API_PORT": str(free_port()), "AMAAN_CHANNELS_PORT": str(free_port())}


def wait_for[T](what: str, look: Callable[[], T | None], within: float = ANSWERS_WITHIN) -> T:
    """Look again and again until something is there."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"Waited in vain for {what}.")


def new_number() -> str:
    """A made-up Pakistani number, never given twice."""
    return f"+92300{uuid.uuid4().int % 10**7:07d}"


@dataclass
class Installation:
    """Everything running, with stand-ins where the providers would be."""

    home: Path
    africastalking: AfricasTalking
    telegram: Telegram
    extra: dict[str, str] = field(default_factory=dict)
    api: str = ""
    channels: str = ""
    told: list[str] = field(default_factory=list)  # every text and number that must not be logged
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)  # by unit and role

    @contextlib.contextmanager
    def running(self) -> Iterator[Self]:
        """Start it, wait until it is ready, and stop it with the signal of a Ctrl-C."""
        ports = our_ports()
        self.api, self.channels = (f"http://127.0.0.1:{port}" for port in ports.values())
        environment = {name: value for name, value in os.environ.items() if "AMAAN" not in name}
        environment |= ports
        environment |= {
            "AMAAN_HOME": str(self.home),
            "AMAAN_WEBHOOK_SECRET": SECRET,
            "AMAAN_AFRICASTALKING_USERNAME": "sandbox",
            "AMAAN_AFRICASTALKING_API_KEY": "made-up-key",
            "AMAAN_AFRICASTALKING_API_URL": self.africastalking.url,
            "AMAAN_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "AMAAN_TELEGRAM_SECRET": TELEGRAM_SECRET,
            "AMAAN_TELEGRAM_API_URL": self.telegram.url,
        }
        output = self.home.with_suffix(".out")
        with output.open("w") as written:
            up = subprocess.Popen(
                [sys.executable, "-m", "scripts.up"],
                cwd=ROOT,
                env=environment | self.extra,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for(
                "everything to be ready",
                lambda: "Ctrl-C" in output.read_text() or up.poll() is not None,
                STARTS_WITHIN,
            )
            assert up.poll() is None, output.read_text()
            yield self
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(60)

    # Phones

    def sms(self, text: str, number: str, message_id: str | None = None, **form: str) -> str:
        """An SMS by way of Africa's Talking; the id it came with."""
        message_id = message_id or str(uuid.uuid4())
        self.told += [text, number, number.lstrip("+")]
        given = {"from": number, "to": "8585", "text": text, "id": message_id, "linkId": "made-up"}
        given |= {"date": "2026-11-22T06:04:45Z"} | form
        answer = httpx.post(
            f"{self.channels}/sms/africastalking/{SECRET}/inbound", data=given, verify=plain()
        )
        assert answer.status_code == 200, answer.status_code
        return message_id

    def bot(self, chat: int, **message: Any) -> None:
        """A Telegram update with a message, such as text=... or location=..."""
        update = {
            "update_id": uuid.uuid4().int % 10**9,
            "message": {
                "message_id": uuid.uuid4().int % 10**6,
                "date": 1763791485,
                "chat": {"id": chat, "type": "private", "first_name": "Madeup"},
                "from": {"id": chat, "is_bot": False, "first_name": "Madeup"},
                **message,
            },
        }
        self.told += [str(chat), *([message["text"]] if "text" in message else [])]
        answer = httpx.post(
            f"{self.channels}/telegram/webhook",
            json=update,
            headers={"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET},
            verify=plain(),
        )
        assert answer.status_code == 200, answer.status_code

    def received(self, who: str | int) -> list[str]:
        """The texts this phone or chat was sent, oldest first."""
        if isinstance(who, int):
            return [one["text"] for one in self.telegram.sent if one["chat_id"] == str(who)]
        return [one["message"] for one in self.africastalking.sent if one["to"] == who]

    def replies(self, who: str | int, after: int = 0) -> list[str]:
        """Wait for a reply beyond the first `after`, then until no more can come; the new ones."""
        wait_for("a reply", lambda: len(self.received(who)) > after)
        wait_for("the rest of the turn", self.is_at_rest)
        return self.received(who)[after:]

    def is_at_rest(self) -> bool:
        """Whether no text waits for its turn to end, and no reply for its sending."""
        with redis.Redis.from_url(self.setting("channels", "AMAAN_REDIS_URL")) as queues:
            return not any(queues.zcard(f"{lane}:waiting") for lane in LANES)

    # Staff

    def staff(self, unit: str, role: str = "officer") -> httpx.Client:
        """A client that speaks to the API as an officer of this unit (or the commission)."""
        role = "commission" if unit == "commission" else role
        if (unit, role) not in self._tokens:
            # Once: a password costs more time than all else that is asked.
            self._tokens[unit, role] = self._sign_in(unit, role)
        headers = {"Authorization": f"Bearer {self._tokens[unit, role]}"}
        return httpx.Client(base_url=f"{self.api}/api/v1", headers=headers, verify=plain())

    def _sign_in(self, unit: str, role: str) -> str:
        """A bearer token of a demo account; there is one commission, whatever its unit is called."""
        accounts = json.loads((self.home / "demo-accounts.json").read_text())
        account = next(
            one
            for one in accounts
            if one["role"] == role and (role == "commission" or one["unit"] == unit)
        )
        given = {name: account[name] for name in ("username", "password")}
        answer = httpx.post(f"{self.api}/api/v1/auth/token", json=given, verify=plain())
        assert answer.status_code == 200, answer.status_code
        return str(answer.json()["access_token"])

    def queue(self, unit: str) -> list[dict[str, Any]]:
        """The alerts an officer of this unit sees, each whole, newest first."""
        with self.staff(unit) as client:
            items = client.get("/alerts").json()["items"]
            whole = [client.get(f"/alerts/{item['id']}").json() for item in items]
        return sorted(whole, key=lambda alert: alert["created_at"], reverse=True)

    def alerts_with(self, unit: str, text: str) -> list[dict[str, Any]]:
        """The unit's alerts that hold this report, as told."""
        return [
            alert
            for alert in self.queue(unit)
            if any(report["text"] == text for report in alert["reports"])
        ]

    def alert(self, unit: str, text: str) -> dict[str, Any]:
        """Wait for the one alert of this unit that holds this report."""
        found = wait_for(f"an alert in {unit}", lambda: self.alerts_with(unit, text))
        assert len(found) == 1
        return found[0]

    # Processes

    def control(self, *words: str) -> str:
        """Speak to the supervisor, such as stop rasa."""
        conf = str(self.home / "run/supervisord.conf")
        command = [sys.executable, "-W", "ignore", "-m", "supervisor.supervisorctl", "-c", conf]
        return subprocess.run(
            [*command, *words], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout

    @contextlib.contextmanager
    def without(self, process: str, ready: str) -> Iterator[None]:
        """Stop a process for the length of the block; `ready` is asked before it counts as back."""
        self.control("stop", process)
        try:
            yield
        finally:
            self.control("start", process)
            wait_for(f"{process} to be back", lambda: answers(ready), STARTS_WITHIN)

    def setting(self, process: str, name: str) -> str:
        """A setting a process was started with."""
        conf = (self.home / "run/supervisord.conf").read_text()
        section = conf.split(f"[program:{process}]")[1].split("[program:")[0]
        found = re.search(rf'{name}="([^"]*)"', section)
        assert found is not None, name
        return found.group(1).replace("%%", "%")

    @property
    def rasa_ready(self) -> str:
        """Where Rasa says that it is ready."""
        return f"{self.setting('channels', 'AMAAN_RASA_URL')}/webhooks/amaan/readyz"

    def output(self) -> str:
        """All that every process printed."""
        files = [*sorted((self.home / "logs").glob("*.log*")), self.home.with_suffix(".out")]
        return "\n".join(file.read_text(errors="replace") for file in files)

    def leaked(self) -> list[str]:
        """What of all that was told stands in the output of a process: the promise is nothing."""
        output = self.output().casefold()
        words = {text.casefold() for text in self.told if len(text) >= LONG_ENOUGH}
        return sorted(word for word in words | {SECRET, TELEGRAM_TOKEN} if word in output)


def answers(url: str) -> bool:
    """Whether this address answers 200."""
    try:
        return httpx.get(url, timeout=2, verify=plain()).status_code == 200
    except httpx.HTTPError:
        return False
