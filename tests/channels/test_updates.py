"""Telegram's updates, read: what is a message to us, and what is not."""

import pytest

from channels.errors import NotAMessage
from channels.messages import InboundMessage, Location
from channels.telegram.updates import Blocked, read_update
from tests.channels.conftest import Front
from tests.channels.wires import CHAT, update

PERSON = {"id": CHAT, "is_bot": False, "first_name": "A"}
PRIVATE = {"id": CHAT, "type": "private"}
BASE = {"message_id": 5, "date": 1772452740, "chat": PRIVATE, "from": PERSON}
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {"width": 1, "height": 1}
STICKER = FILE | SIZE | {"is_animated": False, "is_video": False, "type": "regular"}
PIN = {"latitude": 32.3042, "longitude": 69.5731}
BOT = {"id": 1, "is_bot": True, "first_name": "Amaan"}


def member(status: str, chat: dict[str, object]) -> dict[str, object]:
    before = {"user": BOT, "status": "member"}
    after = {"user": BOT, "status": status}
    if status == "kicked":
        after["until_date"] = 0
    change = {"chat": chat, "from": PERSON, "date": 1, "old_chat_member": before}
    return {"my_chat_member": change | {"new_chat_member": after}}


def tapped(**given: object) -> dict[str, object]:
    return {"callback_query": {"id": "q1", "from": PERSON, "chat_instance": "c"} | given}


@pytest.mark.parametrize(
    ("given", "text", "media"),
    [
        pytest.param({"text": "سلام"}, "سلام", None, id="text"),
        pytest.param({"text": "/start"}, "start", None, id="a command"),
        pytest.param({"text": "/start deep-link"}, "start", None, id="a start by a link"),
        pytest.param({"text": "/stop@AmaanBot"}, "stop", None, id="a command by name"),
        pytest.param({"text": "/language"}, "language", None, id="the language command"),
        pytest.param({"text": "/help"}, "help", None, id="the help command"),
        pytest.param({"text": "/inform{}"}, "/inform{}", None, id="no command of ours"),
        pytest.param({"text": "/"}, "/", None, id="a slash"),
        pytest.param({"voice": FILE | {"duration": 3}}, "", "voice", id="a voice"),
        pytest.param({"audio": FILE | {"duration": 3}}, "", "voice", id="a sound"),
        pytest.param({"video": FILE | SIZE | {"duration": 3}}, "", "voice", id="a film"),
        pytest.param(
            {"video_note": FILE | {"length": 9, "duration": 3}}, "", "voice", id="a round film"
        ),
        pytest.param(
            {"document": FILE | {"mime_type": "audio/ogg"}}, "", "voice", id="a sound as a file"
        ),
        pytest.param(
            {"document": FILE | {"mime_type": "video/mp4"}}, "", "voice", id="a film as a file"
        ),
        pytest.param(
            {"document": FILE | {"mime_type": "image/png"}}, "", "picture", id="a picture as a file"
        ),
        pytest.param({"document": FILE}, "", "other", id="a file"),
        pytest.param(
            {"animation": FILE | SIZE | {"duration": 3}, "document": FILE},
            "",
            "picture",
            id="a moving picture",
        ),
        pytest.param({"photo": [FILE | SIZE]}, "", "picture", id="a picture"),
        pytest.param({"sticker": STICKER}, "", "other", id="a sticker"),
        pytest.param({"dice": {"value": 1, "emoji": "🎲"}}, "", "other", id="a dice"),
        pytest.param(
            {"photo": [FILE | SIZE], "caption": "dekho"},
            "dekho",
            "picture",
            id="a picture with words",
        ),
        pytest.param(
            {"contact": {"phone_number": "1", "first_name": "B"}}, "", "other", id="a card"
        ),
    ],
)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_what_was_written(kind, given, text, media) -> None:
    read = read_update({"update_id": 7, kind: BASE | given | {"edit_date": 1772452800}})
    if kind == "edited_message" and not text:
        assert read is None
        return
    assert isinstance(read, InboundMessage)
    assert (read.text, read.media) == (text, media)
    assert (read.external_id, read.address) == ("7", str(CHAT))


def test_a_pin_is_a_place_and_a_moving_pin_is_silence() -> None:
    read = read_update({"update_id": 7, "message": BASE | {"location": PIN}})
    assert isinstance(read, InboundMessage)
    assert (read.text, read.location) == ("", Location(lat=32.3042, lon=69.5731))
    assert not read.media
    assert read_update({"update_id": 8, "edited_message": BASE | {"location": PIN}}) is None


def test_a_tap_is_the_word_an_sms_user_would_type() -> None:
    message = BASE | {"from": BOT, "text": "Girl or boy?"}
    read = read_update({"update_id": 7} | tapped(data="1", message=message))
    assert isinstance(read, InboundMessage)
    assert (read.text, read.tap, read.address) == ("1", "q1", str(CHAT))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="an update of a kind we did not ask for"),
        pytest.param(
            {"message": BASE | {"chat": {"id": -5, "type": "group"}, "text": "x"}}, id="a group"
        ),
        pytest.param({"message": BASE | {"from": BOT, "text": "x"}}, id="another bot"),
        pytest.param({"message": BASE | {"group_chat_created": True}}, id="a service message"),
        pytest.param(tapped(data="1"), id="a tap on nothing"),
        pytest.param(
            tapped(data="1", message=BASE | {"chat": {"id": -5, "type": "group"}}),
            id="a tap in a group",
        ),
        pytest.param(member("member", PRIVATE), id="unblocked"),
        pytest.param(member("left", {"id": -5, "type": "group"}), id="put out of a group"),
    ],
)
def test_what_is_no_message_to_us(given: dict[str, object]) -> None:
    assert read_update({"update_id": 7} | given) is None


def test_being_blocked() -> None:
    assert read_update({"update_id": 7} | member("kicked", PRIVATE)) == Blocked(str(CHAT))


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "x",
        5,
        {},
        {"update_id": 1, "message": 5},
        {"update_id": 1, "message": {"text": "x"}},
    ],
)
async def test_what_nobody_can_read_is_put_aside(given: object, front: Front) -> None:
    with pytest.raises(NotAMessage):
        read_update(given)
    assert (await front.client.send(update(given))).status_code == 200
    assert await front.quarantined() == 1


async def test_text_that_is_no_json_is_put_aside(front: Front) -> None:
    request = update({})
    answer = await front.client.post("/telegram/webhook", content=b"\xff{", headers=request.headers)
    assert answer.status_code == 200
    assert await front.quarantined() == 1


async def test_half_a_letter_does_no_harm(front: Front) -> None:
    given = {"update_id": 7, "message": BASE | {"text": "x\ud83d"}}
    assert (await front.client.send(update(given))).status_code == 200
    assert [one.text for one in await front.told()] == ["x?"]


async def test_being_blocked_is_noted_until_the_person_writes_again(front: Front) -> None:
    book = front.stores.book
    for number in (7, 9):
        await front.client.send(update({"update_id": number, "message": BASE | {"text": "x"}}))
        person = await front.person(await book.find("telegram", str(CHAT)) or "")
        assert not person.opted_out
        await front.client.send(update({"update_id": number + 1} | member("kicked", PRIVATE)))
        person = await front.person(await book.find("telegram", str(CHAT)) or "")
        assert person.opted_out
