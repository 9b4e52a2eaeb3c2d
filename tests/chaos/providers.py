"""The stand-ins of three providers together: who was sent what, and with which key."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.standins.africastalking import AfricasTalking
from tests.standins.faults import Faults
from tests.standins.gateways import Kannel
from tests.standins.telegram import Telegram


@dataclass(frozen=True)
class Sent:
    """A text at its provider, with our key or the provider's id where the wire shows one."""

    address: str = field(repr=False)
    words: str = field(repr=False)
    key: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Providers:
    """One of each."""

    africastalking: AfricasTalking
    kannel: Kannel
    telegram: Telegram

    @classmethod
    @contextlib.contextmanager
    def serve(cls) -> Iterator["Providers"]:
        """Serve until the block ends."""
        with (
            AfricasTalking().serve() as africastalking,
            Kannel().serve() as kannel,
            Telegram().serve() as telegram,
        ):
            yield cls(africastalking, kannel, telegram)

    @property
    def faults(self) -> dict[str, Faults]:
        """What each does wrong next."""
        return {
            "africastalking": self.africastalking.faults,
            "kannel": self.kannel.faults,
            "telegram": self.telegram.faults,
        }

    def sent(self) -> Iterator[Sent]:
        """All that was sent, to each address in order."""
        for one in list(self.africastalking.sent):
            yield Sent(one["to"], one["message"], id=one["id"])
        for one in list(self.kannel.sent):
            key = parse_qs(urlsplit(one["dlr-url"]).query)["id"][0]
            yield Sent(one["to"], one["text"], key=key)
        for one in list(self.telegram.sent):
            yield Sent(one["chat_id"], one["text"])

    def many(self, address: str) -> int:
        """How many texts this address was sent by now."""
        sms = (*self.africastalking.sent, *self.kannel.sent)
        by_sms = sum(one["to"] == address for one in sms)
        return by_sms + sum(one["chat_id"] == address for one in self.telegram.sent)
