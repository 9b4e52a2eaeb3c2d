"""At most so many of a thing in a time, counted by all workers together.

`limit:<name>` is a sorted set of what was let through, scored by when, in milliseconds. Time is
always an argument.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.asyncio import Redis

from channels.times import to_ms

# Answers how many milliseconds to wait, 0 when the member is let through.
LET_THROUGH = """
local function let_through(name, member, most, length, now)
  local limit = 'limit:' .. name
  redis.call('ZREMRANGEBYSCORE', limit, '-inf', now - length)
  if redis.call('ZSCORE', limit, member) then return 0 end
  if redis.call('ZCARD', limit) >= most then
    return tonumber(redis.call('ZRANGE', limit, 0, 0, 'WITHSCORES')[2]) + length - now
  end
  redis.call('ZADD', limit, now, member)
  redis.call('PEXPIRE', limit, length)
  return 0
end
"""

WAIT = f"""{LET_THROUGH}
local name, member, most, length, now = unpack(ARGV)
return let_through(name, member, tonumber(most), tonumber(length), tonumber(now))
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any stretch of this length."""

    most: int
    length: timedelta

    @property
    def length_ms(self) -> int:
        """The length as the scripts count."""
        return self.length // timedelta(milliseconds=1)


def per_second(rate: float) -> Limit:
    """Return a rate, which may be below one a second, as a limit."""
    most = max(int(rate), 1)
    return Limit(most, timedelta(seconds=most / rate))


class Limits:
    """Counts what is let through under each name."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._wait = redis.register_script(WAIT)

    async def wait(self, name: str, member: str, limit: Limit, now: datetime) -> timedelta:
        """Let a member through and return zero, or return how long until there is room.

        A member that was let through before, and is still counted, is let through again.
        """
        given: list[str | int] = [name, member, limit.most, limit.length_ms, to_ms(now)]
        return timedelta(milliseconds=await self._wait(args=given))
