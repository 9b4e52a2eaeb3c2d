"""1.5 and 1.6: how large an SMS is, and M3 Tech's wire format."""

import io
import logging
import re
import sys

import structlog

from channels import log
from channels.errors import AccountRefused
from channels.messages import Words
from channels.settings import Account
from channels.sms.m3tech.sender import ADDRESS, M3TechSender
from channels.sms.segments import size_of
from tests.channels.conftest import NUMBER, Front
from tests.channels.lines import line_to
from tests.channels.outbound_cases import WORDS
from tests.channels.protocols.ground import Check, Row, answer, request, tried_in
from tests.channels.wires import WIRES

URDU = "کہاں؟ گاؤں یا شہر"
M3TECH = WIRES[2]


def size(text: str, encoding: str, units: int, segments: int) -> Check:
    async def check(_front: Front) -> None:
        found = size_of(text)
        assert (found.encoding, found.units, found.segments) == (encoding, units, segments)

    return check


async def the_answer(front: Front) -> None:
    answer = await M3TECH.post(front.client)
    assert re.fullmatch(r"SMS Accepted: [0-9a-f-]{36}", answer.text)


def again(seconds: float, kept: int) -> Check:
    async def check(front: Front) -> None:
        await M3TECH.post(front.client, "ji")
        front.clock.move(seconds=seconds)
        await M3TECH.post(front.client, "ji")
        assert len(await front.told()) == kept

    return check


async def another_text(front: Front) -> None:
    for text in ("ji", "nahi"):
        await M3TECH.post(front.client, text)
    assert len(await front.told()) == 2


async def the_request(_front: Front) -> None:
    async with line_to("m3tech") as line:
        for _ in range(2):
            await line.sender.send(NUMBER, WORDS)
        first, second = line.standin.sent
        assert first == second  # the number is ours, and the same each time
        assert first.pop("MsgId").isdigit()
        assert first == {
            "AuthKey": "m3-Tech",
            "UserId": "u",
            "Password": "pass",
            "SMS": WORDS.text,
            "SMSType": "0",
            "MobileNo": NUMBER.removeprefix("+"),
            "MsgHeader": "8333",
            "HandsetPort": "0",
            "SMSChannel": "0",
            "Telco": "0",
        }
    assert ADDRESS == "https://secure.m3techservice.com/GenericServiceRestAPI/api/SendSMS"


def sent(text: str, kind: str) -> Check:
    """A text goes out as one request, whole, and of this kind."""

    async def check(_front: Front) -> None:
        async with line_to("m3tech") as line:
            await line.sender.send(NUMBER, Words(key="k", text=text))
            [one] = line.standin.sent
            assert (one["SMSType"], one["SMS"]) == (kind, text)

    return check


async def no_log_holds_the_password(_front: Front) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    log.configure(stream)
    try:
        async with line_to("m3tech") as line:
            account = Account("pass-of-the-test", username="u", url=line.standin.url)
            sender = M3TechSender(account)
            try:
                await sender.send(NUMBER, WORDS)
            except AccountRefused:  # the stand-in answers 404 at its root
                structlog.get_logger().exception("broke")
            await sender.close()
    finally:
        root.handlers[:], root.level, sys.excepthook = handlers, level, hook
        structlog.reset_defaults()
    assert "broke" in stream.getvalue()
    assert "pass-of-the-test" not in stream.getvalue()


ONE, PART = "160 septets in one SMS, 153 in a part", "70 UTF-16 units in one SMS, 67 in a part"
ROWS = (
    Row("1.5", ONE, "160", size("a" * 160, "gsm7", 160, 1)),
    Row("1.5", ONE, "161", size("a" * 161, "gsm7", 161, 2)),
    Row("1.5", ONE, "306", size("a" * 306, "gsm7", 306, 2)),
    Row("1.5", ONE, "307", size("a" * 307, "gsm7", 307, 3)),
    Row("1.5", ONE, "a sign of the extension counts twice", size("a" * 159 + "€", "gsm7", 161, 2)),
    Row("1.5", PART, "70", size("ب" * 70, "ucs2", 70, 1)),
    Row("1.5", PART, "71", size("ب" * 71, "ucs2", 71, 2)),
    Row("1.5", PART, "134", size("ب" * 134, "ucs2", 134, 2)),
    Row("1.5", PART, "135", size("ب" * 135, "ucs2", 135, 3)),
    Row("1.5", PART, "a letter of two units", size("😀" * 36, "ucs2", 72, 2)),
    Row("1.5", "Urdu and Pashto are always UCS-2", "Urdu", size(URDU, "ucs2", 17, 1)),
    Row(
        "1.5",
        "Urdu and Pashto are always UCS-2",
        "Pashto",
        size("چېرته؟ کلی یا ښار", "ucs2", 17, 1),
    ),
    Row("1.5", "Urdu and Pashto are always UCS-2", "one letter", size("salam ښ", "ucs2", 7, 1)),
    Row(
        "1.5",
        "an answer has no more parts than it may",
        "all our replies",
        tried_in("test_segments.py", "test_no_reply_costs_more_than_it_may"),
    ),
    *(
        Row("1.6", "inbound fields in the query or in the body", label, request("m3tech", label))
        for label in ("in the query", "in the body", "in both", "no sender")
    ),
    Row("1.6", "the words of the answer", "a message", the_answer),
    *(
        Row("1.6", "no id: the same text within seconds is the same message", case, check)
        for case, check in {
            "2 s later": again(2, 1),
            "4 s later": again(4, 1),
            "6 s later: two": again(6, 2),
            "another text at once: two": another_text,
        }.items()
    ),
    Row("1.6", "the outbound fields", "one SMS, twice", the_request),
    Row("1.6", "kind 0 for GSM letters, 7 for others", "English", sent(WORDS.text, "0")),
    Row("1.6", "kind 0 for GSM letters, 7 for others", "Urdu", sent(URDU, "7")),
    *(
        Row("1.6", "success by the HTTP status", label, answer("m3tech", label))
        for label in ("0", "0 as a number", "a word", "nothing", "500", "429", "401", "1")
    ),
    Row("1.6", "a long text goes out whole", "161 letters", sent("a" * 161, "0")),
    Row("1.6", "a long text goes out whole", "134 letters of Urdu", sent("ب" * 134, "7")),
    Row(
        "1.6",
        "the credentials stand in the URL: no log holds one",
        "an SMS that is refused",
        no_log_holds_the_password,
    ),
)
