"""A PostgreSQL that may be killed with -9 at any moment and is started again over the same files."""

import asyncio
import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from tests.api.postgres import owner, program
from tests.chaos.processes import children, send
from tests.standins.server import free_port

STARTS_WITHIN = 300.0  # seconds


class Store:
    """One server with one database. It keeps its own default: on the disk before it is answered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = str(free_port())
        self._owner = owner()
        self._server: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql+asyncpg://amaan@127.0.0.1:{self._port}/postgres"

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator["Store"]:
        """Make one and run it until the block ends."""
        folder = Path(tempfile.mkdtemp(prefix="amaan-chaos-"))
        store = cls(folder)
        try:
            store.make()
            store.start()
            yield store
        finally:
            store.kill()
            shutil.rmtree(folder)

    def make(self) -> None:
        """Lay out its files."""
        if self._owner:
            shutil.chown(self._folder, self._owner)
        self._run("initdb", "-D", self._data, "-U", "amaan", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Start over the files as they are, and wait until it answers. Raises TimeoutError."""
        until = time.monotonic() + STARTS_WITHIN
        while not asyncio.run(self._answers()):
            # It refuses as long as one that was just killed is not quite gone.
            if self._server is None or self._server.poll() is not None:
                self._server = self._serve()
            if time.monotonic() > until:
                raise TimeoutError("PostgreSQL did not start.")
            time.sleep(0.2)

    def pids(self) -> list[int]:
        """Its processes, the first one first; none while it is down."""
        if self._server is None or self._server.poll() is not None:
            return []
        return [self._server.pid, *children(self._server.pid)]

    def kill(self) -> None:
        """End all of its processes at once."""
        send(signal.SIGKILL, self.pids())
        if self._server is not None:
            self._server.wait()

    def _serve(self) -> subprocess.Popen[bytes]:
        words = ["-D", self._data, "-p", self._port, "-k", str(self._folder)]
        return subprocess.Popen(
            [program("postgres"), *words, "-c", "listen_addresses=127.0.0.1"],
            user=self._owner,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url.replace("+asyncpg", ""), timeout=5)
        except (OSError, asyncpg.PostgresError):  # a time-out is an OSError
            return False
        await connection.close()
        return True

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, name: str, *words: str) -> None:
        command = [program(name), *words]
        subprocess.run(command, check=True, capture_output=True, user=self._owner, cwd=self._folder)
