"""Updates that we ask for, and telling Telegram our address."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from channels.hearing import hear_africas_talking
from channels.settings import Account
from channels.telegram.bot import close_bot, make_bot
from channels.telegram.polling import LOCK, Poller, register
from tests.channels.conftest import Front, make_settings
from tests.channels.wires import CHAT
from tests.standins.africastalking import AfricasTalking
from tests.standins.telegram import Telegram

VOICE = {"file_id": "f", "file_unique_id": "u", "duration": 3}
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


async def test_every_kind_of_update_is_asked_for_and_an_unreadable_one_stops_nothing(
    telegram: Telegram, bot: Bot, front: Front
) -> None:
    person = {"id": CHAT, "is_bot": False, "first_name": "A"}
    amaan = {"id": 1, "is_bot": True, "first_name": "Amaan"}
    tap = {"id": "q1", "from": person, "chat_instance": "c", "data": "1"}
    blocked = {"chat": BASE["chat"], "from": person, "date": 1}
    blocked |= {"old_chat_member": {"user": amaan, "status": "member"}}
    blocked |= {"new_chat_member": {"user": amaan, "status": "kicked", "until_date": 0}}
    telegram.waiting = [
        {"update_id": 7, "message": BASE | {"text": "salam"}},
        {"update_id": 8, "message": {"text": "no chat at all"}},
        {"update_id": 9, "edited_message": BASE | {"text": "salaam", "edit_date": 1772452800}},
        {"update_id": 10, "callback_query": tap | {"message": BASE | {"text": "?"}}},
        {"update_id": 11, "message": BASE | {"voice": VOICE}},
        {"update_id": 12, "my_chat_member": blocked},
    ]
    stopping = asyncio.Event()
    asking = asyncio.create_task(Poller(bot, front.stores.redis, front.stores.inbox).run(stopping))
    await until(lambda: not telegram.waiting)
    stopping.set()
    await asking
    told = await front.told()
    assert [one.text for one in told] == ["salam", "salaam", "1", ""]
    assert [one.media for one in told] == [None, None, None, "voice"]
    assert await front.quarantined() == 1
    conversation = await front.stores.book.find("telegram", str(CHAT))
    assert conversation
    person_now = await front.person(conversation)
    assert person_now.opted_out


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


async def test_africas_talking_is_asked_where_the_operator_wants_that(front: Front) -> None:
    stopping = asyncio.Event()
    with AfricasTalking().serve() as provider:
        given = {"africastalking_username": "sandbox", "africastalking_api_key": "at-key"}
        given |= {"africastalking_api_url": provider.url}
        await hear_africas_talking(make_settings(**given), front.stores, stopping)
        assert provider.asked == []
        settings = make_settings(**given, africastalking_ask_every=0.05)
        asking = asyncio.create_task(hear_africas_talking(settings, front.stores, stopping))
        await until(lambda: len(provider.asked) > 1)
        stopping.set()
        await asking
