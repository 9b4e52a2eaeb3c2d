"""1.2: how an SMS goes out by Africa's Talking, and what its answers mean."""

from collections.abc import Sequence

from channels.errors import (
    AccountRefused,
    AddressRefused,
    OptedOut,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    SendFailed,
)
from channels.messages import Words
from channels.settings import Account
from channels.sms.africastalking.sender import Messaging
from tests.channels.conftest import NUMBER, Front
from tests.channels.lines import line_to
from tests.channels.post import make_post
from tests.channels.protocols.ground import Check, Row, answer, tried_in

HOSTS = {
    "sandbox": "https://api.sandbox.africastalking.com/version1",
    "amaan": "https://api.africastalking.com/version1",
}


async def the_request(_front: Front) -> None:
    async with line_to("africastalking") as line:
        message_id = await line.sender.send(NUMBER, Words(key="k", text="کہاں؟"))
        [sent] = line.standin.sent
        assert message_id == sent.pop("id")
        assert sent == {
            "username": "sandbox",
            "to": NUMBER,
            "message": "کہاں؟",
            "bulkSMSMode": "1",
            "from": "8333",
        }
        assert line.standin.keys == ["at-key"]


def host_of(username: str, address: str) -> Check:
    async def check(_front: Front) -> None:
        messaging = Messaging(Account("key", username=username))
        await messaging.close()
        assert messaging._baseUrl == address  # noqa: SLF001  the SDK shows it nowhere else

    return check


def means(failure: SendFailed, kind: str, after: float | None, told: Sequence[str]) -> Check:
    """What a failure means: sent again after so many seconds or never, and what the api hears."""

    async def check(front: Front) -> None:
        post = make_post(front)
        post.provider.failures = [failure]
        await post.queue("one", kind)
        await post.work()
        assert post.provider.texts == []
        front.clock.move(seconds=(after or 86_000) - 0.1)
        await post.work()
        assert post.provider.texts == []
        front.clock.move(seconds=0.1)
        await post.work()
        assert post.provider.texts == (["one"] if after else [])
        assert [state for _, state in await post.told()] == told

    return check


async def opted_out_is_marked(front: Front) -> None:
    post = make_post(front)
    post.provider.failures = [OptedOut("406")]
    await post.queue("one", "receipt")
    await post.work()
    person = await front.person(await front.stores.book.find("sms", NUMBER) or "")
    assert person.opted_out


CODES = (
    "100 Processed",
    "101 Sent",
    "102 Queued",
    "401 RiskHold",
    "402 InvalidSenderId",
    "403 InvalidPhoneNumber",
    "404 UnsupportedNumberType",
    "405 InsufficientBalance",
    "406 UserInBlacklist",
    "407 CouldNotRoute",
    "409 DoNotDisturbRejection",
    "500 InternalServerError",
    "501 GatewayError",
    "502 RejectedByGateway",
    "a code nobody knows",
)
CLASSES = {
    "account: kept, alarm, slowly": means(
        AccountRefused("405"), "receipt", 600, ["waiting", "reached"]
    ),
    "address: for good": means(AddressRefused("403"), "receipt", None, ["refused"]),
    "opted out: for good": means(OptedOut("406"), "receipt", None, ["opted_out"]),
    "transient: soon again": means(ProviderUnreachable("500"), "receipt", 5, ["reached"]),
    "throttled: when it says": means(
        ProviderBusy("429", retry_after=17), "receipt", 17, ["reached"]
    ),
}
TIME_OUT = "a time-out is ambiguous: unknown, and not sent again unless it is the lifeline"
ROWS = (
    Row("1.2", "the documented request", "one SMS", the_request),
    *(
        Row("1.2", "the sandbox has an address of its own", name, host_of(name, address))
        for name, address in HOSTS.items()
    ),
    *(
        Row("1.2", states, label, answer("africastalking", label))
        for states, labels in {
            "201 with a recipient that was accepted": ["101 Sent"],
            "any 2xx with a status and an id": ["status and id alone", "a code as text"],
            "no recipients: not sent": ["nobody was sent anything"],
            "the status codes of a recipient": CODES,
            "the classes of HTTP status": ["500", "503", "429", "429 until", "401"],
        }.items()
        for label in labels
    ),
    *(
        Row("1.2", "what a class of code means for the reply", case, check)
        for case, check in CLASSES.items()
    ),
    Row(
        "1.2",
        "what a class of code means for the reply",
        "opted out: nothing else goes there",
        opted_out_is_marked,
    ),
    Row(
        "1.2",
        TIME_OUT,
        "the wire",
        tried_in("test_senders.py", "test_an_answer_that_takes_too_long_leaves_the_outcome_open"),
    ),
    Row("1.2", TIME_OUT, "a receipt", means(OutcomeUnknown("x"), "receipt", None, ["unknown"])),
    Row("1.2", TIME_OUT, "the numbers", means(OutcomeUnknown("x"), "lifeline", 5, ["reached"])),
)
