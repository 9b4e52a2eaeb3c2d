"""What holds replies back: each provider's pace, each chat's, and the end of a loop."""

import pytest

from channels.limits import Limits, per_second
from channels.stores import make_stores
from tests.channels.conftest import Clock, Front, make_settings
from tests.channels.post import LEASE, Post, make_post
from tests.standins.redis_server import RedisServer


@pytest.fixture
def post(front: Front) -> Post:
    return make_post(front)


def chat(number: int) -> dict[str, str]:
    return {"channel": "telegram", "to": str(4711 + number), "key": f"telegram:{number}:1"}


async def test_a_chat_gets_one_message_a_second(post: Post) -> None:
    for number in range(3):
        await post.queue("x", "receipt", **(chat(0) | {"key": f"telegram:{number}:1"}))
    for sent in (1, 2, 3):
        await post.work()
        assert len(post.provider.sent) == sent
        post.front.clock.move(seconds=0.9)
        await post.work()
        assert len(post.provider.sent) == sent
        post.front.clock.move(seconds=0.1)
    assert post.provider.tried == [f"telegram:{number}:1" for number in range(3)]


async def test_sms_to_one_number_need_no_rest(post: Post) -> None:
    for text in ("one", "two"):
        await post.queue(text, "receipt")
    await post.work()
    assert post.provider.texts == ["one", "two"]


async def test_all_chats_together_get_thirty_a_second_danger_first(post: Post) -> None:
    for number in range(70):
        await post.queue("x", "receipt", **chat(number))
    await post.work()
    assert len(post.provider.sent) == 30
    await post.queue("15, 1122, 1121", "lifeline", **chat(99))
    post.front.clock.move(seconds=1)
    await post.work()
    assert len(post.provider.sent) == 60
    assert post.provider.tried[30] == "telegram:99:1"
    post.front.clock.move(seconds=1)
    await post.work()
    assert len(post.provider.sent) == 71


async def test_a_provider_at_its_limit_holds_up_no_other(post: Post) -> None:
    for number in range(40):
        await post.queue("x", "receipt", **chat(number))
    await post.queue("an SMS", "receipt")
    await post.work()
    assert post.provider.texts.count("an SMS") == 1


@pytest.mark.parametrize(
    ("rate", "most", "seconds"),
    [
        pytest.param(2.0, 2, 1.0, id="two a second"),
        pytest.param(2.5, 2, 0.8, id="parts of a second count"),
        pytest.param(0.5, 1, 2.0, id="one in two seconds"),
    ],
)
async def test_the_rate_of_sms_is_a_setting_and_workers_share_it(
    rate, most, seconds, redis_server: RedisServer, front: Front
) -> None:
    settings = make_settings(redis_url=redis_server.url, sms_rate=rate)
    both = [make_stores(settings, front.stores.tables, front.clock) for _ in range(2)]
    post = make_post(front)
    for number in range(9):
        await post.queue("x", "receipt", to=f"+92300000000{number}", key=f"at:{number}:0")

    async def claimed() -> int:
        claims = 0
        for _ in range(5):
            for stores in both:
                lane = stores.outbox.lanes["africastalking"]
                claims += await lane.claim(front.clock(), front.clock() + LEASE) is not None
        return claims

    assert await claimed() == most
    front.clock.move(seconds=seconds - 0.1)
    assert await claimed() == 0
    front.clock.move(seconds=0.1)
    assert await claimed() == most
    for stores in both:
        await stores.close()


async def test_the_same_text_goes_five_times_in_half_an_hour(post: Post) -> None:
    for number in range(7):
        await post.queue("15, 1122, 1121", "lifeline", key=f"at:{number}:0")
        await post.queue(f"Thank you {number}", "receipt", key=f"at:{number}:1")
        await post.work()
        post.front.clock.move(minutes=1)
    assert post.provider.texts.count("15, 1122, 1121") == 5
    assert len(set(post.provider.texts)) == 8
    await post.queue("15, 1122, 1121", "lifeline", key="at:8:0", to="+923000000002")
    post.front.clock.move(minutes=24)
    await post.queue("15, 1122, 1121", "lifeline", key="at:9:0")
    await post.work()
    assert post.provider.texts.count("15, 1122, 1121") == 7


async def test_a_reply_that_is_tried_again_counts_once(front: Front, clock: Clock) -> None:
    limits, limit = Limits(front.stores.redis), per_second(2)
    for _ in range(3):
        assert not await limits.wait("x", "one", limit, clock())
    assert not await limits.wait("x", "two", limit, clock())
    clock.move(seconds=0.25)
    wait = await limits.wait("x", "three", limit, clock())
    assert wait.total_seconds() == 0.75
    clock.move(seconds=0.75)
    assert not await limits.wait("x", "three", limit, clock())
