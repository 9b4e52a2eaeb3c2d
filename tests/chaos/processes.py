"""The processes of an installation as Linux sees them, found and signalled from outside."""

import contextlib
import os
import signal
from collections.abc import Iterable
from pathlib import Path

# By what stands in the command line; redis-server writes its own.
COMMANDS = {
    "redis": "redis-server",
    "api": "-m api ",
    "actions": "-m actions ",
    "rasa": "-m bot ",
    "worker": "-m channels.worker ",
    "channels": "-m channels ",
}


def children(pid: int) -> list[int]:
    """The processes that one has started; none when it is gone."""
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except OSError:
        return []


def running(supervisor: int, name: str) -> list[int]:
    """The process of this name that the supervisor runs; none while it is down."""
    return [pid for pid in children(supervisor) if COMMANDS[name] in _command(pid)]


def send(number: signal.Signals, pids: Iterable[int]) -> None:
    """Signal processes; those that are gone by now do not matter."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
