"""Asks Africa's Talking for messages: for a machine they cannot call, or to find what calls missed.

One worker asks at a time. What was asked for is behind us only once it is in the inbox.
"""

import asyncio
import hashlib
import json
from typing import Any

import aiohttp
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.errors import NotAMessage
from channels.inbox import REMEMBERED, Inbox
from channels.settings import Account
from channels.sms.africastalking.inbound import PROVIDER, to_message
from channels.sms.africastalking.sender import Messaging
from channels.sole import Sole, pause, wait_after

LOCK = f"{PROVIDER}:asking"
LOCK_FOR = 60  # seconds; longer than one question takes
RECEIVED = f"{PROVIDER}:received"  # the greatest id that is in the inbox

# Not there, or an answer that is none.
AWAY = (aiohttp.ClientError, TimeoutError, RedisError, ValueError, LookupError, TypeError)

log = structlog.get_logger()


class Poller:
    """Asks for messages and keeps them."""

    def __init__(self, account: Account, redis: Redis, inbox: Inbox, every: float) -> None:
        """Ask each so many seconds while there is nothing new."""
        self._messaging = Messaging(account)
        self._redis = redis
        self._inbox = inbox
        self._every = every
        self._sole = Sole(redis, LOCK, LOCK_FOR)

    async def run(self, stopping: asyncio.Event) -> None:
        """Ask until told to stop."""
        failures = 0
        while not stopping.is_set():
            wait = self._every
            try:
                if await self._sole.is_mine() and await self._ask():
                    wait = 0.0
                failures = 0
            except AWAY as error:
                failures += 1
                log.warning("africastalking_away", error=type(error).__name__, failures=failures)
                wait = max(self._every, wait_after(failures))
            await pause(stopping, wait)
        await self._sole.release()

    async def close(self) -> None:
        """Give the connections up."""
        await self._messaging.close()

    async def _ask(self) -> bool:
        """Ask once and keep what came; whether anything did that was not behind us."""
        received = int(await self._redis.get(RECEIVED) or 0)
        async with self._messaging.fetch_messages(last_received_id=str(received)) as answer:
            answer.raise_for_status()
            messages = json.loads(await answer.read())["SMSMessageData"]["Messages"]
        before = received
        for given in sorted(messages, key=_number_of):
            await self._keep(given)
            if _number_of(given) > received:
                received = _number_of(given)
                await self._redis.set(RECEIVED, received)
        return received > before

    async def _keep(self, given: object) -> None:
        try:
            await self._inbox.accept(to_message(_fields_of(given), "asked"))
        except NotAMessage:
            await self._put_aside(json.dumps(given).encode())

    async def _put_aside(self, raw: bytes) -> None:
        """Quarantine it once; one without an id is in every answer."""
        name = f"seen:{PROVIDER}:{hashlib.sha256(raw).hexdigest()}"
        if not await self._redis.exists(name):
            await self._inbox.quarantine(PROVIDER, raw)
            await self._redis.set(name, 1, ex=REMEMBERED)


def _fields_of(given: object) -> dict[str, str]:
    """The fields as the callback would write them. Raises NotAMessage without a sender or an id."""
    if not isinstance(given, dict) or not _number_of(given):
        raise NotAMessage
    return {str(name): str(value) for name, value in given.items() if value is not None}


def _number_of(given: Any) -> int:  # noqa: ANN401  whatever their answer holds
    """The id; 0 for what has none."""
    try:
        return int(given["id"])
    except (ValueError, LookupError, TypeError):
        return 0
