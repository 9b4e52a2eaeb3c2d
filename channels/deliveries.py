"""What became of each reply at its provider. Reports come late, twice, out of order, or before us.

`delivery:<provider>:<provider's id>` is a hash of `state`, `rank`, `owner` (JSON, once we know which
reply it is) and `doubt` (we once could not tell whether it was sent). A state only moves up:
unknown, sent, then delivered or failed. A failure is told to the api; so is the end of a doubt.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from redis.asyncio import Redis

from channels.answers import as_text
from channels.claims import Append, Argument, Claim
from channels.lane_scripts import COMMON, SETTLING
from channels.lanes import Lane
from channels.outcomes import Owner, Reach, delivery_entry

State = Literal["unknown", "sent", "delivered", "failed"]
RANKS: dict[State, int] = {"unknown": 0, "sent": 1, "delivered": 2, "failed": 2}
REMEMBERED = timedelta(days=7)

UPSERT = """
local function upsert(delivery, state, rank, owner, remembered)
  if tonumber(redis.call('HGET', delivery, 'rank') or '-1') < tonumber(rank) then
    redis.call('HSET', delivery, 'state', state, 'rank', rank)
  end
  if state == 'unknown' then redis.call('HSET', delivery, 'doubt', 1) end
  if owner ~= '' then redis.call('HSET', delivery, 'owner', owner) end
  redis.call('EXPIRE', delivery, remembered)
  return redis.call('HMGET', delivery, 'state', 'owner', 'doubt')
end
"""

RECORD = f"""{UPSERT}
return upsert(KEYS[1], unpack(ARGV))
"""

# The entry stays where the provider's report was before us: what it says has to be told first.
SENT = f"""{COMMON}{SETTLING}{UPSERT}
local found = upsert(KEYS[1], unpack(ARGV, 1, 4))
if found[1] == 'sent' then settle({{unpack(ARGV, 5)}}) end
return found
"""


class Deliveries:
    """The states of replies, by the ids their providers gave them."""

    def __init__(self, redis: Redis, outcomes: Lane, clock: Callable[[], datetime]) -> None:
        self._redis = redis
        self._outcomes = outcomes
        self._clock = clock
        self._record = redis.register_script(RECORD)
        self._sent = redis.register_script(SENT)

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
        found = await self._record(keys=[_name(provider, message_id)], args=_noted(state, owner))
        await self._tell(*found)
        return as_text(found[0])

    async def sent(  # noqa: PLR0913, PLR0917  a reply, its provider's id, and how its entry ends
        self,
        provider: str,
        message_id: str,
        owner: Owner,
        lane: Lane,
        claim: Claim,
        then: Sequence[Append],
    ) -> None:
        """Note that a provider took a reply and finish its entry, in one step.

        Where its report of the end came before us, that is told first, and the entry ends after it.
        """
        now = self._clock()
        ending = lane.ending(claim, "done", (now, now), then)
        found = await self._sent(
            keys=[_name(provider, message_id)], args=[*_noted("sent", owner), *ending]
        )
        if found[0] != b"sent":
            await self._tell(*found)
            await lane.finish(claim, now, then)

    async def state(self, provider: str, message_id: str) -> str | None:
        """Return the state of a reply, or None for one nobody spoke of."""
        found = await self._redis.hget(_name(provider, message_id), "state")
        return as_text(found) if found else None

    async def _tell(self, holds: bytes, whose: bytes | None, doubt: bytes | None) -> None:
        """Tell the api of a failure, and of the end of a doubt, once we know whose it is."""
        reach: Reach
        if whose and holds == b"failed":
            reach = "undelivered"
        elif whose and holds == b"delivered" and doubt:
            reach = "reached"
        else:
            return
        now = self._clock()
        owner = Owner.model_validate_json(whose)
        await self._outcomes.append(delivery_entry(self._outcomes, owner, reach, now), now)


def _name(provider: str, message_id: str) -> str:
    return f"delivery:{provider}:{message_id}"


def _noted(state: State, owner: Owner | None) -> list[Argument]:
    """A state and whose it is as the scripts take it."""
    whose = owner.model_dump_json() if owner else ""
    return [state, RANKS[state], whose, int(REMEMBERED.total_seconds())]
