"""What a failure means for a reply: again and when, or never; and what the api is told of it."""

import pytest

from channels.errors import (
    AccountRefused,
    AddressRefused,
    OptedOut,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    ReplyRefused,
)
from tests.channels.conftest import Front
from tests.channels.post import LEASE, SCHEDULE, Post, make_post

OTHER = "+923000000002"
DANGER = "utter_lifeline_general"
NOT_READ = "utter_not_read"


@pytest.fixture
def post(front: Front) -> Post:
    return make_post(front)


@pytest.mark.parametrize(
    ("failure", "kind", "sent_after", "told"),
    [
        pytest.param(ProviderUnreachable("x"), "receipt", 5, ["reached"], id="away: after 5 s"),
        pytest.param(
            ProviderBusy("429", retry_after=17), "receipt", 17, ["reached"], id="as it says"
        ),
        pytest.param(
            ProviderBusy("429", retry_after=1), "receipt", 5, ["reached"], id="but not sooner"
        ),
        pytest.param(
            AccountRefused("405"),
            "receipt",
            600,
            ["waiting", "reached"],
            id="our account: slowly, and the officer knows",
        ),
        pytest.param(AddressRefused("403"), "lifeline", None, ["refused"], id="a wrong address"),
        pytest.param(OptedOut("406"), "lifeline", None, ["opted_out"], id="opted out"),
        pytest.param(ReplyRefused("400"), "lifeline", None, ["refused"], id="words not taken"),
        pytest.param(OutcomeUnknown("x"), "receipt", None, ["unknown"], id="perhaps sent: never"),
        pytest.param(
            OutcomeUnknown("x"), "lifeline", 5, ["reached"], id="perhaps sent: numbers again"
        ),
    ],
)
async def test_what_a_failure_means(failure, kind, sent_after, told, post: Post) -> None:
    post.provider.failures = [failure]
    await post.queue("one", kind)
    await post.work()
    assert post.provider.texts == []
    if sent_after:
        post.front.clock.move(seconds=sent_after - 0.1)
        await post.work()
        assert post.provider.texts == []
        post.front.clock.move(seconds=0.1)
    else:
        post.front.clock.move(hours=23)
    await post.work()
    assert post.provider.texts == (["one"] if sent_after else [])
    assert await post.told() == [("africastalking:9:one", state) for state in told]


async def test_a_sender_that_breaks_does_not_send_for_ever(post: Post) -> None:
    post.provider.failures = [KeyError("Recipients")] * 9
    await post.queue("one", "receipt")
    await post.queue("two", "lifeline")
    for _ in range(9):
        await post.work()
        post.front.clock.move(minutes=1)
    assert post.provider.tried.count("africastalking:9:one") == 1
    assert post.provider.tried.count("africastalking:9:two") == 2
    assert [state for _, state in await post.told()] == ["unknown", "unknown"]


async def test_the_schedule_of_a_provider_that_is_away(post: Post) -> None:
    post.provider.failures = [ProviderUnreachable("503")] * 500
    await post.queue("one", "receipt")
    await post.queue("two", "receipt")
    assert await post.work() == 1
    for wait in SCHEDULE:
        assert await post.told() == []
        post.front.clock.move(seconds=wait - 0.1)
        assert await post.work() == 0
        post.front.clock.move(seconds=0.1)
        assert await post.work() == 1
    assert post.provider.tried == ["africastalking:9:one"] * 5
    # From here on it may take long, and the alert says so; after a day the alert says that it
    # did not go, and what stood behind it fares no better.
    assert await post.told() == [("africastalking:9:one", "waiting")]
    for _ in range(24 * 6):
        post.front.clock.move(seconds=SCHEDULE[-1])
        await post.work()
    assert len(post.provider.tried) == 5 + 24 * 6 - 2
    assert await post.told() == [
        ("africastalking:9:one", "expired"),
        ("africastalking:9:two", "expired"),
    ]


async def test_after_one_refusal_by_the_person_nothing_else_is_tried(post: Post) -> None:
    post.provider.failures = [OptedOut("406")]
    await post.queue("one")
    await post.queue("two")
    await post.work()
    assert post.provider.tried == ["africastalking:9:one"]
    assert [state for _, state in await post.told()] == ["opted_out", "opted_out"]


async def test_numbers_do_not_wait_for_the_retry_before_them(post: Post) -> None:
    post.provider.failures = [ProviderUnreachable("503")] * 3
    await post.queue("one", "receipt")
    for wait in (0, 5, 30):
        post.front.clock.move(seconds=wait)
        await post.work()
    assert post.provider.texts == []
    await post.queue("15, 1122, 1121", "lifeline")
    await post.work()
    assert post.provider.texts == ["one", "15, 1122, 1121"]


async def test_what_an_outage_piled_up_goes_after_who_writes_now(post: Post) -> None:
    people = [f"+9230000001{number:02d}" for number in range(5)]
    post.provider.failures = [ProviderUnreachable("503")] * 5
    for person in people:
        await post.queue("old", "receipt", to=person, key=f"africastalking:{person}:0")
    await post.work()
    post.front.clock.move(seconds=5)
    await post.queue("new", "receipt", to=OTHER, key="africastalking:new:0")
    await post.queue("15, 1122, 1121", "lifeline", to=people[3], key="africastalking:danger:0")
    await post.work()
    assert post.provider.texts[:3] == ["old", "15, 1122, 1121", "new"]
    assert post.provider.addresses[:3] == [people[3], people[3], OTHER]
    assert post.provider.texts[3:] == ["old"] * 4


async def fail_unknown(post: Post, key: str, response: str, *, after: float = 0) -> int:
    """Queue a lifeline whose sending times out each time; how often it was tried within 10 min."""
    post.front.clock.move(minutes=after)
    post.provider.failures = [OutcomeUnknown("x")] * 5
    await post.queue("numbers", "lifeline", key=key, response=response)
    for _ in range(3):
        await post.work()
        post.front.clock.move(seconds=5)
    return post.provider.tried.count(key)


@pytest.mark.parametrize(
    ("second", "after", "tries"),
    [
        pytest.param(NOT_READ, 1, 1, id="within 30 min no second time"),
        pytest.param(NOT_READ, 31, 2, id="after 30 min again"),
        pytest.param(DANGER, 1, 2, id="new danger has a time of its own"),
    ],
)
@pytest.mark.parametrize("first", [NOT_READ, DANGER])
async def test_a_lifeline_of_unknown_outcome_goes_again_once_in_30_minutes(
    first, second, after, tries, post: Post
) -> None:
    assert await fail_unknown(post, "at:1:0", first) == 2
    assert await fail_unknown(post, "at:2:0", second, after=after) == tries
    assert await post.told() == [("at:1:0", "unknown"), ("at:2:0", "unknown")]
    assert await post.front.stores.deliveries.state("africastalking", "at:1:0") == "unknown"


@pytest.mark.parametrize(
    ("kind", "sent", "told"), [("receipt", [], "unknown"), ("lifeline", ["one"], "reached")]
)
async def test_a_worker_that_died_while_sending(kind, sent, told, post: Post) -> None:
    await post.queue("one", kind)
    clock = post.front.clock
    dead = await post.lane().claim(clock(), clock() + LEASE)
    assert dead
    assert (await post.lane().begin(dead, clock())).begun
    clock.move(minutes=1)
    await post.work()
    assert post.provider.texts == sent
    assert await post.told() == [("africastalking:9:one", told)]
