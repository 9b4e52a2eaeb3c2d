"""What a simulated phone has sent and received: one sealed stream a phone, kept for a day.

`phone:<channel>:<blind index of the address>`, entries under Redis' own ids.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, cast

from pydantic import Field
from redis.asyncio import Redis

from channels.messages import Button, Channel, Stored, Words
from channels.sealing import Seal

# The phone is a provider of its own, so that its replies come back to it in any case.
PHONES: dict[Channel, str] = {"sms": "phone_sms", "telegram": "phone_telegram"}
KEPT = 500  # messages a phone
KEPT_FOR = timedelta(days=1)


type Entries = list[tuple[bytes, dict[bytes, bytes]]]  # as Redis answers


class Shown(Stored):
    """One bubble on the phone's screen."""

    direction: Literal["in", "out"]  # as Amaan sees it: `in` was written on the phone
    text: str = Field(repr=False)
    buttons: tuple[Button, ...] = Field(default=(), repr=False)
    at: datetime


class PhoneLine:
    """All simulated phones."""

    def __init__(
        self,
        redis: Redis,
        seal: Seal,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis = redis
        self._seal = seal
        self._clock = clock

    async def show(
        self,
        channel: Channel,
        address: str,
        direction: Literal["in", "out"],
        text: str,
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """Put a bubble on a phone's screen."""
        key = self._key(channel, address)
        shown = Shown(direction=direction, text=text, buttons=buttons, at=self._clock())
        body = self._seal.seal(shown.model_dump_json().encode(), context=key.encode())
        await self._redis.xadd(key, {"body": body}, maxlen=KEPT, approximate=True)
        await self._redis.expire(key, KEPT_FOR)

    async def since(self, channel: Channel, address: str, after: str) -> list[tuple[str, Shown]]:
        """Return the bubbles after one, oldest first, each with its id; "0" is before all."""
        key = self._key(channel, address)
        entries = cast("Entries", await self._redis.xrange(key, min=f"({after}"))
        return [
            (
                entry.decode(),
                Shown.model_validate_json(self._seal.open(fields[b"body"], context=key.encode())),
            )
            for entry, fields in entries
        ]

    def _key(self, channel: Channel, address: str) -> str:
        return f"phone:{channel}:{self._seal.blind(address)}"


class SimulatedPhone:
    """Delivers to the simulated phone: the sender of a provider without credentials."""

    def __init__(self, line: PhoneLine, channel: Channel) -> None:
        self._line = line
        self._channel = channel

    async def send(self, address: str, words: Words) -> str | None:
        """Show the reply on the phone's screen."""
        await self._line.show(self._channel, address, "out", words.text, words.buttons)
        return None

    async def close(self) -> None:
        """Keep nothing open."""
