"""Order, danger first, leases: the promises of a lane, over a real Redis."""

import asyncio
from datetime import timedelta

import pytest

from channels.claims import Claim
from channels.lanes import Lane
from channels.sealing import SealBroken
from channels.stores import Stores
from tests.channels.conftest import NOON, Clock

LEASE = timedelta(seconds=15)


@pytest.fixture
def lane(stores: Stores) -> Lane:
    return Lane(stores.redis, "work", stores.seal)


async def put(lane: Lane, conversation: str, body: str, clock: Clock, *, urgent: bool = False):
    entry = lane.entry(conversation, body.encode(), body, urgent=urgent)
    await lane.append(entry, clock())


async def take(lane: Lane, clock: Clock) -> Claim:
    claim = await lane.claim(clock(), clock() + LEASE)
    assert claim
    return claim


async def drain(lane: Lane, clock: Clock) -> list[str]:
    done = []
    while claim := await lane.claim(clock(), clock() + LEASE):
        done.append(claim.body.decode())
        await lane.finish(claim, clock())
    return done


async def test_a_conversation_is_worked_in_the_order_it_came(lane: Lane, clock: Clock) -> None:
    for number in range(20):
        await put(lane, "a", str(number), clock)
    assert await drain(lane, clock) == [str(number) for number in range(20)]


async def test_only_one_entry_of_a_conversation_is_in_work(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await put(lane, "a", "a2", clock)
    first = await take(lane, clock)
    assert await lane.claim(clock(), clock() + LEASE) is None
    await lane.finish(first, clock())
    assert (await take(lane, clock)).body == b"a2"


async def test_conversations_take_turns(lane: Lane, clock: Clock) -> None:
    for conversation, body in (("a", "a1"), ("a", "a2"), ("b", "b1"), ("b", "b2")):
        clock.move(milliseconds=1)
        await put(lane, conversation, body, clock)
    done = []
    while claim := await lane.claim(clock(), clock() + LEASE):
        clock.move(milliseconds=1)
        done.append(claim.body.decode())
        await lane.finish(claim, clock())
    assert done == ["a1", "b1", "a2", "b2"]


async def test_danger_takes_its_whole_conversation_ahead_in_order(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await put(lane, "b", "b1", clock)
    clock.move(seconds=1)
    await put(lane, "c", "c1", clock)
    await put(lane, "c", "c2 danger", clock, urgent=True)
    await put(lane, "c", "c3", clock)
    done = await drain(lane, clock)
    # Once its danger is handled, a conversation waits like all others.
    assert done == ["c1", "c2 danger", "a1", "b1", "c3"]


async def test_danger_does_not_wait_for_the_retry_before_it(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await lane.delay(await take(lane, clock), clock(), clock() + timedelta(minutes=10))
    await put(lane, "a", "a2", clock)
    assert await lane.claim(clock(), clock() + LEASE) is None
    await put(lane, "a", "a3 danger", clock, urgent=True)
    assert (await take(lane, clock)).body == b"a1"


@pytest.mark.parametrize("urgent", [False, True], ids=["plain", "danger"])
async def test_a_delayed_entry_keeps_its_place_and_its_time(
    lane: Lane,
    clock: Clock,
    urgent: bool,  # noqa: FBT001
) -> None:
    await put(lane, "a", "a1", clock, urgent=urgent)
    await put(lane, "a", "a2", clock)
    await lane.delay(await take(lane, clock), clock(), clock() + timedelta(seconds=5))
    clock.move(seconds=4.9)
    assert await lane.claim(clock(), clock() + LEASE) is None
    clock.move(seconds=0.2)
    again = await take(lane, clock)
    assert (again.body, again.tries) == (b"a1", 2)


async def test_waiting_for_somebody_else_is_no_try(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    for _ in range(5):
        claim = await take(lane, clock)
        await lane.wait(claim, clock(), clock())
    assert (await take(lane, clock)).tries == 1


async def test_a_dead_workers_entry_is_taken_over_and_the_dead_is_refused(
    lane: Lane,
    clock: Clock,
) -> None:
    await put(lane, "a", "a1", clock)
    dead = await take(lane, clock)
    clock.move(seconds=14)
    assert await lane.claim(clock(), clock() + LEASE) is None
    clock.move(seconds=2)
    heir = await take(lane, clock)
    assert (heir.body, heir.tries) == (b"a1", 2)
    late = lane.entry("a", b"of the dead", "late")
    assert not await lane.finish(dead, clock(), [late])
    assert not await lane.delay(dead, clock(), clock())
    assert not await lane.give_back(dead, clock())
    assert not await lane.renew(dead, clock() + LEASE)
    assert not (await lane.begin(dead, clock())).begun
    assert await lane.finish(heir, clock())
    assert await drain(lane, clock) == []


async def test_a_renewed_lease_is_not_taken_over(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    claim = await take(lane, clock)
    clock.move(seconds=10)
    assert await lane.renew(claim, clock() + LEASE)
    clock.move(seconds=10)
    assert await lane.claim(clock(), clock() + LEASE) is None


async def test_what_was_begun_and_not_ended_is_told_to_the_heir(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await put(lane, "a", "a2", clock)
    first = await take(lane, clock)
    assert not first.begun
    await lane.begin(first, clock())
    clock.move(seconds=20)
    heir = await take(lane, clock)
    assert heir.begun
    await lane.finish(heir, clock())
    assert not (await take(lane, clock)).begun


@pytest.mark.parametrize(
    ("how", "begun"), [("delay", False), ("break_off", True), ("give_back", True)]
)
async def test_only_an_outcome_takes_begun_away(
    lane: Lane,
    clock: Clock,
    how: str,
    begun: bool,  # noqa: FBT001
) -> None:
    await put(lane, "a", "a1", clock)
    claim = await take(lane, clock)
    await lane.begin(claim, clock())
    match how:
        case "delay":
            await lane.delay(claim, clock(), clock())
        case "break_off":
            await lane.break_off(claim, clock(), clock())
        case _:
            await lane.give_back(claim, clock())
    assert (await take(lane, clock)).begun is begun


async def test_a_claim_given_back_was_no_try(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await lane.give_back(await take(lane, clock), clock())
    assert (await take(lane, clock)).tries == 1


async def test_the_same_key_is_appended_once(lane: Lane, clock: Clock) -> None:
    for _ in range(3):
        await put(lane, "a", "a1", clock)
    assert await drain(lane, clock) == ["a1"]


async def test_finishing_appends_elsewhere_in_the_same_step(
    lane: Lane,
    stores: Stores,
    clock: Clock,
) -> None:
    after = Lane(stores.redis, "after", stores.seal)
    await put(lane, "a", "a1", clock)
    claim = await take(lane, clock)
    await lane.finish(
        claim, clock(), [after.entry("a", b"one", "1"), after.entry("a", b"two", "2")]
    )
    assert await drain(after, clock) == ["one", "two"]


async def test_cancelling_drops_all_and_refuses_who_was_at_work(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await put(lane, "a", "a2", clock)
    at_work = await take(lane, clock)
    await lane.cancel("a")
    await put(lane, "a", "a3", clock)
    assert not await lane.delay(at_work, clock(), clock() + timedelta(hours=1))
    assert await drain(lane, clock) == ["a3"]


async def test_a_lane_leaves_nothing_behind(lane: Lane, stores: Stores, clock: Clock) -> None:
    await put(lane, "a", "a1", clock, urgent=True)
    claim = await take(lane, clock)
    await lane.begin(claim, clock())
    await lane.finish(claim, clock())
    left = {key async for key in stores.redis.scan_iter("work:*")}
    assert left == {b"work:holders", b"work:seen:a1"}


async def test_an_entry_opens_for_its_own_conversation_only(
    lane: Lane,
    stores: Stores,
    clock: Clock,
) -> None:
    await put(lane, "a", "a1", clock)
    entries = await stores.redis.xrange("work:a")
    with pytest.raises(SealBroken):
        stores.seal.open(entries[0][1][b"body"], context=b"work:b")


async def test_ten_workers_keep_each_conversation_in_order(lane: Lane) -> None:
    conversations = [f"c{number}" for number in range(10)]
    clock = Clock(NOON)
    for number in range(10):
        for conversation in conversations:
            await put(lane, conversation, f"{conversation} {number}", clock)
    done: list[str] = []

    async def work() -> None:
        while claim := await lane.claim(clock(), clock() + LEASE):
            await asyncio.sleep(0)
            done.append(claim.body.decode())
            await lane.finish(claim, clock())

    await asyncio.gather(*(work() for _ in range(10)))
    for conversation in conversations:
        mine = [body for body in done if body.startswith(f"{conversation} ")]
        assert mine == [f"{conversation} {number}" for number in range(10)]


async def test_a_claim_says_whether_another_conversation_is_due(lane: Lane, clock: Clock) -> None:
    await put(lane, "a", "a1", clock)
    await put(lane, "a", "a2", clock)
    await put(lane, "b", "b1", clock)
    first = await take(lane, clock)
    second = await take(lane, clock)
    assert (first.more, second.more) == (True, False)
    await lane.delay(first, clock(), clock() + LEASE)
    await put(lane, "c", "c1", clock)
    assert not (await take(lane, clock)).more
