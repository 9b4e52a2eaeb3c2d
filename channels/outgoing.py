"""Sends what waits in the outbox: decides whether it still goes, and when again.

A reply that does not arrive is told to the api, in the step that ends it here: the officer has to
know that the reporter was left without an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from channels.address_book import AddressBook, Person
from channels.brakes import SAME_TEXT, Brakes
from channels.claims import Append, Claim
from channels.deliveries import Deliveries
from channels.errors import OptedOut, SendFailed
from channels.lanes import Lane
from channels.messages import Outgoing, Reply
from channels.outbox import Outbox
from channels.outcomes import Owner, Reach, delivery_entry
from channels.senders import Sender
from channels.wording import Wording

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """Handles the claims of the outbox."""

    outbox: Outbox
    outcome_lane: Lane
    book: AddressBook
    wording: Wording
    brakes: Brakes
    senders: Mapping[str, Sender]
    deliveries: Deliveries
    schedule: Sequence[float]
    silent_after: float
    clock: Callable[[], datetime]

    async def send(self, claim: Claim) -> None:
        """Send a reply, or say in the log and to the api why it does not go."""
        outgoing = Outgoing.model_validate_json(claim.body)
        person = self.book.person(claim.conversation, claim.known)
        age = self.clock() - outgoing.arrived_at
        if person is None or outgoing.provider not in self.senders:
            await self._give_up(claim, outgoing, "refused", "reply_has_no_way")
        elif claim.mark < person.stopped:
            # They asked for silence, so nothing is owed to them.
            await self._drop(claim, outgoing, "reply_stopped")
        elif age > timedelta(seconds=self.silent_after):
            await self._give_up(claim, outgoing, "expired", "reply_too_old")
        elif person.opted_out:
            await self._give_up(claim, outgoing, "opted_out", "reply_opted_out")
        elif claim.begun and not await self._may_send_again(claim, outgoing, claim.tries - 1):
            await self._give_up(claim, outgoing, "unknown", "reply_outcome_unknown")
        else:
            await self._brake(claim, outgoing, person, self.wording.timely(outgoing, age))

    async def _brake(self, claim: Claim, outgoing: Outgoing, person: Person, reply: Reply) -> None:
        lane, now = self.outbox.lanes[outgoing.provider], self.clock()
        brakes = self.brakes.on(claim.conversation, outgoing, reply.text)
        start = await lane.begin(claim, now, brakes)
        if start.begun:
            await self._hand_over(claim, outgoing, person, reply)
        elif start.brake and start.brake.limit is SAME_TEXT:
            await self._drop(claim, outgoing, "reply_looped")
        elif start.brake:
            await lane.wait(claim, now, now + start.wait)

    async def _hand_over(
        self, claim: Claim, outgoing: Outgoing, person: Person, reply: Reply
    ) -> None:
        sender, provider = self.senders[outgoing.provider], outgoing.provider
        try:
            words = self.wording.words(outgoing, reply)
            message_id = await sender.send(person.address, words)
        except SendFailed as failure:
            await self._failed(claim, outgoing, failure)
            return
        except Exception:
            # It may have gone out before it broke, and would break and go out again and again.
            log.exception("sender_broke", key=outgoing.key)
            await self._unknown(claim, outgoing, {"error": "sender_broke"})
            return
        # Only a reply that was tried before can have been told as not arrived.
        told = [self._told(claim, outgoing, "reached")] if claim.tries > 1 else []
        lane = self.outbox.lanes[provider]
        if message_id:
            owner = _owner(claim, outgoing)
            await self.deliveries.sent(provider, message_id, owner, lane, claim, told)
        else:
            await lane.finish(claim, self.clock(), told)
        log.info("reply_sent", key=outgoing.key, kind=reply.kind)

    async def _failed(self, claim: Claim, outgoing: Outgoing, failure: SendFailed) -> None:
        why = {"error": type(failure).__name__, "reason": failure.reason}
        if failure.unknown:
            await self._unknown(claim, outgoing, why)
        elif failure.retryable:
            await self._again(claim, outgoing, failure, why)
        elif isinstance(failure, OptedOut):
            await self.book.opt_out(claim.conversation)
            await self._give_up(claim, outgoing, "opted_out", "reply_opted_out", why)
        else:
            await self._give_up(claim, outgoing, "refused", "reply_undelivered", why)

    async def _unknown(self, claim: Claim, outgoing: Outgoing, why: Mapping[str, str]) -> None:
        # Where the provider reports by our own key, its report may know better, also later.
        owner = _owner(claim, outgoing)
        known = await self.deliveries.record(outgoing.provider, outgoing.key, "unknown", owner)
        if known != "unknown":
            await self._drop(claim, outgoing, "reply_reported", why)
        elif await self._may_send_again(claim, outgoing, claim.tries):
            now = self.clock()
            again = now + timedelta(seconds=self.schedule[0])
            await self.outbox.lanes[outgoing.provider].delay(claim, now, again)
            log.warning("reply_again", key=outgoing.key, **why)
        else:
            await self._give_up(claim, outgoing, "unknown", "reply_outcome_unknown", why)

    async def _again(
        self, claim: Claim, outgoing: Outgoing, failure: SendFailed, why: Mapping[str, str]
    ) -> None:
        now = self.clock()
        # Our account will not mend itself in seconds; and who waits longer must be known.
        long = failure.alarm or claim.tries > len(self.schedule)
        wait = self.schedule[-1] if long else self.schedule[claim.tries - 1]
        again = now + timedelta(seconds=max(wait, failure.retry_after or 0.0))
        told = [self._told(claim, outgoing, "waiting")] if long else []
        # Behind what is new: who has just written still has the phone in hand.
        lane = self.outbox.lanes[outgoing.provider]
        await lane.delay(claim, now, again, told, behind=True)
        say = log.error if failure.alarm else log.warning
        say("reply_delayed", key=outgoing.key, tries=claim.tries, **why)

    async def _may_send_again(self, claim: Claim, outgoing: Outgoing, tries: int) -> bool:
        return await self.brakes.may_send_again(claim.conversation, outgoing, tries, self.clock())

    async def _give_up(
        self,
        claim: Claim,
        outgoing: Outgoing,
        reach: Reach,
        event: str,
        why: Mapping[str, str] | None = None,
    ) -> None:
        lane = self.outbox.lanes[outgoing.provider]
        await lane.finish(claim, self.clock(), [self._told(claim, outgoing, reach)])
        log.warning(event, key=outgoing.key, kind=outgoing.reply.kind, **(why or {}))

    async def _drop(
        self,
        claim: Claim,
        outgoing: Outgoing,
        event: str,
        why: Mapping[str, str] | None = None,
    ) -> None:
        await self.outbox.lanes[outgoing.provider].finish(claim, self.clock())
        log.warning(event, key=outgoing.key, kind=outgoing.reply.kind, **(why or {}))

    def _told(self, claim: Claim, outgoing: Outgoing, reach: Reach) -> Append:
        return delivery_entry(self.outcome_lane, _owner(claim, outgoing), reach, self.clock())


def _owner(claim: Claim, outgoing: Outgoing) -> Owner:
    return Owner(
        key=outgoing.key,
        conversation=claim.conversation,
        report=outgoing.report,
        kind=outgoing.reply.kind,
    )
