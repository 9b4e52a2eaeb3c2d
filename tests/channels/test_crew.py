"""A crew keeps working whatever its work does, and ends in good order."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from channels.bells import ring, watch
from channels.claims import Claim
from channels.crew import Crew
from channels.lanes import Lane
from channels.stores import Stores


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def lane(stores: Stores) -> Lane:
    return Lane(stores.redis, "work", stores.seal)


@pytest.fixture
async def run(lane: Lane, stores: Stores) -> AsyncIterator[Callable[..., asyncio.Event]]:
    """Start a crew over a handler; all end with the test."""
    stopping, crews, helpers = asyncio.Event(), [], []

    def start(handle, *, slots=2, lease=15.0, limit=60.0, deaf=False) -> asyncio.Event:
        crew = Crew(lane, handle, slots=slots, lease=lease, limit=limit, clock=now)
        crews.append(asyncio.create_task(crew.run(stopping)))
        helpers.append(asyncio.create_task(watch(stores.redis, [crew], now)))
        if not deaf:
            helpers.append(asyncio.create_task(ring(stores.redis, [crew])))
        return stopping

    yield start
    stopping.set()
    for task in helpers:
        task.cancel()
    await asyncio.gather(*crews, *helpers, return_exceptions=True)


async def put(lane: Lane, conversation: str, body: str) -> None:
    await lane.append(lane.entry(conversation, body.encode(), body), now())


async def until(holds) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail("It never came true.")


async def test_work_that_breaks_is_tried_again_and_stops_nobody_else(lane: Lane, run) -> None:
    done: list[tuple[str, int]] = []

    async def handle(claim: Claim) -> None:
        if claim.body == b"a1" and claim.tries == 1:
            raise ValueError("chacha")
        done.append((claim.body.decode(), claim.tries))
        await lane.finish(claim, now())

    await put(lane, "a", "a1")
    await put(lane, "a", "a2")
    await put(lane, "b", "b1")
    run(handle)
    await until(lambda: len(done) == 3)
    assert done == [("b1", 1), ("a1", 2), ("a2", 1)]


async def test_no_more_work_in_hand_than_slots(lane: Lane, run) -> None:
    in_hand: list[Claim] = []
    go_on = asyncio.Event()
    most = 0

    async def handle(claim: Claim) -> None:
        nonlocal most
        in_hand.append(claim)
        most = max(most, len(in_hand))
        await go_on.wait()
        in_hand.remove(claim)
        await lane.finish(claim, now())

    for number in range(6):
        await put(lane, f"c{number}", f"{number}")
    run(handle, slots=2)
    await until(lambda: len(in_hand) == 2)
    go_on.set()
    await until(lambda: not in_hand)
    assert most == 2


async def test_long_work_keeps_its_lease(lane: Lane, run) -> None:
    claims: list[int] = []

    async def handle(claim: Claim) -> None:
        claims.append(claim.tries)
        await asyncio.sleep(1.0)
        assert await lane.finish(claim, now())
        claims.append(0)

    await put(lane, "a", "a1")
    run(handle, lease=0.3)
    run(handle, lease=0.3)
    await until(lambda: 0 in claims)
    assert claims == [1, 0]


async def test_work_that_never_ends_is_given_up_and_tried_again(lane: Lane, run) -> None:
    tries: list[int] = []

    async def handle(claim: Claim) -> None:
        tries.append(claim.tries)
        if claim.tries == 1:
            await asyncio.Event().wait()
        await lane.finish(claim, now())

    await put(lane, "a", "a1")
    run(handle, limit=0.2)
    await until(lambda: tries == [1, 2])


async def test_what_is_cut_off_in_the_middle_may_have_happened(lane: Lane, run) -> None:
    # A worker that stood still for a minute: the provider has the reply, and its answer was not read.
    begun: list[bool] = []

    async def send(claim: Claim) -> None:
        begun.append(claim.begun)
        if not claim.begun:
            await lane.begin(claim, now())
            await asyncio.Event().wait()
        await lane.finish(claim, now())

    await put(lane, "a", "a1")
    run(send, limit=0.2)
    await until(lambda: begun == [False, True])


async def test_work_in_hand_is_ended_before_stopping(lane: Lane, run) -> None:
    begun, ended = asyncio.Event(), []

    async def handle(claim: Claim) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        ended.append(await lane.finish(claim, now()))

    await put(lane, "a", "a1")
    await put(lane, "a", "a2")
    stopping = run(handle)
    await begun.wait()
    stopping.set()
    await until(lambda: ended)
    assert ended == [True]
    assert await lane.is_busy("a")


async def test_work_that_nobody_rang_for_is_found(lane: Lane, run) -> None:
    done: list[bytes] = []

    async def handle(claim: Claim) -> None:
        done.append(claim.body)
        await lane.finish(claim, now())

    await put(lane, "a", "a1")
    run(handle, deaf=True)
    await until(lambda: done == [b"a1"])
    await put(lane, "b", "b1")
    await until(lambda: done == [b"a1", b"b1"])
