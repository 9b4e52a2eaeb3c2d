"""What both the webhooks and the worker keep things in, made from the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError

from channels import inbox as inbox_module
from channels.address_book import AddressBook
from channels.deliveries import Deliveries
from channels.durable import Durable
from channels.errors import QueueNotDurable
from channels.inbox import Inbox
from channels.intake import Intake
from channels.journal import Journal
from channels.lanes import Lane
from channels.limits import per_second
from channels.metrics import Metrics
from channels.outbox import Outbox, make_outbox
from channels.outcomes import NAME as OUTCOMES
from channels.parking import Parking
from channels.phone.line import PHONES, PhoneLine
from channels.replies import Replies
from channels.sealing import Seal, keys_from
from channels.settings import PROVIDERS, Settings
from channels.signs import Signs

HEARTBEAT = "worker:heartbeat"
WRITABLE = "ready:probe"


@dataclass(frozen=True, slots=True)
class Tables:
    """The reviewed tables: what we say, and what we look for."""

    replies: Replies
    signs: Signs

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Read them. Raises ReplyMissing on a table with holes."""
        return cls(Replies.load(settings.domain_folder), Signs.load(settings.lookups_folder))


@dataclass(frozen=True, slots=True)
class Stores:
    """One connection pool to Redis and all that is kept over it, with the reviewed tables."""

    redis: Redis
    seal: Seal
    book: AddressBook
    durable: Durable
    journal: Journal
    intake: Intake
    inbox: Inbox
    inbox_lane: Lane
    parking: Parking
    outbox: Outbox
    outcome_lane: Lane
    deliveries: Deliveries
    line: PhoneLine
    tables: Tables
    metrics: Metrics

    async def is_writable(self) -> bool:
        """Whether Redis takes and keeps what it is given."""
        try:
            await self.durable.check()
            await self.redis.set(WRITABLE, 1, px=1000)
        except (RedisError, QueueNotDurable):
            return False
        return True

    async def has_worker(self) -> bool:
        """Whether a worker said lately that it lives."""
        return bool(await self.redis.exists(HEARTBEAT))

    async def close(self) -> None:
        """Give the connections up."""
        await self.redis.aclose()


def now() -> datetime:
    """Return the time, for all that do not get it as an argument."""
    return datetime.now(UTC)


def connect(settings: Settings) -> Redis:
    """Make the connection pool; nothing is connected yet."""
    return Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=5.0,
        socket_connect_timeout=1.0,
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), retries=1),
        health_check_interval=15,
    )


def make_stores(
    settings: Settings,
    tables: Tables,
    clock: Callable[[], datetime] = now,
) -> Stores:
    """Make everything; nothing is connected yet."""
    redis = connect(settings)
    seal = Seal(keys_from(settings.channels_keys.get_secret_value()))
    book = AddressBook(redis, seal)
    metrics, durable = Metrics(), Durable(redis)
    inbox_lane = Lane(redis, inbox_module.NAME, seal)
    rates = dict.fromkeys(PROVIDERS, settings.sms_rate) | {"telegram": settings.telegram_rate}
    limits = {provider: per_second(rate) for provider, rate in rates.items()}
    outbox = make_outbox(redis, seal, dict.fromkeys(PHONES.values()) | limits)
    outcome_lane = Lane(redis, OUTCOMES, seal)
    inbox = Inbox(
        redis=redis,
        lane=inbox_lane,
        outbox=outbox,
        book=book,
        seal=seal,
        replies=tables.replies,
        signs=tables.signs,
        metrics=metrics,
        clock=clock,
    )
    deliveries = Deliveries(redis, outcome_lane, clock)
    journal = Journal(settings.home, seal)
    intake = Intake(
        inbox=inbox,
        deliveries=deliveries,
        journal=journal,
        durable=durable,
        metrics=metrics,
        clock=clock,
    )
    return Stores(
        redis=redis,
        seal=seal,
        book=book,
        durable=durable,
        journal=journal,
        intake=intake,
        inbox=inbox,
        inbox_lane=inbox_lane,
        parking=Parking(redis, inbox_module.NAME),
        outbox=outbox,
        outcome_lane=outcome_lane,
        deliveries=deliveries,
        line=PhoneLine(redis, seal, clock),
        tables=tables,
        metrics=metrics,
    )
