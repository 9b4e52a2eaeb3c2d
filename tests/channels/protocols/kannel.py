"""5: Kannel 1.4.5. With the real boxes of Debian it is tried in test_kannel.py."""

from urllib.parse import parse_qsl, urlsplit

from channels.messages import Words
from tests.channels.conftest import NUMBER, SECRET, Front
from tests.channels.lines import line_to
from tests.channels.outbound_cases import WORDS
from tests.channels.protocols.ground import Check, Row, answer, request, tried_in

URDU = "بچی کو مار رہا ہے"


def sent(text: str, coding: str) -> Check:
    async def check(_front: Front) -> None:
        async with line_to("kannel") as line:
            await line.sender.send(NUMBER, Words(key="telegram:7:0", text=text))
            [one] = line.standin.sent
        report_to = one.pop("dlr-url")
        assert one == {
            "username": "u",
            "password": "pass",
            "to": NUMBER,
            "text": text,
            "charset": "UTF-8",
            "coding": coding,
            "dlr-mask": "31",
        }
        address = urlsplit(report_to)
        assert address.path == f"/sms/kannel/{SECRET}/delivery"
        assert dict(parse_qsl(address.query)) == {"id": "telegram:7:0", "status": "%d"}

    return check


def reported(*numbers: str, state: str) -> Check:
    async def check(front: Front) -> None:
        for number in numbers:
            answer = await front.client.get(
                f"/sms/kannel/{SECRET}/delivery", params={"id": "k", "status": number}
            )
            assert answer.status_code == 200
        assert await front.stores.deliveries.state("kannel", "k") == state

    return check


def put_aside(**fields: str) -> Check:
    async def check(front: Front) -> None:
        answer = await front.client.get(f"/sms/kannel/{SECRET}/delivery", params=fields)
        assert answer.status_code == 200
        assert await front.quarantined() == 1

    return check


def written(raw: str, coding: str, charset: str) -> Check:
    """An Urdu text comes out, however smsbox put it into the query."""

    async def check(front: Front) -> None:
        query = f"from=923000000001&id=u1&coding={coding}&charset={charset}&text={raw}"
        answer = await front.client.get(f"/sms/kannel/{SECRET}/inbound?{query}")
        assert answer.status_code == 200
        assert [told.text for told in await front.told()] == [URDU]

    return check


def percent(text: str, charset: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode(charset))


INBOUND = "inbound by GET, a sender without a plus, a UUID, epoch seconds"
CHARSET = "a text that is not ASCII, with its charset"
ACCEPTED = "202 is accepted, anything else is not"
REPORTS = "the five delivery reports"
REAL = "test_kannel.py"
ROWS = (
    *(
        Row("5", INBOUND, label, request("kannel", label))
        for label in (
            "GSM letters",
            "nothing written",
            "no number",
            "1970",
            "all but who and what",
            "no sender",
            "a guess",
        )
    ),
    *(
        Row("5", CHARSET, case, written(percent(URDU, encoding), coding, charset))
        for case, encoding, coding, charset in (
            ("UTF-8", "utf-8", "2", ""),
            ("UTF-8 that calls itself UTF-16", "utf-8", "2", "UTF-16BE"),
            ("UTF-16", "utf-16-be", "2", "UTF-16BE"),
            ("UTF-16 without a name", "utf-16-be", "2", ""),
        )
    ),
    Row("5", CHARSET, "the real boxes", tried_in(REAL, "test_a_text_arrives_as_it_was_written")),
    Row(
        "5",
        "long SMS are joined by smsbox",
        "the real boxes, GSM letters",
        tried_in(REAL, "test_a_long_sms_in_three_parts_is_one_report"),
    ),
    Row(
        "5",
        "long SMS are joined by smsbox",
        "the real boxes, Urdu",
        tried_in(REAL, "test_a_long_urdu_sms_in_three_parts_is_one_report"),
    ),
    Row("5", "the outbound fields", "GSM letters", sent(WORDS.text, "0")),
    Row("5", "the outbound fields", "Urdu", sent(URDU, "2")),
    *(
        Row("5", ACCEPTED, label, answer("kannel", label))
        for label in ("handed on", "queued", "503", "password", "charset", "nothing", "a page")
    ),
    *(
        Row("5", REPORTS, number, reported(number, state=state))
        for number, state in {
            "1": "delivered",
            "2": "failed",
            "4": "sent",
            "8": "sent",
            "16": "failed",
        }.items()
    ),
    Row("5", REPORTS, "a sixth", put_aside(id="k", status="32")),
    Row("5", REPORTS, "of nothing", put_aside(status="1")),
    Row("5", "first 8, then 1", "in this order", reported("8", "1", state="delivered")),
    Row("5", "first 8, then 1", "the other way round", reported("1", "8", state="delivered")),
    Row(
        "5",
        "first 8, then 1",
        "the real boxes",
        tried_in(REAL, "test_replies_go_out_by_the_gateway_and_are_reported_delivered"),
    ),
)
