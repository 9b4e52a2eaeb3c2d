"""What each provider may put on the wire for an inbound message, and what becomes of it.

The next provider gets a list here; `test_inbound_cases.py` asks it for a case of every sort.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

import httpx

from tests.channels.conftest import NOON, NUMBER, SECRET, Front
from tests.channels.wires import CHAT, update

Sort = Literal[
    "well-formed", "odd date", "left out", "unknown field", "malformed", "wrong secret", "too large"
]
LONGEST = 64 * 1024  # bytes
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
EARLIER = NOON - timedelta(minutes=1)
EARLIER_EPOCH = int(EARLIER.timestamp())


@dataclass(frozen=True)
class Case:
    """One request, what it is answered and what is kept of it."""

    sort: Sort
    label: str
    request: httpx.Request
    text: str | None = "salam"  # kept, or None when nothing is
    status: int = 200
    received: datetime = NOON
    quarantined: int = 0


def aside(label: str, request: httpx.Request) -> Case:
    """Authentic and malformed."""
    return Case("malformed", label, request, text=None, quarantined=1)


def refused(sort: Sort, status: int, label: str, request: httpx.Request) -> Case:
    """Not taken at all."""
    return Case(sort, label, request, text=None, status=status)


def africastalking() -> list[Case]:
    """The documented fields, of which a message needs but a sender."""
    inbound = f"http://channels/sms/africastalking/{SECRET}/inbound"

    def post(body: Mapping[str, str] | bytes, url: str = inbound) -> httpx.Request:
        content = body if isinstance(body, bytes) else urlencode(body).encode()
        return httpx.Request("POST", url, content=content, headers=FORM)

    least = {"from": "+923000000001", "text": "salam"}
    full = least | {
        "date": "2026-03-02T11:59:00Z",
        "id": "7001",
        "linkId": "03090445075804249226",
        "to": "21512",
        "cost": "KES 0.8000",
        "networkCode": "41001",
    }
    return [
        Case("well-formed", "as documented", post(full), received=EARLIER),
        Case("well-formed", "nothing written", post(full | {"text": ""}), "", received=EARLIER),
        Case(
            "odd date",
            "with a space",
            post(full | {"date": "2026-03-02 11:59:00"}),
            received=EARLIER,
        ),
        Case(
            "odd date",
            "in Pakistan's time",
            post(full | {"date": "2026-03-02T16:59:00+05:00"}),
            received=EARLIER,
        ),
        Case("odd date", "years ago", post(full | {"date": "2017-05-03T06:04:45Z"})),
        Case("odd date", "in the future", post(full | {"date": "2026-03-02T17:00:00Z"})),
        Case("odd date", "another notation", post(full | {"date": "02/03/2026"})),
        Case("odd date", "empty", post(full | {"date": ""})),
        Case("left out", "all but who and what", post(least)),
        Case("left out", "the text", post({"from": "+923000000001", "id": "1"}), ""),
        Case("unknown field", "more than documented", post(full | {"udh": "x"}), received=EARLIER),
        aside("nothing", post(b"")),
        aside("no sender", post({"text": "salam", "id": "1"})),
        aside("an empty sender", post(full | {"from": " "})),
        aside("JSON", post(b'{"from": "+923000000001", "text": "salam"}')),
        aside("bytes", post(b"\xff\xfe%zz&&==%")),
        refused("wrong secret", 404, "a guess", post(full, inbound.replace(SECRET, "guess"))),
        refused("too large", 413, "one byte more", post(b"x" * (LONGEST + 1))),
        aside("as large as may be", post(b"x" * LONGEST)),
    ]


def kannel() -> list[Case]:
    """The README's get-url; without a plus, in epoch seconds."""
    inbound = f"http://channels/sms/kannel/{SECRET}/inbound"

    def get(query: Mapping[str, str] | bytes, url: str = inbound) -> httpx.Request:
        written = query if isinstance(query, bytes) else urlencode(query).encode()
        return httpx.Request("GET", httpx.URL(url).copy_with(query=written))

    least = {"from": "923000000001", "text": "salam"}
    full = least | {
        "to": "8333",
        "id": "0cf786d6-e473-4297-91d7-3aa2d4bc5cda",
        "ts": str(EARLIER_EPOCH),
        "coding": "0",
        "charset": "UTF-8",
        "smsc": "operator",
    }
    word = urlencode({**full, "coding": "2", "charset": "UTF-16BE", "text": ""}).encode()
    utf16 = word.replace(b"text=", b"text=%06E%06'%064%06H%06E")
    return [
        Case("well-formed", "GSM letters", get(full), received=EARLIER),
        Case("well-formed", "nothing written", get(full | {"text": ""}), "", received=EARLIER),
        Case("well-formed", "UTF-16", get(utf16), "ماشوم", received=EARLIER),
        Case(
            "well-formed",
            "UTF-16, its last space cut in half",
            get(utf16.replace(b"H%06E", b"H%06E%00")),
            "ماشوم�",
            received=EARLIER,
        ),
        Case(
            "well-formed",
            "UTF-16 under no name that is known",
            get(utf16.replace(b"UTF-16BE", b"8-BIT")),
            "ماشوم",
            received=EARLIER,
        ),
        Case("odd date", "no number", get(full | {"ts": "soon"})),
        Case("odd date", "beyond all years", get(full | {"ts": "9" * 30})),
        Case("odd date", "1970", get(full | {"ts": "0"})),
        Case("odd date", "tomorrow", get(full | {"ts": str(EARLIER_EPOCH + 86_400)})),
        Case("odd date", "empty", get(full | {"ts": ""})),
        Case("left out", "all but who and what", get(least)),
        Case("left out", "the text", get({"from": "923000000001", "id": "1"}), ""),
        Case("unknown field", "more than we ask for", get(full | {"udh": "x"}), received=EARLIER),
        aside("nothing", get(b"")),
        aside("no sender", get({"text": "salam", "id": "1"})),
        aside("an empty sender", get(full | {"from": ""})),
        aside("bytes", get(b"%ff%fe&&==%")),
        refused("wrong secret", 404, "a guess", get(full, inbound.replace(SECRET, "guess"))),
        refused(
            "too large", 413, "a body", httpx.Request("GET", inbound, content=b"x" * (LONGEST + 1))
        ),
    ]


def m3tech() -> list[Case]:
    """Two fields, in the query or in the body."""
    inbound = f"http://channels/sms/m3tech/{SECRET}/inbound"

    def post(query: Mapping[str, str], body: bytes = b"", url: str = inbound) -> httpx.Request:
        return httpx.Request("POST", url, params=query, content=body, headers=FORM)

    full = {"from": "+923000000001", "text": "salam"}
    return [
        Case("well-formed", "in the query", post(full)),
        Case("well-formed", "in the body", post({}, urlencode(full).encode())),
        Case("well-formed", "in both", post({"from": full["from"]}, b"text=salam")),
        Case("well-formed", "nothing written", post(full | {"text": ""}), ""),
        Case("left out", "the text", post({"from": full["from"]}), ""),
        Case("unknown field", "a telco", post(full | {"telco": "1"})),
        aside("nothing", post({})),
        aside("no sender", post({"text": "salam"})),
        aside("bytes", post({}, b"\xff\xfe%zz&&==%")),
        refused("wrong secret", 404, "a guess", post(full, url=inbound.replace(SECRET, "guess"))),
        refused("too large", 413, "one byte more", post({}, b"x" * (LONGEST + 1))),
    ]


def telegram() -> list[Case]:
    """Updates. What they can hold besides text is in test_updates.py."""
    person = {"id": CHAT, "is_bot": False, "first_name": "A"}
    base: dict[str, Any] = {"message_id": 5, "chat": {"id": CHAT, "type": "private"}}
    base |= {"date": EARLIER_EPOCH, "text": "salam"}
    full = base | {"from": person}

    def post(message: Mapping[str, Any], **besides: Any) -> httpx.Request:
        return update({"update_id": 7001, "message": message} | besides)

    def raw(body: bytes) -> httpx.Request:
        known = update({})
        return httpx.Request(
            "POST",
            known.url,
            content=body,
            headers={name: value for name, value in known.headers.items() if name.startswith("x-")},
        )

    return [
        Case("well-formed", "a text", post(full), received=EARLIER),
        Case("odd date", "1970", post(full | {"date": 0})),
        Case("odd date", "tomorrow", post(full | {"date": EARLIER_EPOCH + 86_400})),
        Case("left out", "who, besides the chat", post(base), received=EARLIER),
        Case("unknown field", "in the message", post(full | {"mood": {"x": 1}}), received=EARLIER),
        Case("unknown field", "in the update", post(full, mood=1), received=EARLIER),
        aside("nothing", raw(b"")),
        aside("no JSON", raw(b"\xff{")),
        aside("nested without end", raw(b"[" * LONGEST)),
        aside("a list", raw(b"[]")),
        aside("no id", update({"message": full})),
        aside("no chat", post({"message_id": 5, "date": 1, "text": "salam"})),
        aside("no date", post({name: one for name, one in full.items() if name != "date"})),
        aside("a date in words", post(full | {"date": "soon"})),
        aside("a message in words", update({"update_id": 1, "message": "salam"})),
        refused("wrong secret", 404, "a guess", update({"update_id": 1}, "guess")),
        refused("too large", 413, "one byte more", raw(b"x" * (LONGEST + 1))),
    ]


CASES = {
    "africastalking": africastalking(),
    "kannel": kannel(),
    "m3tech": m3tech(),
    "telegram": telegram(),
}
# What a provider has no field for.
WITHOUT: dict[str, set[Sort]] = {"m3tech": {"odd date"}}


async def hold_request(provider: str, case: Case, front: Front) -> None:
    """Assert that a request is answered and kept as the case says."""
    answer = await front.client.send(case.request)
    assert answer.status_code == case.status
    assert await front.quarantined() == case.quarantined
    kept = await front.told()
    assert [one.text for one in kept] == ([] if case.text is None else [case.text])
    for one in kept:
        assert (one.provider, one.received_at) == (provider, case.received)
        channel, address = ("telegram", str(CHAT)) if provider == "telegram" else ("sms", NUMBER)
        assert await front.stores.book.find(channel, address)
