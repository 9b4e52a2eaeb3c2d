"""What became of each reply at its provider. Reports come late, twice, out of order, or before us.

`delivery:<provider>:<provider's id>` is a hash of `state`, `rank`, `owner` (JSON, once we know which
reply it is) and `doubt` (we once could not tell whether it was sent). A state only moves up:
unknown, sent, then delivered or failed. A failure is told to the api; so is the end of a doubt.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from redis.asyncio import Redis

from channels.answers import as_text
from channels.lanes import Lane
from channels.outcomes import Owner, Reach, delivery_entry

State = Literal["unknown", "sent", "delivered", "failed"]
RANKS: dict[State, int] = {"unknown": 0, "sent": 1, "delivered": 2, "failed": 2}
REMEMBERED = timedelta(days=7)

UPSERT = """
local delivery, state, rank, owner, remembered = KEYS[1], unpack(ARGV)
if tonumber(redis.call('HGET', delivery, 'rank') or '-1') < tonumber(rank) then
  redis.call('HSET', delivery, 'state', state, 'rank', rank)
end
if state == 'unknown' then redis.call('HSET', delivery, 'doubt', 1) end
if owner ~= '' then redis.call('HSET', delivery, 'owner', owner) end
redis.call('EXPIRE', delivery, remembered)
return redis.call('HMGET', delivery, 'state', 'owner', 'doubt')
"""


class Deliveries:
    """The states of replies, by the ids their providers gave them."""

    def __init__(self, redis: Redis, outcomes: Lane, clock: Callable[[], datetime]) -> None:
        self._redis = redis
        self._outcomes = outcomes
        self._clock = clock
        self._upsert = redis.register_script(UPSERT)

    async def record(
        self,
        provider: str,
        message_id: str,
        state: State,
        owner: Owner | None = None,
    ) -> str:
        """Note a state and return the one that holds: what is behind what we know changes nothing.

        `owner` is known to us alone, so what a provider said before us is told once we come.
        """
        holds, whose, doubt = await self._upsert(
            keys=[f"delivery:{provider}:{message_id}"],
            args=[
                state,
                RANKS[state],
                owner.model_dump_json() if owner else "",
                int(REMEMBERED.total_seconds()),
            ],
        )
        if whose and holds == b"failed":
            await self._tell(whose, "undelivered")
        elif whose and holds == b"delivered" and doubt:
            await self._tell(whose, "reached")
        return as_text(holds)

    async def state(self, provider: str, message_id: str) -> str | None:
        """Return the state of a reply, or None for one nobody spoke of."""
        found = await self._redis.hget(f"delivery:{provider}:{message_id}", "state")
        return as_text(found) if found else None

    async def _tell(self, whose: bytes, reach: Reach) -> None:
        now = self._clock()
        owner = Owner.model_validate_json(whose)
        await self._outcomes.append(delivery_entry(self._outcomes, owner, reach, now), now)
