"""Delivery reports over the real webhooks: late, early, twice, out of order; and what they change."""

from datetime import UTC, datetime

import httpx
import pytest

from channels.errors import OutcomeUnknown
from channels.outcomes import TOLD, Delivery, Outcomes
from channels.reports import Reports
from tests.channels.conftest import NUMBER, SECRET, Front
from tests.channels.post import LEASE, Post, make_post
from tests.standins.api import Api
from tests.standins.faults import Fault

KEY = "africastalking:9:0"


@pytest.fixture
def post(front: Front) -> Post:
    return make_post(front)


async def report(front: Front, status: str, message_id: str = f"id-{KEY}") -> None:
    """Post a report of Africa's Talking, as its documentation shows one."""
    form = {"id": message_id, "status": status, "phoneNumber": "+923000000001"}
    form |= {"networkCode": "41006", "failureReason": "DeliveryFailure"}
    path = f"/sms/africastalking/{SECRET}/delivery"
    assert (await front.client.post(path, data=form)).status_code == 200


async def report_by_kannel(front: Front, status: str, message_id: str) -> None:
    path = f"/sms/kannel/{SECRET}/delivery"
    answer = await front.client.get(path, params={"id": message_id, "status": status})
    assert answer.status_code == 200


FINAL_FAILURES = ["Failed", "Rejected", "AbsentSubscriber", "Expired"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        *(([], [status], True) for status in FINAL_FAILURES),
        *(([status], [], True) for status in FINAL_FAILURES),
        *(([], [status], False) for status in ("Success", "Sent", "Submitted", "Buffered")),
        pytest.param(["Sent"], ["Buffered", "Failed", "Failed"], True, id="the usual way, twice"),
        pytest.param(["Failed"], ["Sent", "Failed"], True, id="out of order"),
        pytest.param(["Success"], ["Failed", "Sent"], False, id="it arrived; nothing undoes that"),
        pytest.param([], ["Failed", "Success"], True, id="it failed; nothing undoes that"),
    ],
)
async def test_a_report_before_or_after_our_own_record(before, after, told, post: Post) -> None:
    for status in before:
        await report(post.front, status)
    assert await post.told() == []
    await post.queue("Where?", key=KEY)
    await post.work()
    for status in after:
        await report(post.front, status)
    assert await post.told() == ([(KEY, "undelivered")] if told else [])
    conversation = await post.front.stores.book.find("sms", NUMBER)
    assert conversation
    assert not await post.lane().is_busy(conversation)


async def test_a_report_for_an_id_we_never_gave(post: Post) -> None:
    await report(post.front, "Failed", "ATXid_of_somebody_else")
    assert await post.told() == []
    assert await post.front.quarantined() == 0


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        pytest.param(["8", "1"], ["unknown", "reached"], id="it arrived after all"),
        pytest.param(["8", "2"], ["unknown", "undelivered"], id="it did not"),
        pytest.param(["1", "1"], ["unknown", "reached"], id="said twice, told once"),
        pytest.param(["8"], ["unknown"], id="not known yet"),
    ],
)
async def test_a_report_ends_a_doubt(reports, told, front: Front) -> None:
    post = make_post(front, "kannel")
    post.provider.failures = [OutcomeUnknown("ReadTimeout")]
    await post.queue("Where?", key="kannel:9:0", provider="kannel")
    await post.work()
    for status in reports:
        await report_by_kannel(front, status, "kannel:9:0")
    assert await post.told() == [("kannel:9:0", state) for state in told]


@pytest.mark.parametrize(
    ("status", "told"), [("8", []), ("1", ["reached"]), ("2", ["undelivered"])]
)
async def test_a_report_that_was_faster_than_the_time_out(status, told, front: Front) -> None:
    post = make_post(front, "kannel")
    post.provider.failures = [OutcomeUnknown("ReadTimeout")] * 3
    await report_by_kannel(front, status, "kannel:9:0")
    await post.queue("15, 1122, 1121", "lifeline", key="kannel:9:0", provider="kannel")
    for _ in range(3):
        await post.work()
        front.clock.move(seconds=5)
    assert len(post.provider.tried) == 1
    assert await post.told() == [("kannel:9:0", state) for state in told]


async def test_the_api_hears_it_until_it_knows(post: Post, api: Api) -> None:
    await post.queue("Where?", key=KEY)
    await post.work()
    await report(post.front, "Failed")
    api.faults.add(Fault(500), Fault(503))
    lane, clock = post.front.stores.outcome_lane, post.front.clock
    reports = Reports(api.url, "token")
    outcomes = Outcomes(lane, reports, clock)
    for _ in range(4):
        while claim := await lane.claim(clock(), clock() + LEASE):
            await outcomes.post(claim)
        clock.move(minutes=1)
    await reports.close()
    (told,) = api.deliveries
    conversation = told.pop("conversation")
    assert conversation == await post.front.stores.book.find("sms", "+923000000001")
    assert datetime.fromisoformat(told.pop("at")).tzinfo == UTC
    assert told == {
        "key": KEY,
        "report": "africastalking:9",
        "kind": "question",
        "state": "undelivered",
    }


async def test_what_the_api_refuses_holds_nothing_up(post: Post, api: Api) -> None:
    await post.queue("Where?", key=KEY)
    await post.work()
    await report(post.front, "Failed")
    api.faults.add(Fault(422))
    lane, clock = post.front.stores.outcome_lane, post.front.clock
    reports = Reports(api.url, "token")
    while claim := await lane.claim(clock(), clock() + LEASE):
        await Outcomes(lane, reports, clock).post(claim)
    await reports.close()
    assert api.deliveries == []
    conversation = await post.front.stores.book.find("sms", "+923000000001")
    assert conversation
    assert not await lane.is_busy(conversation)


async def test_no_address_and_no_word_is_told(post: Post) -> None:
    await post.queue("Where?", key=KEY)
    await post.work()
    await report(post.front, "Failed")
    lane, clock = post.front.stores.outcome_lane, post.front.clock
    claim = await lane.claim(clock(), clock() + LEASE)
    assert claim
    told = TOLD.validate_json(claim.body)
    assert isinstance(told, Delivery)
    assert b"923000000001" not in claim.body
    assert b"Where" not in claim.body


async def test_fields_that_nobody_knows(front: Front) -> None:
    form = {"id": "1", "status": "Failed", "retryCount": "2", "cost": "KES 1", "new": "field"}
    path = f"http://channels/sms/africastalking/{SECRET}/delivery"
    answer = await front.client.send(httpx.Request("POST", path, data=form))
    assert answer.status_code == 200
    assert await front.stores.deliveries.state("africastalking", "1") == "failed"
