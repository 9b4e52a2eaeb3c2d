"""What the webhooks hand over goes to Redis, and while that is away into the journal.

Nothing overtakes what the journal holds: as long as anything waits there, everything goes behind it.
This order holds for all channels processes that share a home.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from redis.exceptions import RedisError

from channels.arrivals import Arrival, Gone, Noted, Record, Unusable, arrival, read_record
from channels.deliveries import Deliveries, State
from channels.durable import Durable
from channels.errors import NotKept, QueueNotDurable
from channels.inbox import Inbox
from channels.journal import Journal
from channels.messages import Channel, InboundMessage
from channels.metrics import Metrics

PATIENCE = 2.0  # seconds that Redis is given; the provider waits meanwhile
LOOK_EVERY = 0.5  # seconds

log = structlog.get_logger()


class Intake:
    """Takes what the webhooks get; whatever it took is on a disk. Raises NotKept when none took it."""

    def __init__(  # noqa: PLR0913  the two ways and what is behind them
        self,
        *,
        inbox: Inbox,
        deliveries: Deliveries,
        journal: Journal,
        durable: Durable,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._inbox = inbox
        self._deliveries = deliveries
        self._journal = journal
        self._durable = durable
        self._metrics = metrics
        self._clock = clock

    async def accept(self, message: InboundMessage) -> None:
        """Take a message, once for each time it was sent."""
        await self._take(arrival(message, self._clock()))

    async def quarantine(self, provider: str, raw: bytes) -> None:
        """Take what cannot be a message, for a person to look at."""
        await self._take(Unusable(provider=provider, raw=raw))

    async def opt_out(self, channel: Channel, address: str) -> None:
        """Send nothing to an address that wants nothing more, until it writes again."""
        await self._take(Gone(channel=channel, address=address))

    async def record(self, provider: str, message_id: str, state: State) -> None:
        """Note what became of a reply of ours."""
        await self._take(Noted(provider=provider, message_id=message_id, state=state))

    async def run(self) -> None:
        """Drain the journal whenever Redis is there, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.drain()
            except (RedisError, QueueNotDurable):
                continue  # whoever found Redis away has said so
            except OSError as error:
                log.error("journal_away", error=type(error).__name__)  # noqa: TRY400  ids only

    async def drain(self) -> None:
        """Move what the journal holds into Redis, oldest first. Raises what Redis or the disk does."""
        if self._journal.is_empty():
            return
        await self._durable.check()
        with self._journal.draining() as mine:
            # One that is cut short begins anew: what is kept by then is marked, or known by its key.
            offset, whole = 0, not mine
            while not whole:
                behind = offset
                lines, offset = await asyncio.to_thread(self._journal.read, behind)
                for line in lines:
                    await self._move(line.body, line.raw)
                    await asyncio.to_thread(self._journal.done, line)
                whole = offset == behind and await asyncio.to_thread(self._journal.clear, offset)
        if mine:
            log.info("journal_drained", bytes=offset)

    async def _take(self, record: Record) -> None:
        if self._journal.is_empty() and await self._reaches_redis(record):
            return
        written = record.model_dump_json().encode()
        try:
            await asyncio.to_thread(self._journal.append, written)
        except OSError as error:
            log.critical("journal_away", error=type(error).__name__)
            raise NotKept from None
        self._metrics.messages.labels("journalled").inc()

    async def _reaches_redis(self, record: Record) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._durable.check_once()
                await self._do(record)
        except (RedisError, QueueNotDurable, TimeoutError) as error:
            self._durable.doubt()
            log.warning("queue_away", error=type(error).__name__)
            return False
        return True

    async def _move(self, body: bytes | None, raw: bytes) -> None:
        try:
            if body is not None:
                await self._do(read_record(body))
                return
            log.critical("journal_line_unreadable")
        except RedisError:
            raise
        except Exception:
            # One line that breaks must not hold up all that stand behind it.
            log.exception("journal_line_broke")
        await asyncio.to_thread(self._journal.set_aside, raw)

    async def _do(self, record: Record) -> None:
        match record:
            case Arrival():
                await self._inbox.keep(record)
            case Unusable(provider=provider, raw=raw):
                await self._inbox.quarantine(provider, raw)
            case Gone(channel=channel, address=address):
                await self._inbox.opt_out(channel, address)
            case Noted(provider=provider, message_id=message_id, state=state):
                await self._deliveries.record(provider, message_id, state)
