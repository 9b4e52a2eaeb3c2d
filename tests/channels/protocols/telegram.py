"""2: Telegram's Bot API."""

import asyncio
import json
from typing import Any

import pytest

from channels.errors import OptedOut, ProviderBusy
from channels.messages import Words
from channels.replies import Replies
from channels.settings import Account
from channels.telegram.bot import close_bot, make_bot
from channels.telegram.polling import register
from tests.channels.conftest import TELEGRAM_SECRET, Front, in_front_of, make_settings
from tests.channels.lines import line_to
from tests.channels.post import make_post
from tests.channels.protocols.ground import Check, Row, answer, request, tried_in
from tests.channels.wires import CHAT, update
from tests.standins.telegram import Telegram

CHAT_ROW = {"id": CHAT, "type": "private"}
PERSON = {"id": CHAT, "is_bot": False, "first_name": "A"}
BOT = {"id": 1, "is_bot": True, "first_name": "Amaan"}
MESSAGE = {"message_id": 5, "date": 1772452740, "chat": CHAT_ROW, "from": PERSON, "text": "salam"}
LONGEST = 4096  # letters
LANGUAGES = ("en", "ur", "ps", "roman_ur", "roman_ps")


async def the_registration(_front: Front) -> None:
    with Telegram().serve() as telegram:
        bot = make_bot(Account("123:made-up", url=telegram.url))
        await register(bot, "https://amaan.example/", "the-secret", asyncio.Event())
        await close_bot(bot)
        [call] = telegram.of("setWebhook")
    assert call["url"] == "https://amaan.example/telegram/webhook"
    assert call["secret_token"] == "the-secret"
    assert set(json.loads(call["allowed_updates"])) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


def secret(given: str, *, refused: bool) -> Check:
    async def check(_front: Front) -> None:
        if not refused:
            assert make_settings(telegram_secret=given)
            return
        with pytest.raises(ValueError, match="AMAAN_TELEGRAM_SECRET"):
            make_settings(telegram_secret=given)

    return check


async def no_secret_no_webhook(front: Front) -> None:
    async with in_front_of(make_settings(telegram_secret=None), front.stores) as client:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": ""}):
            answer = await client.post("/telegram/webhook", json={}, headers=headers)
            assert answer.status_code == 404


async def kept_first(front: Front) -> None:
    given = {"update_id": 7001, "message": MESSAGE}
    await front.stores.redis.config_set("appendfsync", "everysec")
    front.stores.durable.doubt()
    try:
        refused = await front.client.send(update(given))
    finally:
        await front.stores.redis.config_set("appendfsync", "always")
    assert refused.status_code == 503  # no durable Redis, and no journal on this ground
    assert (await front.client.send(update(given))).status_code == 200
    assert [told.key for told in await front.told()] == ["telegram:7001"]


def handed_over(*numbers: int, kept: int) -> Check:
    async def check(front: Front) -> None:
        for number in numbers:
            given = {"update_id": number, "message": MESSAGE}
            assert (await front.client.send(update(given))).status_code == 200
        assert len(await front.told()) == kept

    return check


def read(given: dict[str, Any], *texts: str) -> Check:
    async def check(front: Front) -> None:
        assert (await front.client.send(update({"update_id": 7001} | given))).status_code == 200
        assert [told.text for told in await front.told()] == list(texts)
        assert await front.quarantined() == 0

    return check


async def blocked(front: Front) -> None:
    await front.client.send(update({"update_id": 1, "message": MESSAGE}))
    before, after = {"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked"}
    change = {"chat": CHAT_ROW, "from": PERSON, "date": 1, "old_chat_member": before}
    change |= {"new_chat_member": after | {"until_date": 0}}
    await front.client.send(update({"update_id": 2, "my_chat_member": change}))
    await opted_out(front)


async def opted_out(front: Front) -> None:
    conversation = await front.stores.book.find("telegram", str(CHAT)) or ""
    person = await front.person(conversation)
    assert person.opted_out


async def left_in_peace(front: Front) -> None:
    post = make_post(front)
    post.provider.failures = [OptedOut("Forbidden")]
    for number in (1, 2):
        await post.queue(
            "one", "receipt", channel="telegram", to=str(CHAT), key=f"telegram:{number}"
        )
    await post.work()
    front.clock.move(hours=1)
    await post.work()
    assert post.provider.texts == []
    await opted_out(front)


async def when_it_says(front: Front) -> None:
    post = make_post(front)
    post.provider.failures = [ProviderBusy("RetryAfter", retry_after=17)]
    await post.queue("one", "receipt", channel="telegram", to=str(CHAT), key="telegram:1")
    await post.work()
    front.clock.move(seconds=16.9)
    await post.work()
    assert post.provider.sent == []
    front.clock.move(seconds=0.1)
    await post.work()
    assert len(post.provider.sent) == 1


async def signs_stay(_front: Front) -> None:
    text = "_Girl* or [boy](x) `1` <b>"
    async with line_to("telegram") as line:
        await line.sender.send(str(CHAT), Words(key="k", text=text))
        [sent] = line.standin.sent
    assert sent["text"] == text
    assert "parse_mode" not in sent
    assert "entities" not in sent


def replies() -> Replies:
    return Replies.load(make_settings().domain_folder)


async def none_is_too_long(_front: Front) -> None:
    texts = [one.reply.text for one in replies().all()]
    assert len(texts) > 100
    # Twice as long, because a place or a case code is put in.
    assert max(map(len, texts)) * 2 < LONGEST


async def another_way(_front: Front) -> None:
    for language in LANGUAGES:
        text = replies().find("utter_greet", language, "telegram").text
        assert "SMS" in text
        assert "1121" in text


TAP = {"id": "q1", "from": PERSON, "chat_instance": "c", "data": "1", "message": MESSAGE}
EDITED = {"edited_message": MESSAGE | {"text": "salaam", "edit_date": 1772452800}}
REPEATS = "update_id tells repeats, and may start anew"
PACE = "the longest text and the pace that Telegram takes"
SECRETS = "the secret is 1 to 256 of A-Z, a-z, 0-9, _ and -"
OTHERS = "edited messages, buttons and blocking are read"
HEADER = "the secret comes in a header, and a wrong one finds nothing"
ROWS = (
    Row("2", "setWebhook with address, secret and the updates we read", "once", the_registration),
    Row("2", SECRETS, "as we make them", secret(TELEGRAM_SECRET, refused=False)),
    Row("2", SECRETS, "256", secret("aZ09_-" * 42 + "aaaa", refused=False)),
    Row("2", SECRETS, "257", secret("a" * 257, refused=True)),
    Row("2", SECRETS, "a sign Telegram refuses", secret("a" * 40 + "+", refused=True)),
    Row("2", HEADER, "a guess", request("telegram", "a guess")),
    Row("2", HEADER, "the right one", request("telegram", "a text")),
    Row("2", HEADER, "no secret: no webhook", no_secret_no_webhook),
    Row("2", "an update is kept before the 200", "refused when it cannot be", kept_first),
    Row("2", REPEATS, "handed over four times", handed_over(7, 7, 7, 7, kept=1)),
    Row("2", REPEATS, "a lower one after a week's rest", handed_over(900, 3, kept=2)),
    Row("2", PACE, "no reply is too long", none_is_too_long),
    Row(
        "2",
        PACE,
        "one a second to a chat",
        tried_in("test_brakes.py", "test_a_chat_gets_one_message_a_second"),
    ),
    Row(
        "2",
        PACE,
        "thirty a second to all",
        tried_in("test_brakes.py", "test_all_chats_together_get_thirty_a_second_danger_first"),
    ),
    Row("2", "403: the person is left in peace", "blocked", answer("telegram", "blocked")),
    Row("2", "403: the person is left in peace", "deactivated", answer("telegram", "no more")),
    Row("2", "403: the person is left in peace", "nothing more is sent", left_in_peace),
    Row("2", "429: after as long as it says", "the wire", answer("telegram", "429 until")),
    Row("2", "429: after as long as it says", "the next try", when_it_says),
    Row("2", OTHERS, "an edited message", read(EDITED, "salaam")),
    Row("2", OTHERS, "a tap on a button", read({"callback_query": TAP}, "1")),
    Row("2", OTHERS, "being blocked", blocked),
    Row("2", "plain text", "signs of a mark-up stay", signs_stay),
    Row("2", "never the only way: a greeting names SMS and 1121", "five forms", another_way),
)
