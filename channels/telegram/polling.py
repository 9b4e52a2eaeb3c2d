"""How updates reach us: Telegram calls our public address, or we ask it for them.

Asking is for a machine without a public address. One worker asks at a time, held by a lock in
Redis, for Telegram refuses two. An update is confirmed only once it is in the inbox.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from telegram import Bot
from telegram.error import TelegramError

from channels.errors import NotAMessage
from channels.inbox import Inbox
from channels.sole import Sole, pause, wait_after
from channels.telegram.updates import ALLOWED, PROVIDER, read_update
from channels.telegram.webhook import keep

LOCK = "telegram:asking"
LOCK_FOR = 60  # seconds; longer than one question takes
ASK_FOR = 25  # seconds that Telegram keeps a question open
ANSWERS_WITHIN = 10  # seconds after that

log = structlog.get_logger()


class Poller:
    """Asks Telegram for updates and keeps them."""

    def __init__(self, bot: Bot, redis: Redis, inbox: Inbox) -> None:
        self._bot = bot
        self._sole = Sole(redis, LOCK, LOCK_FOR)
        self._inbox = inbox
        self._offset: int | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Ask until told to stop."""
        await until_done(self._bot.delete_webhook, stopping)
        failures = 0
        while not stopping.is_set():
            try:
                if await self._sole.is_mine():
                    await self._ask()
                else:
                    await pause(stopping, LOCK_FOR / 4)
                failures = 0
            except (TelegramError, RedisError, TypeError, LookupError) as error:
                failures += 1
                log.warning("telegram_away", error=type(error).__name__, failures=failures)
                await pause(stopping, wait_after(failures))
        await self._sole.release()

    async def _ask(self) -> None:
        query = {"timeout": ASK_FOR, "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            query["offset"] = self._offset
        # Not the library's get_updates: one update it cannot read would hide all others, for ever.
        updates = await self._bot.request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(query)}",
            read_timeout=ASK_FOR + ANSWERS_WITHIN,
        )
        for update in cast("list[dict[str, Any]]", updates):
            await self._keep(update)
            self._offset = update["update_id"] + 1

    async def _keep(self, update: dict[str, Any]) -> None:
        try:
            await keep(self._inbox, read_update(update))
        except NotAMessage:
            await self._inbox.quarantine(PROVIDER, json.dumps(update).encode())


async def register(bot: Bot, url: str, secret: str, stopping: asyncio.Event) -> None:
    """Tell Telegram where to call us, until it has heard."""
    await until_done(
        lambda: bot.set_webhook(
            url=f"{url.rstrip('/')}/telegram/webhook",
            secret_token=secret,
            allowed_updates=ALLOWED,
        ),
        stopping,
    )


async def until_done(ask: Callable[[], Awaitable[bool]], stopping: asyncio.Event) -> None:
    """Ask Telegram for something until it agrees or we are told to stop."""
    failures = 0
    while not stopping.is_set():
        try:
            await ask()
            return
        except TelegramError as error:
            failures += 1
            log.warning("telegram_away", error=type(error).__name__, failures=failures)
            await pause(stopping, wait_after(failures))
