"""1.1 and 1.3: what Africa's Talking posts to us."""

import io
import logging
import sys
import uuid
from collections.abc import Sequence

import pytest
import structlog

from channels import log
from channels.settings import Settings
from tests.channels.conftest import NUMBER, SECRET, Front, in_front_of, make_settings
from tests.channels.post import make_post
from tests.channels.protocols.ground import Check, Row, request
from tests.channels.wires import WIRES

INBOUND, DELIVERY, OPTOUT = (
    f"/sms/africastalking/{SECRET}/{name}" for name in ("inbound", "delivery", "optout")
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SAMPLE = (
    "linkId=03090445075804249226&text=Msg&to=21512&id=ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3"
    "&date=2017-05-03T06%3A04%3A45Z&from=%2B254791541111"
)
REASONS = (
    "InsufficientCredit",
    "InvalidLinkId",
    "UserIsInactive",
    "UserInBlackList",
    "UserAccountSuspended",
    "NotNetworkSubcriber",
    "UserNotSubscribedToProduct",
    "UserDoesNotExist",
    "DeliveryFailure",
    "DoNotDisturbRejection",
)
STATES = {
    "Sent": "sent",
    "Submitted": "sent",
    "Buffered": "sent",
    "Success": "delivered",
    "Failed": "failed",
    "Rejected": "failed",
    "AbsentSubscriber": "failed",
    "Expired": "failed",
}


async def the_sample(front: Front) -> None:
    answer = await front.client.post(INBOUND, content=SAMPLE, headers=FORM)
    assert answer.status_code == 200
    [told] = await front.told()
    assert told.key == "africastalking:ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3"
    assert told.text == "Msg"
    assert await front.stores.book.find("sms", "+254791541111")


async def production_wants_a_long_secret(_front: Front) -> None:
    given = {"env": "production", "telegram_token": None}
    assert isinstance(make_settings(**given, webhook_secret="0123456789abcdef" * 2), Settings)
    with pytest.raises(ValueError, match="AMAAN_WEBHOOK_SECRET"):
        make_settings(**given, webhook_secret="0123456789abcdef" * 2 + ",short")


def secret(given: str, status: int) -> Check:
    async def check(front: Front) -> None:
        wire = WIRES[0]
        assert (await wire.post(front.client, secret=given)).status_code == status
        assert len(await front.told()) == (status == 200)

    return check


async def an_overlap_of_secrets(front: Front) -> None:
    both = make_settings(webhook_secret=f"{'n' * 40},{SECRET}")
    async with in_front_of(both, front.stores) as client:
        for secret, status in ((SECRET, 200), ("n" * 40, 200), ("o" * 40, 404), (",", 404)):
            assert (await WIRES[0].post(client, secret=secret)).status_code == status


async def no_log_holds_the_secret(front: Front) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    kept = root.handlers[:], root.level, sys.excepthook
    log.configure(stream)
    try:
        await WIRES[0].post(front.client, secret="guess")
        await WIRES[0].post(front.client)
        # What uvicorn would write of each request, were it asked to.
        logging.getLogger("uvicorn.access").info('"POST %s HTTP/1.1" 200', INBOUND)
    finally:
        root.handlers[:], root.level, sys.excepthook = kept[0], kept[1], kept[2]
        structlog.reset_defaults()
    assert SECRET not in stream.getvalue()


async def twelve_hours_of_tries(front: Front) -> None:
    for _ in range(12 * 60):
        assert (await WIRES[0].post(front.client)).status_code == 200
        front.clock.move(minutes=1)
    assert len(await front.told()) == 1


async def an_opt_out(front: Front) -> None:
    await WIRES[0].post(front.client)
    conversation = await front.stores.book.find("sms", NUMBER) or ""
    form = {"senderId": "8333", "phoneNumber": NUMBER}
    assert (await front.client.post(OPTOUT, data=form)).status_code == 200
    person = await front.person(conversation)
    assert person.opted_out


async def an_opt_out_of_nobody(front: Front) -> None:
    assert (await front.client.post(OPTOUT, data={"senderId": "8333"})).status_code == 200
    assert await front.quarantined() == 1


def reported(statuses: Sequence[str], state: str, **besides: str) -> Check:
    async def check(front: Front) -> None:
        message_id = f"ATXid_{uuid.uuid4().hex}"
        for status in statuses:
            form = {"id": message_id, "status": status} | besides
            assert (await front.client.post(DELIVERY, data=form)).status_code == 200
        assert await front.stores.deliveries.state("africastalking", message_id) == state
        assert await front.quarantined() == 0

    return check


def not_a_report(form: dict[str, str]) -> Check:
    async def check(front: Front) -> None:
        assert (await front.client.post(DELIVERY, data=form)).status_code == 200
        assert await front.quarantined() == 1

    return check


async def before_our_own_record(front: Front) -> None:
    post, key = make_post(front), "africastalking:9:0"
    await reported(["Failed"], "failed")(front)
    form = {"id": f"id-{key}", "status": "Failed"}
    assert (await front.client.post(DELIVERY, data=form)).status_code == 200
    assert await post.told() == []
    await post.queue("Where?", key=key)
    await post.work()
    assert await post.told() == [(key, "undelivered")]


async def an_id_of_nobody(front: Front) -> None:
    post = make_post(front)
    await reported(["Failed"], "failed")(front)
    assert await post.told() == []


INBOUND_LABELS = {
    "the documented fields of an inbound SMS": ["as documented", "nothing written"],
    "both notations of a date; missing or odd, the time of arrival counts": [
        "as documented",
        "with a space",
        "all but who and what",
        "years ago",
        "in the future",
        "another notation",
        "empty",
    ],
    "linkId, cost and networkCode may be missing, and other fields may come": [
        "all but who and what",
        "more than documented",
    ],
    "id, text, to and date may be missing": ["all but who and what", "the text"],
    "200 for all that was kept, also when it is malformed": [
        "nothing",
        "no sender",
        "an empty sender",
        "JSON",
        "bytes",
    ],
}
ROWS = (
    *(
        Row("1.1", states, label, request("africastalking", label))
        for states, labels in INBOUND_LABELS.items()
        for label in labels
    ),
    Row("1.1", "the wire sample of an inbound SMS", "as a peer has it", the_sample),
    Row(
        "1.1",
        "nothing is signed: a secret of 128 bits or more in the path",
        "production refuses less",
        production_wants_a_long_secret,
    ),
    Row(
        "1.1",
        "nothing is signed: a secret of 128 bits or more in the path",
        "the right one",
        secret(SECRET, 200),
    ),
    *(
        Row(
            "1.1",
            "a wrong secret finds nothing, also when it begins like the right one",
            given,
            secret(given, 404),
        )
        for given in ("guess", SECRET[:-1], f"{SECRET}x")
    ),
    Row(
        "1.1", "a secret is replaced with an overlap", "the old and the new", an_overlap_of_secrets
    ),
    Row("1.1", "the secret is in no log", "a guess and a hit", no_log_holds_the_secret),
    Row("1.1", "tried again each minute for 12 hours: one report", "720", twelve_hours_of_tries),
    Row("1.1", "the callback of an opt-out", "as documented", an_opt_out),
    Row("1.1", "the callback of an opt-out", "without a number", an_opt_out_of_nobody),
    *(
        Row("1.3", "the eight statuses", status, reported([status], state))
        for status, state in STATES.items()
    ),
    Row(
        "1.3",
        "the documented fields of a delivery report",
        "all, and the cost",
        reported(
            ["Success"],
            "delivered",
            phoneNumber=NUMBER,
            networkCode="41006",
            retryCount="2",
            cost="KES 0.8000",
        ),
    ),
    *(
        Row(
            "1.3",
            "the ten reasons of a failure",
            reason,
            reported(["Failed"], "failed", failureReason=reason),
        )
        for reason in REASONS
    ),
    *(
        Row(
            "1.3", "a report that is not known is put aside with 200", str(form), not_a_report(form)
        )
        for form in ({}, {"id": "1"}, {"status": "Success"}, {"id": "1", "status": "Lost"})
    ),
    *(
        Row(
            "1.3",
            "early, twice or out of order: the state only moves up",
            ", ".join(statuses),
            reported(statuses, state),
        )
        for statuses, state in (
            (["Sent", "Buffered", "Success"], "delivered"),
            (["Success", "Sent", "Success"], "delivered"),
            (["Failed", "Submitted"], "failed"),
        )
    ),
    Row(
        "1.3",
        "early, twice or out of order: the state only moves up",
        "before our own record",
        before_our_own_record,
    ),
    Row(
        "1.3", "a report for an id we do not know", "it waits, and is told nobody", an_id_of_nobody
    ),
)
