"""Who is behind a conversation: the one place where an address is found.

`book:<blind index>` leads from an address to its conversation; `conversation:<id>` is a hash of the
sealed address, the provider it last came by (`provider`), its language, how many messages it told
(`told`), the number of its last STOP (`stopped`), and whether its provider was told to keep our
texts away (`opted_out`; gone as soon as the person writes again).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from redis.asyncio import Redis

from channels.answers import as_text
from channels.messages import Channel
from channels.sealing import Seal

KNOWN = ("address", "language", "stopped", "opted_out")  # fields of the hash that make a person
type Known = Sequence[bytes | None]  # their values


@dataclass(frozen=True, slots=True)
class Person:
    """Where a conversation's replies go, and whether it wants any."""

    address: str = field(repr=False)
    language: str | None
    stopped: int  # number of the message that was the last STOP, 0 for none
    opted_out: bool


class AddressBook:
    """Addresses by conversation and back, sealed and by blind index."""

    def __init__(self, redis: Redis, seal: Seal) -> None:
        self._redis = redis
        self._seal = seal

    def _index(self, channel: Channel, address: str) -> str:
        return f"book:{self._seal.blind(f'{channel}:{address}')}"

    async def find(self, channel: Channel, address: str) -> str | None:
        """Return the conversation of an address that wrote before."""
        found = await self._redis.get(self._index(channel, address))
        return as_text(found) if found else None

    async def conversation_of(self, channel: Channel, address: str) -> str:
        """Return the conversation of an address, a fresh random one for a new address."""
        known = await self.find(channel, address)
        if known:
            return known
        fresh = uuid.uuid4().hex
        sealed = self._seal.seal(address.encode(), context=fresh.encode())
        # The address first: a conversation that can be found can always be answered.
        await self._redis.hset(person_key(fresh), mapping={"address": sealed})
        if await self._redis.set(self._index(channel, address), fresh, nx=True):
            return fresh
        await self._redis.delete(person_key(fresh))  # another process was first
        return await self.conversation_of(channel, address)

    def person(self, conversation: str, known: Known) -> Person | None:
        """Return who is behind a conversation, or None for one we never had."""
        sealed, language, stopped, opted_out = known
        if sealed is None:
            return None
        return Person(
            address=self._seal.open(sealed, context=conversation.encode()).decode(),
            language=language.decode() if language else None,
            stopped=int(stopped or 0),
            opted_out=opted_out is not None,
        )

    async def opt_out(self, conversation: str) -> None:
        """Note that nothing of ours reaches this person until they write again."""
        await self._redis.hset(person_key(conversation), "opted_out", "1")

    async def language(self, conversation: str) -> str | None:
        """Return the language form the conversation is held in, once known."""
        found = await self._redis.hget(person_key(conversation), "language")
        return as_text(found) if found else None

    async def set_language(self, conversation: str, language: str) -> None:
        """Remember the language form the conversation is held in."""
        await self._redis.hset(person_key(conversation), "language", language)


def person_key(conversation: str) -> str:
    """Return the key of a conversation's hash."""
    return f"conversation:{conversation}"
