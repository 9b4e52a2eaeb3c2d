"""Ordered queues over Redis, one for each conversation, worked by any number of workers.

One entry of a conversation is in work at a time, and the next only after it: that is the order we
promise. A worker that dies loses its lease and another takes the entry again; what the dead one
says later is refused, because the lease has another holder. Time is always an argument.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from redis.asyncio import Redis

from channels import lane_scripts
from channels.claims import Append, Argument, Begin, Brake, Claim
from channels.sealing import Seal
from channels.times import to_ms


class Lane:
    """One named lane. Bodies are sealed on the way in, for their conversation and this lane."""

    def __init__(self, redis: Redis, name: str, seal: Seal) -> None:
        self.name = name
        self._redis = redis
        self._seal = seal
        self._append = redis.register_script(lane_scripts.APPEND)
        self._claim = redis.register_script(lane_scripts.CLAIM)
        self._renew = redis.register_script(lane_scripts.RENEW)
        self._begin = redis.register_script(lane_scripts.BEGIN)
        self._settle = redis.register_script(lane_scripts.SETTLE)
        self._cancel = redis.register_script(lane_scripts.CANCEL)

    def entry(
        self,
        conversation: str,
        body: bytes,
        key: str,
        *,
        mark: int = 0,
        urgent: bool = False,
    ) -> Append:
        """Seal a body for this lane."""
        sealed = self._seal.seal(body, context=self._context(conversation))
        return Append(self.name, conversation, sealed, key, mark, urgent)

    async def append(self, entry: Append, now: datetime) -> None:
        """Put an entry behind the others of its conversation."""
        arguments: list[Argument] = [*entry.arguments(), to_ms(now)]
        await self._append(args=arguments)

    async def claim(self, now: datetime, lease_end: datetime) -> Claim | None:
        """Take the conversation that is due first, danger before all, or None."""
        found = await self._take(now, lease_end)
        if found is None:
            return None
        conversation, entry, sealed, mark, holder, tries, begun, more, known = found
        whose = conversation.decode()
        return Claim(
            conversation=whose,
            entry=entry.decode(),
            body=self._seal.open(sealed, context=self._context(whose)),
            mark=int(mark),
            holder=holder.decode(),
            tries=tries,
            begun=bool(begun),
            more=bool(more),
            known=known,
        )

    async def _take(self, now: datetime, lease_end: datetime) -> list[Any] | None:
        found: list[Any] | None = await self._claim(
            args=[self.name, to_ms(now), to_ms(lease_end)],
        )
        return found

    async def renew(self, claim: Claim, lease_end: datetime) -> bool:
        """Hold on longer; False when the lease is lost."""
        arguments: list[Argument] = [
            self.name,
            claim.conversation,
            claim.holder,
            to_ms(lease_end),
        ]
        return bool(await self._renew(args=arguments))

    async def begin(self, claim: Claim, now: datetime, brakes: Sequence[Brake] = ()) -> Begin:
        """Pass the brakes in their order and note that the effect outside begins now, in one step."""
        arguments: list[Argument] = [
            self.name,
            claim.conversation,
            claim.holder,
            claim.entry,
            to_ms(now),
        ]
        for brake in brakes:
            arguments += brake.arguments()
        begun, place, wait = await self._begin(args=arguments)
        if place == 0:
            return Begin(begun=bool(begun))
        return Begin(begun=False, brake=brakes[place - 1], wait=timedelta(milliseconds=wait))

    async def finish(self, claim: Claim, now: datetime, then: Iterable[Append] = ()) -> bool:
        """Remove the entry and append others elsewhere, in one step; False when the lease is lost."""
        return await self._end(self.ending(claim, "done", (now, now), then))

    async def park(
        self, claim: Claim, now: datetime, error: str, then: Iterable[Append] = ()
    ) -> bool:
        """Finish like this, but keep the entry aside, sealed as it is, with a word of why."""
        return await self._end(self.ending(claim, "park", (now, now), then, error))

    async def delay(
        self,
        claim: Claim,
        now: datetime,
        until: datetime,
        then: Iterable[Append] = (),
        *,
        behind: bool = False,
    ) -> bool:
        """Keep the entry, and what waits behind it, for another try at a later time.

        `behind`: even then after all that is due and was not put behind, but for what is urgent.
        """
        return await self._end(
            self.ending(claim, "behind" if behind else "later", (now, until), then)
        )

    async def break_off(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Keep the entry for another try; what it had begun outside may have happened."""
        return await self._end(self.ending(claim, "broke", (now, until)))

    async def wait(
        self,
        claim: Claim,
        now: datetime,
        until: datetime,
        then: Iterable[Append] = (),
    ) -> bool:
        """Keep the entry until a later time for no fault of its own: this was no try."""
        return await self._end(self.ending(claim, "wait", (now, until), then))

    async def give_back(self, claim: Claim, now: datetime) -> bool:
        """Undo a claim, for a worker that stops."""
        return await self._end(self.ending(claim, "back", (now, now)))

    async def cancel(self, conversation: str) -> None:
        """Drop all that waits for a conversation."""
        await self._cancel(args=[self.name, conversation])

    async def is_busy(self, conversation: str) -> bool:
        """Whether anything of this conversation waits or is in work."""
        return bool(await self._redis.exists(f"{self.name}:{conversation}"))

    def ending(
        self,
        claim: Claim,
        how: str,
        times: tuple[datetime, datetime],  # now, and when it is due again
        then: Iterable[Append] = (),
        error: str = "",
    ) -> list[Argument]:
        """How a claim ends, as the scripts take it."""
        arguments: list[Argument] = [
            self.name,
            claim.conversation,
            claim.holder,
            claim.entry,
            how,
            *(to_ms(time) for time in times),
            error,
        ]
        for entry in then:
            arguments += entry.arguments()
        return arguments

    async def _end(self, ending: list[Argument]) -> bool:
        return bool(await self._settle(args=ending))

    def _context(self, conversation: str) -> bytes:
        return f"{self.name}:{conversation}".encode()
