"""Updates that we ask for, and telling Telegram our address."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from channels.settings import Account
from channels.telegram.bot import close_bot, make_bot
from channels.telegram.polling import LOCK, Poller, register
from tests.channels.conftest import Front
from tests.channels.wires import CHAT
from tests.standins.telegram import Telegram

BASE = {"message_id": 5, "date": 1772452740, "chat": {"id": CHAT, "type": "private"}}


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram().serve() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    bot = make_bot(Account("123:made-up", url=telegram.url))
    yield bot
    await close_bot(bot)


async def until(holds, *, tries: int = 200) -> None:
    """Wait until something holds, at most four seconds."""
    for _ in range(tries):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail("It never came true.")


async def test_updates_are_confirmed_once_they_are_kept(
    telegram: Telegram, bot: Bot, front: Front
) -> None:
    telegram.waiting = [
        {"update_id": number, "message": BASE | {"text": f"text {number}"}} for number in (7, 8)
    ]
    stopping = asyncio.Event()
    poller = Poller(bot, front.stores.redis, front.stores.inbox)
    asking = asyncio.create_task(poller.run(stopping))
    await until(lambda: not telegram.waiting)
    stopping.set()
    await asking
    assert [one.text for one in await front.told()] == ["text 7", "text 8"]
    assert len(telegram.of("deleteWebhook")) == 1
    allowed = json.loads(telegram.of("getUpdates")[0]["allowed_updates"])
    assert set(allowed) == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert await front.stores.redis.get(LOCK) is None


async def test_one_worker_asks_at_a_time(telegram: Telegram, bot: Bot, front: Front) -> None:
    await front.stores.redis.set(LOCK, "another worker")
    stopping = asyncio.Event()
    poller = Poller(bot, front.stores.redis, front.stores.inbox)
    asking = asyncio.create_task(poller.run(stopping))
    await until(lambda: telegram.of("deleteWebhook"))
    stopping.set()
    await asking
    assert telegram.of("getUpdates") == []
    assert await front.stores.redis.get(LOCK) == b"another worker"


async def test_telegram_is_told_our_address_and_secret(telegram: Telegram, bot: Bot) -> None:
    await register(bot, "https://amaan.example/", "the-secret", asyncio.Event())
    (call,) = telegram.of("setWebhook")
    assert call["url"] == "https://amaan.example/telegram/webhook"
    assert call["secret_token"] == "the-secret"
