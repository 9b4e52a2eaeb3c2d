"""The outbox: replies on their way to a reporter, in order, the lifeline ahead of others."""

from channels.lanes import Append, Lane
from channels.messages import Outgoing

NAME = "outbox"


class Outbox:
    """Makes outbox entries; they are appended in the step that ends what caused them."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane

    def entry(self, conversation: str, outgoing: Outgoing, answers: int) -> Append:
        """Seal a reply to the message with this number: a later STOP cancels it by that."""
        return self.lane.entry(
            conversation,
            outgoing.model_dump_json().encode(),
            outgoing.key,
            mark=answers,
            urgent=outgoing.reply.kind == "lifeline",
        )
