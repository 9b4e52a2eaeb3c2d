"""What became of turns and of replies, told to the api until it knows.

A lane of its own, so that no reply waits for an api that is away.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import structlog
from pydantic import TypeAdapter

from channels.claims import Append, Claim
from channels.errors import ReportRefused, ReportsAway
from channels.lanes import Lane
from channels.messages import Kind, Stored
from channels.reports import Outcome, Reports

NAME = "outcomes"
LONGEST_WAIT = 30.0  # seconds between two posts to an api that is away

# waiting: not yet, we go on trying; unknown: it may have been sent; refused: the provider will
# never take it; opted_out: the person had our texts blocked; expired: it became too old to send;
# undelivered: the provider took it and says that it did not arrive; reached: it arrived after all.
Reach = Literal["waiting", "unknown", "refused", "opted_out", "expired", "undelivered", "reached"]

log = structlog.get_logger()


class Turned(Stored):
    """How the turn of the text with this key ended."""

    key: str
    outcome: Outcome


class Owner(Stored):
    """Which reply it is about: its key, whose it is, the report it answers, and its kind."""

    key: str
    conversation: str
    report: str
    kind: Kind


class Delivery(Owner):
    """Whether a reply reached the reporter, as far as it is known."""

    state: Reach
    at: datetime


TOLD: TypeAdapter[Turned | Delivery] = TypeAdapter(Turned | Delivery)


def delivery_entry(lane: Lane, owner: Owner, state: Reach, at: datetime) -> Append:
    """Seal what became of a reply; the same is told once."""
    delivery = Delivery(**owner.model_dump(), state=state, at=at)
    body = delivery.model_dump_json().encode()
    return lane.entry(owner.conversation, body, f"{owner.key}:{state}")


class Outcomes:
    """Makes entries of the outcomes' lane and handles its claims."""

    def __init__(self, lane: Lane, reports: Reports, clock: Callable[[], datetime]) -> None:
        self._lane = lane
        self._reports = reports
        self._clock = clock

    def entry(self, conversation: str, key: str, outcome: Outcome) -> Append:
        """Seal how a turn ended."""
        body = Turned(key=key, outcome=outcome).model_dump_json().encode()
        return self._lane.entry(conversation, body, key)

    async def post(self, claim: Claim) -> None:
        """Tell the api, or come back later; what it will never take is logged and let go."""
        told = TOLD.validate_json(claim.body)
        now = self._clock()
        try:
            if isinstance(told, Turned):
                await self._reports.turned(told.key, told.outcome)
            else:
                await self._reports.delivery(told.model_dump(mode="json"))
        except ReportsAway:
            wait = min(2.0 ** min(claim.tries - 1, 8), LONGEST_WAIT)
            wait *= random.uniform(0.5, 1.0)  # noqa: S311  jitter, no secret
            await self._lane.delay(claim, now, now + timedelta(seconds=wait))
            return
        except ReportRefused:
            # Asking again changes nothing, and what is told next of this person waits behind it.
            log.error("outcome_refused", key=told.key)  # noqa: TRY400  the error says no more
        await self._lane.finish(claim, self._clock())
