"""What waits in the outbox: whether it still goes, in which words, and when again."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from channels.errors import (
    AddressRefused,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    ReplyRefused,
    SendFailed,
)
from channels.messages import Outgoing, Words
from channels.outgoing import Dispatch
from tests.channels.conftest import NUMBER, Front, message

LEASE = timedelta(seconds=15)
SCHEDULE = (5.0, 30.0, 120.0, 600.0)


@dataclass
class Provider:
    """A sender of the same contract, in this process: it fails as it is told to."""

    failures: list[SendFailed] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    sent: list[Words] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)

    async def send(self, address: str, words: Words) -> str | None:
        self.tried.append(words.key)
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(words)
        self.addresses.add(address)
        return f"id-{words.key}"

    async def close(self) -> None:
        self.sent.clear()

    @property
    def texts(self) -> list[str]:
        return [words.text for words in self.sent]


@dataclass(frozen=True)
class Post:
    """A worker's outbox side, one claim at a time."""

    front: Front
    provider: Provider
    dispatch: Dispatch

    async def queue(self, text: str = "Where?", kind: str = "question", **given: Any) -> None:
        channel = given.pop("channel", "sms")
        conversation = await self.front.stores.book.conversation_of(channel, NUMBER)
        answers = given.pop("answers", 1)
        plain = {
            "key": f"africastalking:9:{text}",
            "provider": "africastalking",
            "channel": channel,
            "language": "en",
            "arrived_at": self.front.clock(),
            "reply": {"response": "utter_any", "kind": kind, "text": text},
        }
        entry = self.front.stores.outbox.entry(conversation, Outgoing(**(plain | given)), answers)
        await self.front.stores.outbox.lane.append(entry, self.front.clock())

    async def work(self) -> int:
        """Send all that is due; how many claims that took."""
        clock, done = self.front.clock, 0
        lane = self.front.stores.outbox.lane
        while claim := await lane.claim(clock(), clock() + LEASE):
            await self.dispatch.send(claim)
            done += 1
        return done


@pytest.fixture
def post(front: Front) -> Post:
    provider = Provider()
    dispatch = Dispatch(
        lane=front.stores.outbox.lane,
        book=front.stores.book,
        replies=front.stores.tables.replies,
        senders={"africastalking": provider, "telegram": provider},
        deliveries=front.stores.deliveries,
        is_drill=lambda provider: provider == "telegram",
        schedule=SCHEDULE,
        late_after=20 * 60,
        silent_after=24 * 3600,
        clock=front.clock,
    )
    return Post(front, provider, dispatch)


async def test_replies_leave_in_order_to_the_one_who_wrote(post: Post) -> None:
    for text in ("one", "two", "three"):
        await post.queue(text)
    await post.work()
    assert post.provider.texts == ["one", "two", "three"]
    assert post.provider.addresses == {NUMBER}
    state = await post.front.stores.deliveries.state("africastalking", "id-africastalking:9:one")
    assert state == "sent"


@pytest.mark.parametrize(
    ("kind", "age", "said"),
    [
        pytest.param("question", {"minutes": 20}, "Where?", id="a question of 20 minutes goes"),
        pytest.param("question", {"minutes": 21}, "utter_late", id="an older one is a receipt"),
        pytest.param("choice", {"minutes": 21}, "utter_late", id="so is a choice"),
        pytest.param("receipt", {"hours": 23}, "Where?", id="a receipt still goes"),
        pytest.param("lifeline", {"hours": 23}, "Where?", id="numbers still go"),
        pytest.param("question", {"hours": 25}, None, id="after a day nothing goes"),
        pytest.param("lifeline", {"hours": 25}, None, id="not even numbers"),
    ],
)
async def test_what_is_too_late(kind, age, said, post: Post) -> None:
    await post.queue(kind=kind)
    post.front.clock.move(**age)
    await post.work()
    late = post.front.stores.tables.replies.find("utter_late", "en", "sms").text
    assert post.provider.texts == ([] if said is None else [said.replace("utter_late", late)])


async def test_the_schedule_of_a_provider_that_is_away(post: Post) -> None:
    post.provider.failures = [ProviderUnreachable("503")] * 9
    await post.queue("one", "receipt")
    await post.queue("two", "receipt")
    assert await post.work() == 1
    for wait in SCHEDULE:
        post.front.clock.move(seconds=wait - 0.1)
        assert await post.work() == 0
        post.front.clock.move(seconds=0.2)
        assert await post.work() >= 1
    # The first is given up after its last try, and the second begins.
    assert post.provider.tried == ["africastalking:9:one"] * 5 + ["africastalking:9:two"]


@pytest.mark.parametrize(
    ("failure", "kind", "sent_at"),
    [
        pytest.param(ProviderUnreachable("x"), "receipt", [5], id="not reached: again after 5 s"),
        pytest.param(ProviderBusy("429", retry_after=17), "receipt", [17], id="as long as it says"),
        pytest.param(AddressRefused("403"), "lifeline", [], id="a wrong address: never"),
        pytest.param(ReplyRefused("400"), "lifeline", [], id="words it does not take: never"),
        pytest.param(OutcomeUnknown("x"), "receipt", [], id="perhaps sent: not again"),
        pytest.param(OutcomeUnknown("x"), "lifeline", [5], id="perhaps sent: numbers go again"),
    ],
)
async def test_what_a_failure_means(failure, kind, sent_at, post: Post) -> None:
    post.provider.failures = [failure]
    await post.queue("one", kind)
    await post.queue("two", "receipt")
    await post.work()
    for wait in sent_at:
        assert post.provider.texts == []
        post.front.clock.move(seconds=wait)
        await post.work()
    assert post.provider.texts == (["one", "two"] if sent_at else ["two"])


async def test_numbers_of_unknown_outcome_go_twice_at_most(post: Post) -> None:
    post.provider.failures = [OutcomeUnknown("x")] * 3
    await post.queue("one", "lifeline")
    for _ in range(5):
        await post.work()
        post.front.clock.move(minutes=15)
    assert len(post.provider.tried) == 2


@pytest.mark.parametrize(("kind", "sent"), [("receipt", []), ("lifeline", ["one"])])
async def test_a_worker_that_died_while_sending(kind, sent, post: Post) -> None:
    await post.queue("one", kind)
    lane, clock = post.front.stores.outbox.lane, post.front.clock
    dead = await lane.claim(clock(), clock() + LEASE)
    assert dead
    assert await lane.begin(dead)
    clock.move(minutes=1)
    await post.work()
    assert post.provider.texts == sent


async def test_a_worker_that_died_before_sending(post: Post) -> None:
    await post.queue("one", "receipt")
    lane, clock = post.front.stores.outbox.lane, post.front.clock
    assert await lane.claim(clock(), clock() + LEASE)
    clock.move(minutes=1)
    await post.work()
    assert post.provider.texts == ["one"]


async def test_who_lost_the_lease_sends_nothing(post: Post) -> None:
    await post.queue("one", "receipt")
    lane, clock = post.front.stores.outbox.lane, post.front.clock
    frozen = await lane.claim(clock(), clock() + LEASE)
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


@pytest.mark.parametrize(
    ("kind", "channel", "above"),
    [
        pytest.param("receipt", "sms", [], id="an SMS is bare"),
        pytest.param(
            "receipt", "telegram", ["utter_opening"], id="a bot opens with a neutral line"
        ),
        pytest.param("close", "telegram", [], id="a closing line stands alone"),
    ],
)
async def test_what_stands_above_a_reply(kind, channel, above, post: Post) -> None:
    await post.queue("words", kind, channel=channel)
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
    key = f"telegram:7:{number}"
    await post.queue("words", kind, key=key, channel="telegram", provider="telegram")
    await post.work()
    test_line = post.front.stores.tables.replies.find("utter_test_line", "en", "telegram").text
    assert (test_line in post.provider.texts[0]) is first


async def test_a_provider_that_was_switched_off(post: Post) -> None:
    await post.queue("words", provider="kannel")
    await post.queue("more")
    await post.work()
    assert post.provider.texts == ["more"]
