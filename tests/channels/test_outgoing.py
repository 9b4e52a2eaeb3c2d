"""What waits in the outbox: whether it still goes, to whom, and in which words."""

import pytest

from channels.errors import ProviderUnreachable
from tests.channels.conftest import NUMBER, Front, message
from tests.channels.post import LEASE, Post, make_post


@pytest.fixture
def post(front: Front) -> Post:
    return make_post(front)


async def test_replies_leave_in_order_to_the_one_who_wrote(post: Post) -> None:
    for text in ("one", "two", "three"):
        await post.queue(text)
    await post.work()
    assert post.provider.texts == ["one", "two", "three"]
    assert set(post.provider.addresses) == {NUMBER}
    state = await post.front.stores.deliveries.state("africastalking", "id-africastalking:9:one")
    assert state == "sent"
    assert await post.told() == []


@pytest.mark.parametrize(
    ("kind", "age", "said", "told"),
    [
        pytest.param("question", {"minutes": 20}, "Where?", None, id="a question of 20 minutes"),
        pytest.param("question", {"minutes": 21}, "utter_late", None, id="later it is a receipt"),
        pytest.param("choice", {"minutes": 21}, "utter_late", None, id="so is a choice"),
        pytest.param("receipt", {"hours": 23}, "Where?", None, id="a receipt still goes"),
        pytest.param("lifeline", {"hours": 23}, "Where?", None, id="numbers still go"),
        pytest.param("question", {"hours": 25}, None, "expired", id="after a day nothing goes"),
        pytest.param("lifeline", {"hours": 25}, None, "expired", id="not even numbers"),
    ],
)
async def test_what_is_too_late(kind, age, said, told, post: Post) -> None:
    await post.queue(kind=kind)
    post.front.clock.move(**age)
    await post.work()
    late = post.front.stores.tables.replies.find("utter_late", "en", "sms").text
    assert post.provider.texts == ([] if said is None else [said.replace("utter_late", late)])
    assert [state for _, state in await post.told()] == ([told] if told else [])


async def test_a_worker_that_died_before_sending(post: Post) -> None:
    await post.queue("one", "receipt")
    clock = post.front.clock
    assert await post.lane().claim(clock(), clock() + LEASE)
    clock.move(minutes=1)
    await post.work()
    assert post.provider.texts == ["one"]


async def test_who_lost_the_lease_sends_nothing(post: Post) -> None:
    await post.queue("one", "receipt")
    clock = post.front.clock
    frozen = await post.lane().claim(clock(), clock() + LEASE)
    assert frozen
    clock.move(minutes=1)
    await post.work()
    await post.dispatch.send(frozen)
    assert post.provider.texts == ["one"]


async def test_after_stop_nothing_leaves_that_answers_what_was_told_before(post: Post) -> None:
    inbox = post.front.stores.inbox
    await inbox.accept(message("salam"))
    await inbox.accept(message("stop"))
    # The turn of the first text ends only now.
    await post.queue("Where?", answers=1)
    await post.queue("15, 1122, 1121", "lifeline", answers=1)
    await inbox.accept(message("pani"))
    await post.queue("Thank you. 482 177 306", "receipt", answers=3)
    await post.work()
    stopped = post.front.stores.tables.replies.find("utter_stopped", "en", "sms").text
    assert post.provider.texts == [stopped, "Thank you. 482 177 306"]
    assert await post.told() == []


async def test_stop_by_one_provider_cancels_what_waits_at_another(post: Post) -> None:
    inbox = post.front.stores.inbox
    await inbox.accept(message("salam"))
    post.provider.failures = [ProviderUnreachable("503")]
    await post.queue("15, 1122, 1121", "lifeline")
    await post.work()
    await inbox.accept(message("stop", provider="kannel", external_id="k"))
    post.front.clock.move(minutes=5)
    await post.work()
    assert post.provider.texts == []
    assert not await post.lane().is_busy(await post.front.stores.book.find("sms", NUMBER) or "")


@pytest.mark.parametrize(
    ("kind", "channel", "above"),
    [
        pytest.param("receipt", "sms", [], id="an SMS is bare"),
        pytest.param(
            "receipt",
            "telegram",
            ["utter_opening", "utter_test_line"],
            id="a bot opens with a neutral line",
        ),
        pytest.param("close", "telegram", [], id="a closing line stands alone"),
    ],
)
async def test_what_stands_above_a_reply(kind, channel, above, post: Post) -> None:
    await post.queue("words", kind, channel=channel, key="telegram:7:0")
    await post.work()
    find = post.front.stores.tables.replies.find
    lines = [find(name, "en", channel).text for name in above]
    assert post.provider.texts == ["\n".join([*lines, "words"])]


@pytest.mark.parametrize(
    ("number", "kind", "first"),
    [
        ("0", "receipt", True),
        ("1", "question", False),
        ("away", "lifeline", True),
        ("stop", "close", False),
    ],
)
async def test_a_drill_says_so_once_a_turn(number, kind, first, post: Post) -> None:
    await post.queue("words", kind, key=f"telegram:7:{number}", channel="telegram")
    await post.work()
    test_line = post.front.stores.tables.replies.find("utter_test_line", "en", "telegram").text
    assert (test_line in post.provider.texts[0]) is first


async def test_a_provider_that_was_switched_off(post: Post) -> None:
    await post.queue("words", provider="kannel")
    await post.queue("more")
    await post.work()
    assert post.provider.texts == ["more"]
    assert await post.told() == [("africastalking:9:words", "refused")]


async def test_who_blocked_the_bot_gets_nothing_until_they_write_again(post: Post) -> None:
    inbox = post.front.stores.inbox
    chat = {"provider": "telegram", "channel": "telegram", "address": NUMBER}
    await inbox.accept(message("salam", **chat))
    await inbox.opt_out("telegram", NUMBER)
    await post.queue("one", channel="telegram", key="telegram:1:0")
    await post.work()
    assert post.provider.tried == []
    assert await post.told() == [("telegram:1:0", "opted_out")]
    await inbox.accept(message("start", **chat))
    await post.queue("two", channel="telegram", key="telegram:2:0")
    await post.work()
    assert post.provider.tried == ["telegram:2:0"]
