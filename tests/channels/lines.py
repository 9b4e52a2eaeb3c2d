"""A sender with its provider's stand-in at the other end, for every provider.

The next provider gets an entry in both tables.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from channels.errors import SendFailed
from channels.phone.line import PhoneLine
from channels.senders import Sender, make_senders
from tests.channels.conftest import NUMBER, make_settings
from tests.channels.outbound_cases import WORDS, Case
from tests.standins.africastalking import AfricasTalking
from tests.standins.gateways import Kannel, M3Tech
from tests.standins.telegram import Telegram

CREDENTIALS = {
    "africastalking": {
        "africastalking_username": "sandbox",
        "africastalking_api_key": "at-key",
        "africastalking_sender": "8333",
    },
    "kannel": {"kannel_username": "u", "kannel_password": "pass"},
    "m3tech": {"m3tech_username": "u", "m3tech_password": "pass", "m3tech_sender": "8333"},
    "telegram": {"telegram_token": "123:made-up"},
}
STANDINS = {
    "africastalking": AfricasTalking,
    "kannel": Kannel,
    "m3tech": M3Tech,
    "telegram": Telegram,
}


@dataclass(frozen=True)
class Line:
    """A sender and the provider at its other end."""

    provider: str
    standin: Any
    sender: Sender

    @property
    def address(self) -> str:
        return "4711" if self.provider == "telegram" else NUMBER


@contextlib.asynccontextmanager
async def line_to(provider: str) -> AsyncIterator[Line]:
    """Serve the stand-in and make the sender, as the settings of an installation would."""
    with STANDINS[provider]().serve() as standin:
        settings = make_settings(**CREDENTIALS[provider], **at(provider, standin.url))
        sender = make_senders(settings, no_phone())[provider]
        yield Line(provider, standin, sender)
        await sender.close()


async def hold_answer(line: Line, case: Case) -> None:
    """Assert that an answer of the provider means what the case says."""
    line.standin.faults.add(case.answer)
    if case.means is None:
        assert await line.sender.send(line.address, WORDS) == case.message_id
        return
    with pytest.raises(SendFailed) as caught:
        await line.sender.send(line.address, WORDS)
    assert type(caught.value) is case.means
    assert caught.value.retry_after == case.retry_after
    shown = f"{caught.value} {caught.value.reason}"
    assert NUMBER[1:] not in shown
    assert "made-up" not in shown


def at(provider: str, origin: str) -> dict[str, str]:
    """The setting that sends a provider's traffic to this origin."""
    if provider == "m3tech":
        return {"m3tech_url": origin + M3Tech.path}
    return {"kannel_url": origin} if provider == "kannel" else {f"{provider}_api_url": origin}


def no_phone() -> PhoneLine:
    """A provider with credentials sends to nobody's simulated phone."""
    return PhoneLine.__new__(PhoneLine)
