"""What channels itself says in a turn, and how a turn's replies enter the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from channels.claims import Append, Claim
from channels.messages import Outgoing, Reply, Told
from channels.outbox import Outbox
from channels.replies import LIFELINES, Replies
from channels.reports import Kept

NOT_READ = "utter_not_read"
SMS_A_TURN = 2  # a phone that buzzes three times is looked at by others

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TurnReplies:
    """Finds reviewed replies to a text and makes them entries of the outbox."""

    replies: Replies
    outbox: Outbox

    def lifeline(self, told: Told, kept: Kept, language: str) -> Reply:
        """Return the numbers for the danger that was found, else those for a text nobody read."""
        name = f"utter_lifeline_{kept.lifeline}"
        if kept.danger and kept.case_code and name in LIFELINES:
            return self.replies.find(name, language, told.channel, case_code=kept.case_code)
        return self.own(NOT_READ, told, language)

    def own(self, response: str, told: Told, language: str) -> Reply:
        """Return a reply of the table."""
        return self.replies.find(response, language, told.channel)

    def entries(
        self, claim: Claim, told: Told, replies: Sequence[Reply], language: str
    ) -> list[Append]:
        """Seal the replies of a turn, of an SMS turn the first two."""
        most = SMS_A_TURN if told.channel == "sms" else len(replies)
        if len(replies) > most:
            log.warning("replies_left_out", key=told.key, count=len(replies) - most)
        return [
            self.entry(claim, told, reply, language, number)
            for number, reply in enumerate(replies[:most])
        ]

    def entry(
        self, claim: Claim, told: Told, reply: Reply, language: str, number: int | str
    ) -> Append:
        """Seal one reply under its number in the turn."""
        outgoing = Outgoing(
            key=f"{told.key}:{number}",
            provider=told.provider,
            channel=told.channel,
            language=language,
            arrived_at=told.arrived_at,
            reply=reply,
            tap=told.tap if number == 0 else None,
        )
        return self.outbox.entry(claim.conversation, outgoing, claim.mark)
