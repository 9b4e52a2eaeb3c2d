"""Real processes that are measured from outside: started, waited for, read, and ended by their ids."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import httpx
import psutil

from tests.standins.ending import with_us

ROOT = Path(__file__).parents[2]
APP = ROOT / ".venv/bin/python"
RASA = ROOT / "bot/.venv/bin/python"
READY_WITHIN = 300.0  # seconds; Rasa loads its libraries first
ENDS_WITHIN = 20.0
MB = 2**20
BASE = ("PATH", "HOME", "LANG", "TMPDIR")
QUIET = {
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "1",  # as ours sets it; stock reads texts with the same components
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class Processes:
    """What one installation consists of, by name. Output goes to files in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, psutil.Popen] = {}

    @contextlib.contextmanager
    def serving(self) -> Iterator[Self]:
        """End all that was started when the block ends, the last one first."""
        try:
            yield self
        finally:
            for name in [*reversed(self._running)]:
                self.end(name)

    def start(
        self, name: str, command: Sequence[str | Path], environment: Mapping[str, str]
    ) -> None:
        """Start a process of this name."""
        kept = {word: os.environ[word] for word in BASE if word in os.environ}
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = psutil.Popen(
                with_us(command, signal.SIGTERM),
                cwd=ROOT,
                env=kept | QUIET | dict(environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def end(self, name: str) -> None:
        """Ask a process to stop, and end it when it does not."""
        process = self._running.pop(name)
        every = [process, *children(process)]
        process.terminate()
        _, alive = psutil.wait_procs(every, ENDS_WITHIN)
        for one in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait()

    def wait_for(self, name: str, url: str) -> None:
        """Wait until this address answers 200. Raises RuntimeError when its process ends instead."""
        until = time.monotonic() + READY_WITHIN
        while not answers(url):
            if self._running[name].poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{name} did not start: see {self.folder / name}.log")
            time.sleep(0.2)

    def processor_seconds(self) -> dict[str, float]:
        """Processor time of each with its children since it started."""
        return {
            name: sum(sum(one.cpu_times()[:2]) for one in (process, *children(process)))
            for name, process in self._running.items()
        }

    def memory(self) -> dict[str, float]:
        """Resident memory of each with its children, in MB."""
        return {
            name: sum(one.memory_info().rss for one in (process, *children(process))) / MB
            for name, process in self._running.items()
        }


def children(process: psutil.Process) -> list[psutil.Process]:
    """A process's children and theirs; none when it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return list(process.children(recursive=True))
    return []


def answers(url: str) -> bool:
    """Whether this address answers 200."""
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    return False
