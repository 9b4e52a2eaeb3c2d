"""The contract of a sender, and which sender serves each provider."""

from collections.abc import Mapping
from typing import Protocol

from channels.messages import Channel, Words
from channels.phone.line import PHONES, PhoneLine, SimulatedPhone
from channels.settings import PROVIDERS, Settings
from channels.sms.africastalking.sender import AfricasTalkingSender
from channels.sms.kannel.sender import KannelSender
from channels.sms.m3tech.sender import M3TechSender
from channels.telegram.sender import TelegramSender


class Sender(Protocol):
    """Sends one reply to one address."""

    async def send(self, address: str, words: Words) -> str | None:
        """Hand a reply over; return the provider's id for it, if any. Raises SendFailed."""

    async def close(self) -> None:
        """Give the connections up."""


def channel_of(provider: str) -> Channel:
    """Return what a provider carries."""
    return "telegram" if provider == "telegram" else "sms"


def make_senders(settings: Settings, line: PhoneLine) -> Mapping[str, Sender]:
    """Make a sender for each provider that is on; without credentials it is a simulated phone."""
    senders: dict[str, Sender] = {}
    for provider in PROVIDERS:
        if settings.is_on(provider):
            senders[provider] = _sender(provider, settings, line)
    if settings.demo:
        for channel, provider in PHONES.items():
            senders[provider] = SimulatedPhone(line, channel)
    return senders


def _sender(provider: str, settings: Settings, line: PhoneLine) -> Sender:
    account = settings.account(provider)
    if account is None:
        return SimulatedPhone(line, channel_of(provider))
    match provider:
        case "africastalking":
            return AfricasTalkingSender(account)
        case "kannel":
            return KannelSender(account, settings.delivery_url("kannel"))
        case "m3tech":
            return M3TechSender(account)
        case _:
            return TelegramSender(account)
