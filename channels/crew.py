"""A crew works one lane: it claims conversations, some at a time, until it is told to stop.

It looks when its bell rings and when there is room again, and never by a clock of its own.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from redis.exceptions import RedisError

from channels.claims import Claim
from channels.lanes import Lane
from channels.sealing import SealBroken

GRACE = 10.0  # seconds that work in hand is given to end when we are told to stop
LONGEST_WAIT = 60.0  # seconds until work that broke is tried again

log = structlog.get_logger()


class Crew:
    """Claims, handles and keeps the leases of one lane."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        lane: Lane,
        handle: Callable[[Claim], Awaitable[None]],
        *,
        slots: int,
        lease: float,
        limit: float,
        clock: Callable[[], datetime],
    ) -> None:
        self.lane = lane
        self.bell = asyncio.Event()  # rung when there may be work, or room for it
        self._handle = handle
        self._slots = slots
        self._lease = timedelta(seconds=lease)
        self._limit = limit  # seconds that one claim may take; then it is tried again
        self._clock = clock
        self._away = False  # whether Redis was, the last time we asked

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop; then end what is in hand, or give it back."""
        at_work: dict[asyncio.Task[None], Claim] = {}

        def end(task: asyncio.Task[None]) -> None:
            del at_work[task]
            if len(at_work) == self._slots - 1:
                self.bell.set()  # there is room again

        ending = asyncio.create_task(self._ring_once(stopping))
        keeper = asyncio.create_task(self._keep(at_work))
        while not stopping.is_set():
            self.bell.clear()
            claim = await self._claim() if len(at_work) < self._slots else None
            if claim:
                task = asyncio.create_task(self._work(claim))
                at_work[task] = claim
                task.add_done_callback(end)
            if claim is None or not claim.more:
                await self.bell.wait()
        await ending
        if at_work:
            _, late = await asyncio.wait(at_work, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        keeper.cancel()

    async def _ring_once(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self.bell.set()

    async def _claim(self) -> Claim | None:
        now = self._clock()
        try:
            claim = await self.lane.claim(now, now + self._lease)
            self._away = False
            return claim
        except RedisError as error:
            if not self._away:
                log.warning("queue_away", lane=self.lane.name, error=type(error).__name__)
            self._away = True
        except SealBroken:
            # Its conversation stays leased and is tried again: a missing key can be put back.
            log.critical("entry_unreadable", lane=self.lane.name)
        return None

    async def _work(self, claim: Claim) -> None:
        try:
            async with asyncio.timeout(self._limit):
                await self._handle(claim)
        except asyncio.CancelledError:
            await self._settle(self.lane.give_back(claim, self._clock()))
        except RedisError as error:
            # The lease runs out, and the work is taken up again where its keys allow.
            log.warning("queue_away", lane=self.lane.name, error=type(error).__name__)
        except Exception:
            log.exception("work_broke", lane=self.lane.name, tries=claim.tries)
            now = self._clock()
            seconds = min(2.0 ** min(claim.tries, 8), LONGEST_WAIT)
            wait = timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311  jitter
            await self._settle(self.lane.break_off(claim, now, now + wait))

    async def _keep(self, at_work: Mapping[asyncio.Task[None], Claim]) -> None:
        """Renew the leases of all that is at work; one that is lost stays lost."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            end = self._clock() + self._lease
            # Where Redis is away the lease holds until the next time, or is lost.
            renewals = (self.lane.renew(claim, end) for claim in at_work.values())
            await asyncio.gather(*renewals, return_exceptions=True)

    async def _settle(self, ending: Awaitable[bool]) -> None:
        with contextlib.suppress(RedisError):  # the lease runs out all the same
            await ending
