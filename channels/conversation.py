"""The turn: what happens to one message of the inbox, from keeping its text to queueing replies.

The api has the text before anything else happens to it. After that a person will read it, whatever
fails; and whoever wrote gets the turn's replies or, when there are none, a lifeline. A message whose
turn was given up is parked besides, so that an administrator can have it taken again.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError

from channels.address_book import AddressBook, Person
from channels.claims import Claim
from channels.errors import RasaUnavailable, ReportRefused, ReportsAway
from channels.lanes import Lane
from channels.messages import Reply, Told
from channels.metrics import Metrics
from channels.outcomes import Outcomes
from channels.parking import REPLAYED
from channels.rasa import Rasa
from channels.reports import Kept, Outcome, Reports
from channels.signs import Signs
from channels.turn_replies import NOT_READ, TurnReplies

SHORTEST_WAIT = timedelta(seconds=0.5)  # between two posts to an api that is away
LONGEST_WAIT = timedelta(seconds=5)
MERE_STOP = 2  # words; a longer STOP may tell something besides
DANGER_TRIES = 2  # whoever is in danger is not kept waiting for a turn that may not come

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Turn:
    """A message whose turn it is, who wrote it, and the form to answer in."""

    claim: Claim
    told: Told
    person: Person | None
    language: str

    @property
    def silent(self) -> bool:
        """Whether nothing may be said: a STOP followed, or it is tried again long after."""
        return self.claim.mark <= (self.person.stopped if self.person else REPLAYED)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a turn came to; with an error its message is parked.

    Of a text that is in an alert the api knows already that it is dealt with.
    """

    replies: list[Reply]
    outcome: Outcome
    language: str
    error: str = ""
    in_alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversations:
    """Handles the claims of the inbox."""

    lane: Lane
    answers: TurnReplies
    outcomes: Outcomes
    book: AddressBook
    reports: Reports
    rasa: Rasa
    signs: Signs
    metrics: Metrics
    is_drill: Callable[[str], bool]
    api_away_after: float
    schedule: Sequence[float]  # seconds between the tries of a turn
    clock: Callable[[], datetime]

    async def turn(self, claim: Claim) -> None:
        """Keep the text at the api, ask for the turn, and end the entry with its replies."""
        try:
            told = Told.model_validate_json(claim.body)
        except ValidationError:
            # Another version of ours wrote it: a person has to look, and the next one goes on.
            log.critical("message_unreadable")
            await self.lane.park(claim, self.clock(), "message_unreadable")
            return
        person = self.book.person(claim.conversation, claim.known)
        language = self.signs.form(told.text, person.language if person else None)
        turn = Turn(claim, told, person, language)
        drill = self.is_drill(told.provider)
        try:
            kept = await self.reports.keep(claim.conversation, told, drill=drill)
        except ReportsAway:
            await self._wait_for_api(turn)
        except ReportRefused:
            log.critical("report_refused", key=told.key)
            await self._end(turn, self._given_up(turn, Kept(), "report_refused"))
        else:
            await self._try(turn, kept)

    async def _try(self, turn: Turn, kept: Kept) -> None:
        tries = DANGER_TRIES if kept.danger else len(self.schedule) + 1
        if turn.claim.tries > tries:
            # Whoever had it died or broke each time; it gets no further chance to.
            await self._end(turn, self._given_up(turn, kept, "turn_broke"))
            return
        try:
            ended = await self._hold(turn, kept)
        except RasaUnavailable:
            if turn.claim.tries < tries:
                await self._try_later(turn)
                return
            log.error("rasa_silent", key=turn.told.key)  # noqa: TRY400  its traceback tells nothing
            ended = self._given_up(turn, kept, "rasa_silent")
        await self._end(turn, ended)

    async def _hold(self, turn: Turn, kept: Kept) -> Ended:
        told, person = turn.told, turn.person
        if not told.text.strip() and not told.location:
            # Nothing that a machine can read: a person has to see that something came.
            said = [self.answers.own("utter_text_only", told, turn.language)]
            return Ended(said, "failed", turn.language)
        if turn.silent:
            return await self._hear_in_silence(turn)
        conversation = turn.claim.conversation
        if person and person.stopped and person.stopped == turn.claim.mark - 1:
            # Rasa may have been away when the STOP was handled; its key acts once.
            await self.rasa.forget(conversation, told, person.stopped)
        known = person.language if person else None
        answer = await self.rasa.ask(conversation, told, known, joined=kept.joined)
        spoken = answer.language or turn.language
        if answer.language and answer.language != known:
            await self.book.set_language(conversation, answer.language)
        replies = list(answer.replies)
        if kept.danger and not any(reply.kind == "lifeline" for reply in replies):
            # Danger is answered with the numbers first, whatever the turn made of the text.
            replies.insert(0, self.answers.lifeline(told, kept, spoken))
        if told.media:
            replies.append(self.answers.own("utter_text_only", told, spoken))
        # An action that could not reach the api says so itself; then nobody has the facts yet.
        unread = any(reply.response == NOT_READ for reply in replies)
        outcome: Outcome = "failed" if unread else "handled"
        return Ended(replies, outcome, spoken, in_alert=answer.told)

    async def _hear_in_silence(self, turn: Turn) -> Ended:
        """Have a text understood that nothing is said to; the neutral line of a STOP is on its way."""
        claim, told = turn.claim, turn.told
        if not told.stop or len(told.text.split()) > MERE_STOP:
            known = turn.person.language if turn.person else None
            await self.rasa.hear(claim.conversation, told, known)
        if told.stop and claim.mark != REPLAYED:
            await self.rasa.forget(claim.conversation, told, claim.mark)
        return Ended([], "handled", turn.language)

    def _given_up(self, turn: Turn, kept: Kept, error: str) -> Ended:
        """Leave nobody who may be answered without the numbers."""
        said = [] if turn.silent else [self.answers.lifeline(turn.told, kept, turn.language)]
        return Ended(said, "failed", turn.language, error)

    async def _end(self, turn: Turn, ended: Ended) -> None:
        claim, told, now = turn.claim, turn.told, self.clock()
        then = self.answers.entries(claim, told, ended.replies, ended.language)
        # Of what the api refused there is no report that could have ended.
        if not ended.in_alert and ended.error != "report_refused":
            then.append(self.outcomes.entry(claim.conversation, told.key, ended.outcome))
        ours = await (
            self.lane.park(claim, now, ended.error, then)
            if ended.error
            else self.lane.finish(claim, now, then)
        )
        if not ours:
            log.warning("turn_lost_its_lease", key=told.key)
            return
        self.metrics.turns.labels(ended.outcome).inc()
        log.info("turn_ended", key=told.key, outcome=ended.outcome, replies=len(ended.replies))

    async def _try_later(self, turn: Turn) -> None:
        now = self.clock()
        wait = self.schedule[turn.claim.tries - 1] * random.uniform(0.75, 1.25)  # noqa: S311  jitter
        log.warning("turn_delayed", key=turn.told.key, tries=turn.claim.tries)
        self.metrics.turns.labels("retried").inc()
        await self.lane.delay(turn.claim, now, now + timedelta(seconds=wait))

    async def _wait_for_api(self, turn: Turn) -> None:
        """Leave the message where it is, in order; tell the reporter once that nobody read it."""
        claim, told, now = turn.claim, turn.told, self.clock()
        age = now - told.arrived_at
        then = []
        late = age > timedelta(seconds=self.api_away_after)
        if not turn.silent and (told.danger or late):
            reply = self.answers.own(NOT_READ, told, turn.language)
            then.append(self.answers.entry(claim, told, reply, turn.language, "away"))
        # The longer it has waited the less a second matters, and the more of them wait.
        wait = min(max(age / 2, SHORTEST_WAIT), LONGEST_WAIT)
        wait *= random.uniform(0.75, 1.25)  # noqa: S311  jitter, no secret
        log.warning("api_away", key=told.key)
        await self.lane.wait(claim, now, now + wait, then)
