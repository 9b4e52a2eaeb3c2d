"""A lane that hands out no more claims than its provider takes, however many workers ask.

What waits keeps its place in the lane, so that the lifeline still goes ahead of it.
"""

from datetime import datetime
from typing import Any, override

from redis.asyncio import Redis

from channels.lane_scripts import CLAIM
from channels.lanes import Lane
from channels.limits import Limit
from channels.sealing import Seal
from channels.times import to_ms

# Found and counted in one step: two workers cannot both take the last one of a second.
CLAIM_IN_TIME = f"""
local function claim()
{CLAIM}
end
local claimed, now = KEYS[1], tonumber(ARGV[2])
local most, length = tonumber(ARGV[4]), tonumber(ARGV[5])
redis.call('ZREMRANGEBYSCORE', claimed, '-inf', now - length)
if redis.call('ZCARD', claimed) >= most then return nil end
local found = claim()
if found then
  redis.call('ZADD', claimed, now, found[5])
  redis.call('PEXPIRE', claimed, length)
end
return found
"""


class PacedLane(Lane):
    """A lane with a limit on its claims."""

    def __init__(self, redis: Redis, name: str, seal: Seal, limit: Limit) -> None:
        super().__init__(redis, name, seal)
        self._limit = limit
        self._claim_in_time = redis.register_script(CLAIM_IN_TIME)

    @override
    async def _take(self, now: datetime, lease_end: datetime) -> list[Any] | None:
        found: list[Any] | None = await self._claim_in_time(
            keys=[f"limit:{self.name}"],
            args=[
                self.name,
                to_ms(now),
                to_ms(lease_end),
                self._limit.most,
                self._limit.length_ms,
            ],
        )
        return found
