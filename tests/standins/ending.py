"""Processes that end with the test process, however that ends.

Whoever interrupts tests that run side by side leaves each worker of pytest-xdist some seconds to
clean up; then it is killed, and can stop nothing any more.
"""

import signal
from collections.abc import Sequence
from pathlib import Path


def with_us(
    command: Sequence[str | Path], sign: signal.Signals = signal.SIGKILL
) -> list[str | Path]:
    """The command, which Linux sends this signal when the thread that started it is gone."""
    return ["setpriv", "--pdeathsig", sign.name.removeprefix("SIG"), *command]
