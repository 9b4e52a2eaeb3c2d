"""1.4: messages that we ask Africa's Talking for, alone or beside its calls."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from channels.settings import Account
from channels.sms.africastalking.polling import LOCK, Poller
from tests.channels.conftest import NUMBER, SECRET, Front
from tests.channels.protocols.ground import Check, Row
from tests.standins.africastalking import AfricasTalking
from tests.standins.faults import Fault

DATE = "2026-03-02 11:59:00"
OFTEN = 0.01  # seconds
PATIENCE = 60.0  # seconds


def message(number: int, **given: Any) -> dict[str, Any]:
    """One message of an answer, as documented."""
    plain = {"id": number, "linkId": f"link-{number}", "text": f"text {number}", "to": "8333"}
    return plain | {"date": DATE, "from": NUMBER} | given


async def asked(front: Front, provider: AfricasTalking, times: int = 2) -> None:
    """Ask until so many questions were answered, with a poller that is new each time."""
    before = len(provider.asked)
    account = Account("at-key", username="sandbox", url=provider.url)
    stopping = asyncio.Event()
    poller = Poller(account, front.stores.redis, front.stores.inbox, OFTEN)
    asking = asyncio.create_task(poller.run(stopping))
    async with asyncio.timeout(PATIENCE):
        while len(provider.asked) < before + times:  # noqa: ASYNC110  a stand-in rings no bell
            await asyncio.sleep(OFTEN)
    stopping.set()
    await asking
    await poller.close()


async def called(front: Front, **given: str) -> None:
    """The provider's call for the first message, under an id of its own."""
    form = {"id": "0a1b2c3d", "from": NUMBER, "to": "8333", "text": "text 1", "linkId": "link-1"}
    form |= {"date": "2026-03-02T11:59:00Z"} | given
    request = httpx.Request(
        "POST",
        f"http://channels/sms/africastalking/{SECRET}/inbound",
        content=urlencode({name: value for name, value in form.items() if value}),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (await front.client.send(request)).status_code == 200


async def the_question(front: Front) -> None:
    with AfricasTalking().serve() as provider:
        await asked(front, provider, 1)
        assert provider.asked[0] == {"username": "sandbox", "lastReceivedId": "0"}


def kept(given: Sequence[Any], texts: Sequence[str], aside: int = 0) -> Check:
    async def check(front: Front) -> None:
        with AfricasTalking().serve() as provider:
            provider.received = list(given)
            await asked(front, provider)
            await asked(front, provider)
        assert [told.text for told in await front.told()] == list(texts)
        assert await front.quarantined() == aside

    return check


async def only_what_is_new(front: Front) -> None:
    with AfricasTalking().serve() as provider:
        provider.received = [message(7), message(9)]
        await asked(front, provider)
        await asked(front, provider, 1)
        assert [one["lastReceivedId"] for one in provider.asked][-1] == "9"
    assert [told.key for told in await front.told()] == ["africastalking:7", "africastalking:9"]


def both_roads(first: str, texts: Sequence[str], **by_call: str) -> Check:
    """The first message comes by a call, with these differences, and by asking: what we have then."""

    async def check(front: Front) -> None:
        with AfricasTalking().serve() as provider:
            provider.received = [message(1, linkId=by_call.get("linkId", "link-1") or None)]
            if first == "called":
                await called(front, **by_call)
            await asked(front, provider)
            # Either tries again, and the message stays one.
            for _ in range(2):
                await called(front, **by_call)
            await asked(front, provider)
        assert sorted(told.text for told in await front.told()) == sorted(texts)

    return check


async def an_odd_answer(front: Front) -> None:
    with AfricasTalking().serve() as provider:
        provider.received = [message(1)]
        provider.asking_faults.add(Fault(500))
        await asked(front, provider, 1)
        provider.asking_faults.add(Fault(200, "<html>"))
        await asked(front, provider, 1)
        provider.asking_faults.add(Fault(200, '{"SMSMessageData": null}'))
        await asked(front, provider, 1)
        assert await front.told() == []
        await asked(front, provider)
    assert [told.text for told in await front.told()] == ["text 1"]


async def another_asks(front: Front) -> None:
    with AfricasTalking().serve() as provider:
        await front.stores.redis.set(LOCK, "another worker")
        account = Account("at-key", username="sandbox", url=provider.url)
        stopping = asyncio.Event()
        poller = Poller(account, front.stores.redis, front.stores.inbox, OFTEN)
        asking = asyncio.create_task(poller.run(stopping))
        await asyncio.sleep(OFTEN * 20)
        stopping.set()
        await asking
        await poller.close()
        assert provider.asked == []
        assert await front.stores.redis.get(LOCK) == b"another worker"
        await front.stores.redis.delete(LOCK)
        await asked(front, provider)


LINKED = "called and asked: one message, by its link id and what was said"
UNLINKED = "called and asked without a link id: one message, by who, what and when"
ODD = "what is no message is put aside, and holds up no other"
MANY = [message(number) for number in range(1, 251)]
ROWS = (
    Row("1.4", "the documented question", "the first one", the_question),
    Row(
        "1.4",
        "messages are kept as they stand in the answer",
        "two, and one without a text",
        kept([message(1), message(3, text="سلام"), message(4, text="")], ["text 1", "سلام", ""]),
    ),
    Row(
        "1.4",
        "messages are kept as they stand in the answer",
        "in the order of their ids",
        kept([message(3), message(1)], ["text 1", "text 3"]),
    ),
    Row("1.4", "what was kept is not asked for again", "the greatest id", only_what_is_new),
    Row(
        "1.4",
        "more than one answer holds",
        "250",
        kept(MANY, [f"text {number}" for number in range(1, 251)]),
    ),
    *(
        Row("1.4", states, f"{first} first", both_roads(first, ["text 1"], **by_call))
        for first in ("called", "asked")
        for states, by_call in (
            (LINKED, {"date": "2026-03-02T14:59:00Z"}),
            (UNLINKED, {"linkId": ""}),
        )
    ),
    Row(
        "1.4",
        "two messages are two, though they are alike",
        "the same text at the same moment",
        kept([message(1, text="ji"), message(2, text="ji")], ["ji", "ji"]),
    ),
    Row(
        "1.4",
        "two messages are two, though they are alike",
        "another text under the same link id",
        both_roads("called", ["text 1", "text 2"], text="text 2"),
    ),
    *(
        Row("1.4", ODD, case, kept([odd, message(2)], ["text 2"], aside=1))
        for case, odd in {
            "no sender": {"id": 1, "text": "x"},
            "no id": {"from": NUMBER, "text": "x"},
            "an id in words": message(1, id="x"),
            "a word": "x",
            "nothing": None,
        }.items()
    ),
    Row("1.4", "an answer that is none is asked for again", "500, a page, null", an_odd_answer),
    Row("1.4", "one worker asks", "another has the right to", another_asks),
)
