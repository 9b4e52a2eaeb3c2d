"""An installation with the providers' stand-ins, started and ended together."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.installation import Installation
from tests.standins.africastalking import AfricasTalking
from tests.standins.telegram import Telegram

# In service a chat rests a second between two messages. Here nobody looks at a phone, and the
# rest is tested by a clock that is moved (tests/channels).
NO_REST = {"AMAAN_TELEGRAM_CHAT_RATE": "50"}


@contextlib.contextmanager
def installed(folder: Path, **extra: str) -> Iterator[Installation]:
    """Run everything over a home in this folder until the block ends; `extra` are settings."""
    with (
        AfricasTalking().serve() as africastalking,
        Telegram().serve() as telegram,
        Installation(
            folder / "home", africastalking, telegram, NO_REST | extra
        ).running() as running,
    ):
        yield running
