"""How each turn ended, told to the api until it knows: a lane of its own, so that no reply waits."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from channels.errors import ReportsAway
from channels.lanes import Append, Claim, Lane
from channels.messages import Stored
from channels.reports import Outcome, Reports

NAME = "outcomes"
LONGEST_WAIT = 30.0  # seconds between two posts to an api that is away

log = structlog.get_logger()


class Turned(Stored):
    """How the turn of the text with this key ended."""

    key: str
    outcome: Outcome


class Outcomes:
    """Makes entries of the outcomes' lane and handles its claims."""

    def __init__(self, lane: Lane, reports: Reports, clock: Callable[[], datetime]) -> None:
        self._lane = lane
        self._reports = reports
        self._clock = clock

    def entry(self, conversation: str, key: str, outcome: Outcome) -> Append:
        """Seal an outcome."""
        body = Turned(key=key, outcome=outcome).model_dump_json().encode()
        return self._lane.entry(conversation, body, key)

    async def post(self, claim: Claim) -> None:
        """Tell the api, or come back later."""
        turned = Turned.model_validate_json(claim.body)
        now = self._clock()
        try:
            await self._reports.turned(turned.key, turned.outcome)
        except ReportsAway:
            wait = min(2.0 ** min(claim.tries - 1, 8), LONGEST_WAIT)
            wait *= random.uniform(0.5, 1.0)  # noqa: S311  jitter, no secret
            await self._lane.delay(claim, now, now + timedelta(seconds=wait))
            return
        await self._lane.finish(claim, self._clock())
