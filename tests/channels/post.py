"""The outbox side of a worker, one claim at a time, with a provider that fails as it is told to."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from channels.brakes import Brakes
from channels.lanes import Lane
from channels.limits import Limits, per_second
from channels.messages import Outgoing, Words
from channels.outcomes import TOLD, Delivery
from channels.outgoing import Dispatch
from channels.wording import Wording
from tests.channels.conftest import NUMBER, Front, entries

LEASE = timedelta(seconds=15)
SCHEDULE = (5.0, 30.0, 120.0, 600.0)


@dataclass
class Provider:
    """A sender of the same contract, in this process."""

    failures: list[Exception] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    sent: list[Words] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    async def send(self, address: str, words: Words) -> str | None:
        self.tried.append(words.key)
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(words)
        self.addresses.append(address)
        return f"id-{words.key}"

    async def close(self) -> None:
        self.sent.clear()

    @property
    def texts(self) -> list[str]:
        return [words.text for words in self.sent]


@dataclass(frozen=True)
class Post:
    """A worker's outbox side."""

    front: Front
    provider: Provider
    dispatch: Dispatch

    def lane(self, provider: str = "africastalking") -> Lane:
        return self.front.stores.outbox.lanes[provider]

    async def queue(self, text: str = "Where?", kind: str = "question", **given: Any) -> None:
        """Queue a reply; `to` is its address, `answers` the number of the message it answers."""
        channel = given.pop("channel", "sms")
        to, answers = given.pop("to", NUMBER), given.pop("answers", 1)
        conversation = await self.front.stores.book.conversation_of(channel, to)
        response = given.pop("response", "utter_any")
        plain = {
            "key": f"africastalking:9:{text}",
            "provider": "telegram" if channel == "telegram" else "africastalking",
            "channel": channel,
            "language": "en",
            "arrived_at": self.front.clock(),
            "reply": {"response": response, "kind": kind, "text": text},
        }
        outgoing = Outgoing(**(plain | given))
        entry = self.front.stores.outbox.entry(conversation, outgoing, answers)
        await self.lane(outgoing.provider).append(entry, self.front.clock())

    async def work(self) -> int:
        """Send all that is due; how many claims that took."""
        clock, done = self.front.clock, 0
        for lane in self.front.stores.outbox.lanes.values():
            while claim := await lane.claim(clock(), clock() + LEASE):
                await self.dispatch.send(claim)
                done += 1
        return done

    async def told(self) -> list[tuple[str, str]]:
        """What the api is to be told of replies: each reply's key and its state."""
        bodies = await entries(self.front.stores.outcome_lane, self.front.clock)
        told = [TOLD.validate_json(body) for body in bodies]
        return [(one.key, one.state) for one in told if isinstance(one, Delivery)]


def make_post(front: Front, provider_name: str = "africastalking") -> Post:
    """A worker over the stores of a front, with this SMS provider on, and Telegram."""
    provider, stores = Provider(), front.stores
    dispatch = Dispatch(
        outbox=stores.outbox,
        outcome_lane=stores.outcome_lane,
        book=stores.book,
        wording=Wording(
            stores.tables.replies, lambda name: name == "telegram", timedelta(minutes=20)
        ),
        brakes=Brakes(Limits(stores.redis), stores.seal, per_second(1)),
        senders={provider_name: provider, "telegram": provider},
        deliveries=stores.deliveries,
        schedule=SCHEDULE,
        silent_after=24 * 3600,
        clock=front.clock,
    )
    return Post(front, provider, dispatch)
