"""What was given up in a lane and kept aside: an administrator sees it and can have it tried again.

Nothing here opens a seal: an id, an age and a word of why is all that is shown.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from redis.asyncio import Redis

from channels.lane_scripts import REPLAY
from channels.times import to_ms

REPLAYED = 0  # the mark of an entry that is tried again: before all that a conversation told


@dataclass(frozen=True, slots=True)
class Parked:
    """An entry that was given up: what may be shown of it."""

    entry: str
    error: str
    at: datetime


class Parking:
    """The parked entries of one lane, and how long the others wait."""

    def __init__(self, redis: Redis, lane: str) -> None:
        self._redis = redis
        self._lane = lane
        self._replay = redis.register_script(REPLAY)

    async def all(self) -> list[Parked]:
        """Return what is parked, oldest first."""
        found = cast("list[Any]", await self._redis.xrange(f"{self._lane}:parked"))
        return [
            Parked(entry.decode(), fields[b"error"].decode(), _moment(fields[b"at"]))
            for entry, fields in found
        ]

    async def count(self) -> int:
        """Return how many are parked."""
        return int(await self._redis.xlen(f"{self._lane}:parked"))

    async def replay(self, entry: str, now: datetime) -> bool:
        """Put a parked entry behind the others of its conversation; False when there is none."""
        return bool(await self._replay(args=[self._lane, entry, REPLAYED, to_ms(now)]))

    async def oldest(self) -> datetime | None:
        """Return when the entry came that waits longest in the lane; None when none waits."""
        found = cast(
            "list[tuple[bytes, float]]",
            await self._redis.zrange(f"{self._lane}:waiting", 0, 0, withscores=True),
        )
        return _moment(found[0][1]) if found else None


def _moment(count: float | bytes) -> datetime:
    return datetime.fromtimestamp(float(count) / 1000, UTC)
