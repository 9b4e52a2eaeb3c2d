"""What one process does at a time, whichever it is: held in Redis, and lost by who stops renewing it."""

import asyncio
import contextlib
import uuid

from redis.asyncio import Redis
from redis.exceptions import RedisError

LONGEST_WAIT = 60.0  # seconds


class Sole:
    """The right to do something alone, under one name."""

    def __init__(self, redis: Redis, name: str, seconds: int) -> None:
        """Hold it for so long at a time; longer than what is done under it takes."""
        self._redis = redis
        self._name = name
        self._seconds = seconds
        self._me = uuid.uuid4().hex

    async def is_mine(self) -> bool:
        """Take it or renew it; False while another process has it. Raises RedisError."""
        if await self._redis.set(self._name, self._me, nx=True, ex=self._seconds):
            return True
        if await self._redis.get(self._name) != self._me.encode():
            return False
        await self._redis.expire(self._name, self._seconds)
        return True

    async def release(self) -> None:
        """Let another process have it at once; one that is out of reach gets it in time."""
        with contextlib.suppress(RedisError):
            if await self._redis.get(self._name) == self._me.encode():
                await self._redis.delete(self._name)


def wait_after(failures: int) -> float:
    """Return how many seconds to leave alone what failed so often in a row: ever more, a minute at most."""
    return min(2.0 ** min(failures, 8), LONGEST_WAIT)


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until we are told to stop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)
