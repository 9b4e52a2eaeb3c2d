"""What became of each reply at its provider. Reports come late, twice, out of order, or before us.

`delivery:<provider>:<provider's id>` is a hash of `state`, `rank` and, once we know it, the `key` of
the reply. A state only moves up: queued, sent, then delivered or failed.
"""

from datetime import timedelta
from typing import Literal

from redis.asyncio import Redis

from channels.answers import as_text

State = Literal["queued", "sent", "delivered", "failed"]
RANKS: dict[State, int] = {"queued": 0, "sent": 1, "delivered": 2, "failed": 2}
REMEMBERED = timedelta(days=7)

UPSERT = """
local delivery, state, rank, key, remembered = KEYS[1], unpack(ARGV)
if tonumber(redis.call('HGET', delivery, 'rank') or '-1') < tonumber(rank) then
  redis.call('HSET', delivery, 'state', state, 'rank', rank)
end
if key ~= '' then redis.call('HSET', delivery, 'key', key) end
redis.call('EXPIRE', delivery, remembered)
"""


class Deliveries:
    """The states of replies, by the ids their providers gave them."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._upsert = redis.register_script(UPSERT)

    async def record(self, provider: str, message_id: str, state: State, key: str = "") -> None:
        """Note a state; one that is behind what we know already changes nothing."""
        await self._upsert(
            keys=[f"delivery:{provider}:{message_id}"],
            args=[state, RANKS[state], key, int(REMEMBERED.total_seconds())],
        )

    async def state(self, provider: str, message_id: str) -> str | None:
        """Return the state of a reply, or None for one nobody spoke of."""
        found = await self._redis.hget(f"delivery:{provider}:{message_id}", "state")
        return as_text(found) if found else None
