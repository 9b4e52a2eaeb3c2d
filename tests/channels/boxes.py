"""The channels' real processes, started over stand-ins for all that is around them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.channels.conftest import NUMBER, SECRET, TELEGRAM_SECRET, make_settings
from tests.channels.wires import WIRES
from tests.standins.africastalking import AfricasTalking
from tests.standins.api import Api
from tests.standins.ending import with_us
from tests.standins.rasa import Rasa
from tests.standins.redis_server import RedisServer
from tests.standins.server import free_port, plain

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds; far more than anything here takes, also on a busy machine


def eventually(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail("It never came true.")
        time.sleep(0.05)


@dataclass
class Boxes:
    """The channels' processes with all that is around them."""

    redis: RedisServer
    api: Api
    rasa: Rasa
    provider: AfricasTalking
    logs: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str, **given: str) -> subprocess.Popen[bytes]:
        plain = make_settings()
        environment = {
            "AMAAN_ENV": "demo",
            "AMAAN_HOME": str(self.logs.parent / "home"),
            "AMAAN_REDIS_URL": self.redis.url,
            "AMAAN_CHANNELS_PORT": str(self.port),
            "AMAAN_CHANNELS_KEYS": plain.channels_keys.get_secret_value(),
            "AMAAN_API_INTERNAL_URL": self.api.url,
            "AMAAN_CHANNELS_TOKEN": "channels-token",
            "AMAAN_RASA_URL": self.rasa.url,
            "AMAAN_RASA_TOKEN": "rasa-token",
            "AMAAN_WEBHOOK_SECRET": SECRET,
            "AMAAN_TELEGRAM_SECRET": TELEGRAM_SECRET,
            "AMAAN_AFRICASTALKING_USERNAME": "sandbox",
            "AMAAN_AFRICASTALKING_API_KEY": "at-key",
            "AMAAN_AFRICASTALKING_API_URL": self.provider.url,
            "AMAAN_SEND_SCHEDULE": "[0.1, 0.1, 0.1, 0.1]",
        }
        not_ours = ("AMAAN_", "PYTHONDONTWRITEBYTECODE")  # compiling anew each time takes seconds
        base = {name: value for name, value in os.environ.items() if not name.startswith(not_ours)}
        with (self.logs / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                with_us([sys.executable, "-m", module]),
                cwd=ROOT,
                env=base | environment | given,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def written(self) -> str:
        """All that the processes printed."""
        return "".join(path.read_text() for path in sorted(self.logs.iterdir()))

    def is_ready(self) -> bool:
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", verify=plain())
            return answer.status_code == 200
        except httpx.HTTPError:
            return False

    def tell(self, text: str, external_id: str, sender: str = NUMBER) -> int:
        request = WIRES[0].request(text, external_id=external_id, sender=sender)
        url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return httpx.post(url, content=request.content, verify=plain()).status_code

    def end(self) -> None:
        """End all of them at once."""
        for process in self.processes:
            process.kill()
            process.wait()

    @property
    def said(self) -> list[str]:
        return [one["message"] for one in self.provider.sent]
