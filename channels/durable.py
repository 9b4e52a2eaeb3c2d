"""Whether Redis is on the disk before it answers: asked of the server itself, not of its file."""

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from channels.errors import QueueNotDurable

NEEDED = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",  # else a rewrite of the file is a time without fsync
    "maxmemory-policy": "noeviction",  # else a full Redis throws messages away
}


class Durable:
    """Holds the server to its configuration, anew after it was away: it may be another one."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._known = False

    async def check(self) -> None:
        """Raise QueueNotDurable unless all that Redis answers to is kept; RedisError if it is away."""
        try:
            # One by one: Redis 6 takes a single name.
            given = [await self._redis.config_get(name) for name in NEEDED]
        except ResponseError:
            raise QueueNotDurable from None  # a server that does not say is not believed
        self._known = given == [{name: value} for name, value in NEEDED.items()]
        if not self._known:
            raise QueueNotDurable

    async def check_once(self) -> None:
        """Check, unless that was done since Redis was last away."""
        if not self._known:
            await self.check()

    def doubt(self) -> None:
        """Check again before anything is kept: Redis was away."""
        self._known = False
