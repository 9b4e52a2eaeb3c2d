"""The outbox: replies on their way to a reporter, in order, the lifeline ahead of others.

A lane for each provider, so that one that is slow or away holds up nobody else's replies.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from redis.asyncio import Redis

from channels.claims import Append
from channels.lanes import Lane
from channels.limits import Limit
from channels.messages import Outgoing
from channels.paced import PacedLane
from channels.sealing import Seal

NAME = "outbox"


@dataclass(frozen=True, slots=True)
class Outbox:
    """The lanes by provider. Entries are appended in the step that ends what caused them."""

    lanes: Mapping[str, Lane]

    @property
    def lane_names(self) -> list[str]:
        """The names of all lanes."""
        return [lane.name for lane in self.lanes.values()]

    def entry(self, conversation: str, outgoing: Outgoing, answers: int) -> Append:
        """Seal a reply to the message with this number: a later STOP cancels it by that."""
        return self.lanes[outgoing.provider].entry(
            conversation,
            outgoing.model_dump_json().encode(),
            outgoing.key,
            mark=answers,
            urgent=outgoing.reply.kind == "lifeline",
        )

    async def is_busy(self, conversation: str) -> bool:
        """Whether a reply to this conversation waits or is being sent."""
        return any([await lane.is_busy(conversation) for lane in self.lanes.values()])


def lane_name(provider: str) -> str:
    """Return the name of a provider's lane."""
    return f"{NAME}:{provider}"


def make_outbox(redis: Redis, seal: Seal, limits: Mapping[str, Limit | None]) -> Outbox:
    """Make a lane for each provider, with the limit of those that have one."""
    lanes: dict[str, Lane] = {}
    for provider, limit in limits.items():
        name = lane_name(provider)
        lanes[provider] = PacedLane(redis, name, seal, limit) if limit else Lane(redis, name, seal)
    return Outbox(lanes)
