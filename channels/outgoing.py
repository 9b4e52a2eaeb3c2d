"""Sends what waits in the outbox: decides whether it still goes, in which words, and when again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from channels.address_book import AddressBook
from channels.deliveries import Deliveries
from channels.errors import SendFailed
from channels.lanes import Claim, Lane
from channels.messages import Outgoing, Reply, Words
from channels.replies import Replies
from channels.senders import Sender

LATE_KINDS = ("question", "choice")  # asked of somebody who has long put the phone away
LIFELINE_TRIES = 2  # of a lifeline nobody knows the outcome of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """Handles the claims of the outbox."""

    lane: Lane
    book: AddressBook
    replies: Replies
    senders: Mapping[str, Sender]
    deliveries: Deliveries
    is_drill: Callable[[str], bool]
    schedule: Sequence[float]
    late_after: float
    silent_after: float
    clock: Callable[[], datetime]

    async def send(self, claim: Claim) -> None:
        """Send a reply, or say in the log why it does not go."""
        outgoing = Outgoing.model_validate_json(claim.body)
        person = await self.book.person(claim.conversation)
        age = self.clock() - outgoing.arrived_at
        if person is None or outgoing.provider not in self.senders:
            await self._drop(claim, outgoing, "reply_has_no_way")
        elif claim.mark < person.stopped:
            await self._drop(claim, outgoing, "reply_stopped")
        elif age > timedelta(seconds=self.silent_after):
            await self._drop(claim, outgoing, "reply_too_old")
        elif claim.begun and not _may_repeat(outgoing, claim.tries - 1):
            await self._drop(claim, outgoing, "reply_outcome_unknown")
        elif await self.lane.begin(claim):
            await self._hand_over(claim, outgoing, person.address, age)

    async def _hand_over(
        self,
        claim: Claim,
        outgoing: Outgoing,
        address: str,
        age: timedelta,
    ) -> None:
        reply = outgoing.reply
        if reply.kind in LATE_KINDS and age > timedelta(seconds=self.late_after):
            reply = self.replies.find("utter_late", outgoing.language, outgoing.channel)
        words = Words(
            key=outgoing.key,
            text=self._text(outgoing, reply),
            buttons=reply.buttons,
            tap=outgoing.tap,
        )
        try:
            message_id = await self.senders[outgoing.provider].send(address, words)
        except SendFailed as failure:
            await self._failed(claim, outgoing, failure)
            return
        if message_id:
            await self.deliveries.record(outgoing.provider, message_id, "sent", outgoing.key)
        await self.lane.finish(claim, self.clock())
        log.info("reply_sent", key=outgoing.key, kind=reply.kind)

    async def _failed(self, claim: Claim, outgoing: Outgoing, failure: SendFailed) -> None:
        again = failure.retryable or (failure.unknown and _may_repeat(outgoing, claim.tries))
        if not again or claim.tries > len(self.schedule):
            await self._drop(claim, outgoing, "reply_undelivered", failure)
            return
        wait = failure.retry_after or self.schedule[claim.tries - 1]
        now = self.clock()
        log.warning(
            "reply_delayed",
            key=outgoing.key,
            error=type(failure).__name__,
            reason=failure.reason,
            tries=claim.tries,
        )
        await self.lane.delay(claim, now, now + timedelta(seconds=wait))

    def _text(self, outgoing: Outgoing, reply: Reply) -> str:
        """The reply under what has to stand above it. A closing line stands alone."""
        above = []
        if reply.kind != "close":
            if outgoing.channel == "telegram":
                above.append("utter_opening")
            if self.is_drill(outgoing.provider) and outgoing.key.endswith((":0", ":away")):
                above.append("utter_test_line")
        texts = [
            self.replies.find(name, outgoing.language, outgoing.channel).text for name in above
        ]
        return "\n".join([*texts, reply.text])

    async def _drop(
        self,
        claim: Claim,
        outgoing: Outgoing,
        event: str,
        failure: SendFailed | None = None,
    ) -> None:
        why = {"error": type(failure).__name__, "reason": failure.reason} if failure else {}
        await self.lane.finish(claim, self.clock())
        log.warning(event, key=outgoing.key, kind=outgoing.reply.kind, **why)


def _may_repeat(outgoing: Outgoing, tried: int) -> bool:
    """Numbers to call had better come twice than never; nothing else is worth a second SMS."""
    return outgoing.reply.kind == "lifeline" and tried < LIFELINE_TRIES
