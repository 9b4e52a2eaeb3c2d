"""What each provider may answer when it is handed an SMS or a message, and what that means.

The next provider gets a list here; `test_senders.py` asks it for a case of every sort.
"""

import json
from dataclasses import dataclass
from typing import Literal

from channels.errors import (
    AccountRefused,
    AddressRefused,
    OptedOut,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    ReplyRefused,
    SendFailed,
)
from channels.messages import Words
from tests.channels.conftest import NUMBER
from tests.standins.africastalking import accepted
from tests.standins.faults import Fault
from tests.standins.telegram import refusal

Sort = Literal["accepted", "away", "busy", "account", "address", "opted out", "reply", "odd body"]
WORDS = Words(key="telegram:7:0", text="Where? Village or town")


@dataclass(frozen=True)
class Case:
    """One answer: the id we get from it, or the error it is."""

    sort: Sort
    label: str
    answer: Fault
    means: type[SendFailed] | None = None
    message_id: str | None = None
    retry_after: float | None = None


def takes(label: str, answer: Fault, message_id: str | None = None) -> Case:
    """The provider has it."""
    return Case("accepted", label, answer, message_id=message_id)


def odd(label: str, answer: Fault, means: type[SendFailed] | None = OutcomeUnknown) -> Case:
    """An answer that nobody announced; unless it says more, nobody knows what became of the SMS."""
    return Case("odd body", label, answer, means)


def africastalking() -> list[Case]:
    """Every row of the documented status codes, and the answers seen elsewhere."""

    def recipient(code: int) -> Fault:
        return Fault(201, json.dumps(accepted("ATXid_1", NUMBER, code)))

    def recipients(*given: object) -> Fault:
        data = {"Message": "Sent to 0/1 Total Cost: 0", "Recipients": list(given)}
        return Fault(201, json.dumps({"SMSMessageData": data}))

    success = {"status": "Success", "messageId": "ATXid_1"}
    unreachable = ProviderUnreachable
    return [
        takes("100 Processed", recipient(100), "ATXid_1"),
        takes("101 Sent", recipient(101), "ATXid_1"),
        takes("102 Queued", recipient(102), "ATXid_1"),
        takes("a code as text", recipients(success | {"statusCode": "101"}), "ATXid_1"),
        takes("status and id alone", recipients(success), "ATXid_1"),
        takes("no id", recipients({"status": "Success"})),
        Case("away", "500", Fault(500), unreachable),
        Case("away", "503", Fault(503), unreachable),
        Case("away", "500 InternalServerError", recipient(500), unreachable),
        Case("away", "501 GatewayError", recipient(501), unreachable),
        Case("away", "502 RejectedByGateway", recipient(502), unreachable),
        Case("busy", "429", Fault(429), ProviderBusy),
        Case(
            "busy",
            "429 until",
            Fault(429, headers={"Retry-After": "7"}),
            ProviderBusy,
            retry_after=7,
        ),
        Case(
            "account", "401", Fault(401, "The supplied authentication is invalid"), AccountRefused
        ),
        Case("account", "401 RiskHold", recipient(401), AccountRefused),
        Case("account", "402 InvalidSenderId", recipient(402), AccountRefused),
        Case("account", "405 InsufficientBalance", recipient(405), AccountRefused),
        Case("account", "nobody was sent anything", recipients(), AccountRefused),
        Case("address", "403 InvalidPhoneNumber", recipient(403), AddressRefused),
        Case("address", "404 UnsupportedNumberType", recipient(404), AddressRefused),
        Case("address", "407 CouldNotRoute", recipient(407), AddressRefused),
        Case("opted out", "406 UserInBlacklist", recipient(406), OptedOut),
        Case("opted out", "409 DoNotDisturbRejection", recipient(409), OptedOut),
        Case("reply", "a code nobody knows", recipient(999), ReplyRefused),
        odd("nothing", Fault(201)),
        odd("a page", Fault(201, "<html>")),
        odd("a list", Fault(201, "[]")),
        odd("data that are a list", Fault(201, '{"SMSMessageData": []}')),
        odd("data that are nothing", Fault(201, '{"SMSMessageData": null}')),
        odd("a recipient that is a word", recipients("x")),
        odd("a code that is a list", recipients({"statusCode": [101]})),
    ]


def kannel() -> list[Case]:
    """The sentences of smsbox 1.4.5."""
    return [
        takes("handed on", Fault(202, "0: Accepted for delivery"), WORDS.key),
        takes("queued", Fault(202, "3: Queued for later delivery"), WORDS.key),
        Case("away", "503", Fault(503, "Temporal failure, try again later."), ProviderUnreachable),
        Case("account", "password", Fault(403, "Authorization failed for sendsms"), AccountRefused),
        Case(
            "account",
            "no default-sender",
            Fault(400, "Sender missing and no global set, rejected"),
            AccountRefused,
        ),
        Case(
            "address",
            "a list of numbers",
            Fault(400, "Number(s) has/have been denied by white- and/or black-lists."),
            AddressRefused,
        ),
        Case(
            "address",
            "no number",
            Fault(400, "Empty receiver number not allowed, rejected"),
            AddressRefused,
        ),
        Case("reply", "charset", Fault(400, "Charset or body misformed, rejected"), ReplyRefused),
        odd("nothing", Fault(202), ReplyRefused),
        odd("a page", Fault(200, "<html>"), ReplyRefused),
    ]


def m3tech() -> list[Case]:
    """One word of an answer, which a peer does not even read."""
    return [
        takes("0", Fault(200, '[{"Response":"0"}]')),
        takes("0 as a number", Fault(200, '[{"Response":0}]')),
        Case("away", "500", Fault(500), ProviderUnreachable),
        Case("busy", "429", Fault(429), ProviderBusy),
        Case("account", "401", Fault(401), AccountRefused),
        Case("reply", "1", Fault(200, '[{"Response":"1"}]'), ReplyRefused),
        odd("nothing", Fault(200), None),
        odd("a word", Fault(200, "OK"), None),
        odd("an empty list", Fault(200, "[]"), None),
        odd("no list", Fault(200, '{"Response":"0"}'), None),
    ]


def telegram() -> list[Case]:
    """The Bot API's errors."""
    message = {"message_id": 1, "date": 0, "chat": {"id": 4711, "type": "private"}}
    return [
        takes("as documented", Fault(200, json.dumps({"ok": True, "result": message}))),
        Case("away", "502", Fault(502, "<html>"), ProviderUnreachable),
        Case(
            "busy",
            "429 until",
            Fault(429, refusal(429, "Too Many Requests", retry_after=7)),
            ProviderBusy,
            retry_after=7,
        ),
        Case("account", "the token", Fault(401, refusal(401, "Unauthorized")), AccountRefused),
        Case("opted out", "blocked", Fault(403, refusal(403, "bot was blocked")), OptedOut),
        Case("opted out", "no more", Fault(403, refusal(403, "user is deactivated")), OptedOut),
        Case("reply", "400", Fault(400, refusal(400, "Bad Request")), ReplyRefused),
        odd("nothing", Fault(200)),
        odd("a page", Fault(200, "<html>")),
        odd("a message without anything", Fault(200, '{"ok": true, "result": {}}')),
        odd("a message that is a word", Fault(200, '{"ok": true, "result": "x"}')),
    ]


CASES = {
    "africastalking": africastalking(),
    "kannel": kannel(),
    "m3tech": m3tech(),
    "telegram": telegram(),
}
# What a provider has no answer for.
WITHOUT: dict[str, set[Sort]] = {
    "kannel": {"busy", "opted out"},
    "m3tech": {"address", "opted out"},
    "telegram": {"address"},
}
