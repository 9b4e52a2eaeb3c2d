"""The turn: what happens to one message of the inbox, from keeping its text to queueing replies.

The api has the text before anything else happens to it. After that a person will read it, whatever
fails; and whoever wrote gets the turn's replies or, when there are none, a lifeline.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from channels.address_book import AddressBook, Person
from channels.errors import RasaUnavailable, ReportsAway
from channels.lanes import Append, Claim, Lane
from channels.messages import Outgoing, Reply, Told
from channels.outbox import Outbox
from channels.outcomes import Outcomes
from channels.rasa import Rasa
from channels.replies import LIFELINES, Replies
from channels.reports import Kept, Outcome, Reports
from channels.signs import Signs

NOT_READ = "utter_not_read"
SMS_A_TURN = 2  # a phone that buzzes three times is looked at by others
SHORTEST_WAIT = timedelta(seconds=0.5)  # between two posts to an api that is away
LONGEST_WAIT = timedelta(seconds=5)
MERE_STOP = 2  # words; a longer STOP may tell something besides
GIVEN_UP_AFTER = 3  # tries: a message that broke so many turns gets no further one

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ended:
    """What a turn came to."""

    replies: list[Reply]
    outcome: Outcome
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversations:
    """Handles the claims of the inbox."""

    lane: Lane
    outbox: Outbox
    outcomes: Outcomes
    book: AddressBook
    reports: Reports
    rasa: Rasa
    replies: Replies
    signs: Signs
    is_drill: Callable[[str], bool]
    api_away_after: float
    clock: Callable[[], datetime]

    async def turn(self, claim: Claim) -> None:
        """Keep the text at the api, ask for the turn, and end the entry with its replies."""
        told = Told.model_validate_json(claim.body)
        person = await self.book.person(claim.conversation)
        language = self.signs.form(told.text, person.language if person else None)
        try:
            kept = await self.reports.keep(
                claim.conversation,
                told,
                drill=self.is_drill(told.provider),
            )
        except ReportsAway:
            await self._wait_for_api(claim, told, language)
            return
        ended = await self._hold(claim, told, kept, person, language)
        queued = self._queue(claim, told, ended)
        outcome = self.outcomes.entry(claim.conversation, told.key, ended.outcome)
        if await self.lane.finish(claim, self.clock(), [*queued, outcome]):
            log.info("turn_ended", key=told.key, outcome=ended.outcome, replies=len(queued))
        else:
            log.warning("turn_lost_its_lease", key=told.key)

    async def _hold(
        self,
        claim: Claim,
        told: Told,
        kept: Kept,
        person: Person | None,
        language: str,
    ) -> Ended:
        if not told.text.strip() and not told.location:
            # Nothing that a machine can read: a person has to see that something came.
            return Ended([self._own("utter_text_only", told, language)], "failed", language)
        if person and claim.mark <= person.stopped:
            return await self._hear_in_silence(claim, told, person, language)
        try:
            if claim.tries > GIVEN_UP_AFTER:
                raise RasaUnavailable
            if person and person.stopped and person.stopped == claim.mark - 1:
                # Rasa may have been away when the STOP was handled; its key acts once.
                await self.rasa.forget(claim.conversation, told, person.stopped)
            answer = await self.rasa.ask(
                claim.conversation,
                told,
                person.language if person else None,
                joined=kept.joined,
            )
        except RasaUnavailable:
            log.error("rasa_silent", key=told.key)  # noqa: TRY400  its traceback tells nothing
            return Ended([self._lifeline(told, kept, language)], "failed", language)
        spoken = answer.language or language
        if person and answer.language and answer.language != person.language:
            await self.book.set_language(claim.conversation, answer.language)
        replies = list(answer.replies)
        if kept.danger and not any(reply.kind == "lifeline" for reply in replies):
            # Danger is answered with the numbers first, whatever the turn made of the text.
            replies.insert(0, self._lifeline(told, kept, spoken))
        if told.media:
            replies.append(self._own("utter_text_only", told, spoken))
        # An action that could not reach the api says so itself; then nobody has the facts yet.
        unread = any(reply.response == NOT_READ for reply in replies)
        return Ended(replies, "failed" if unread else "handled", spoken)

    async def _hear_in_silence(
        self,
        claim: Claim,
        told: Told,
        person: Person,
        language: str,
    ) -> Ended:
        """Have a STOP, or what was told before it, understood; its neutral line is on its way."""
        heard = len(told.text.split()) <= MERE_STOP if told.stop else False
        if not heard:
            heard = await self.rasa.hear(claim.conversation, told, person.language)
        if told.stop:
            await self.rasa.forget(claim.conversation, told, claim.mark)
        return Ended([], "handled" if heard else "failed", language)

    def _lifeline(self, told: Told, kept: Kept, language: str) -> Reply:
        name = f"utter_lifeline_{kept.lifeline}"
        if kept.danger and kept.case_code and name in LIFELINES:
            return self._own(name, told, language, kept.case_code)
        return self._own(NOT_READ, told, language)

    def _own(
        self,
        response: str,
        told: Told,
        language: str,
        case_code: str | None = None,
    ) -> Reply:
        return self.replies.find(response, language, told.channel, case_code=case_code)

    def _queue(self, claim: Claim, told: Told, ended: Ended) -> list[Append]:
        most = SMS_A_TURN if told.channel == "sms" else len(ended.replies)
        if len(ended.replies) > most:
            log.warning("replies_left_out", key=told.key, count=len(ended.replies) - most)
        return [
            self._entry(claim, told, reply, ended.language, number)
            for number, reply in enumerate(ended.replies[:most])
        ]

    def _entry(
        self,
        claim: Claim,
        told: Told,
        reply: Reply,
        language: str,
        number: int | str,
    ) -> Append:
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

    async def _wait_for_api(self, claim: Claim, told: Told, language: str) -> None:
        """Leave the message where it is, in order; tell the reporter once that nobody read it."""
        now = self.clock()
        age = now - told.arrived_at
        then = []
        if not told.stop and (told.danger or age > timedelta(seconds=self.api_away_after)):
            reply = self._own(NOT_READ, told, language)
            then.append(self._entry(claim, told, reply, language, "away"))
        # The longer it has waited the less a second matters, and the more of them wait.
        wait = min(max(age / 2, SHORTEST_WAIT), LONGEST_WAIT)
        wait *= random.uniform(0.75, 1.25)  # noqa: S311  jitter, no secret
        log.warning("api_away", key=told.key)
        await self.lane.wait(claim, now, now + wait, then)
