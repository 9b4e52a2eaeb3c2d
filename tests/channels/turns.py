"""The inbox side of a worker, one claim at a time, against stand-ins for Rasa and the api."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from channels.conversation import Conversations
from channels.outcomes import Outcomes
from channels.rasa import Rasa
from channels.reports import Reports
from channels.turn_replies import TurnReplies
from tests.channels.conftest import Front, message
from tests.standins.api import Api
from tests.standins.rasa import Rasa as RasaStandIn

LEASE = timedelta(seconds=15)
SCHEDULE = (1.0, 4.0)
DANGER = "bachi ko chacha maar raha hai"


@dataclass(frozen=True)
class Turns:
    """A worker's inbox side."""

    front: Front
    api: Api
    rasa: RasaStandIn
    conversations: Conversations
    outcomes: Outcomes

    async def tell(self, text: str = "salam", **given: Any) -> None:
        await self.front.stores.inbox.accept(message(text, **given))

    async def work(self) -> int:
        """Take claims until nothing is due; how many there were."""
        clock, done = self.front.clock, 0
        lane = self.front.stores.inbox_lane
        while claim := await lane.claim(clock(), clock() + LEASE):
            await self.conversations.turn(claim)
            done += 1
        return done

    async def work_on(self) -> None:
        """Work, and go on until every retry has had its time."""
        await self.work()
        for seconds in SCHEDULE:
            self.front.clock.move(seconds=2 * seconds)
            await self.work()

    async def said(self) -> list[str]:
        return [one.reply.response for one in await self.front.outgoing()]

    async def tell_outcomes(self) -> dict[str, str]:
        """Tell the api how the turns ended; what it then knows."""
        clock, lane = self.front.clock, self.front.stores.outcome_lane
        while claim := await lane.claim(clock(), clock() + LEASE):
            await self.outcomes.post(claim)
        return self.api.outcomes

    async def parked(self) -> list[str]:
        """The errors of what is parked."""
        return [one.error for one in await self.front.stores.parking.all()]

    def counted(self, end: str) -> float:
        """How many turns ended like this."""
        registry = self.front.stores.metrics.registry
        return registry.get_sample_value("amaan_turns_total", {"end": end}) or 0


@contextlib.asynccontextmanager
async def worker_over(front: Front, api: Api, rasa: RasaStandIn) -> AsyncIterator[Turns]:
    """A worker over the stores of a front."""
    stores = front.stores
    reports = Reports(api.url, "channels-token")
    asks = Rasa(rasa.url, "rasa-token", timeout=0.5)
    outcomes = Outcomes(stores.outcome_lane, reports, front.clock)
    conversations = Conversations(
        lane=stores.inbox_lane,
        answers=TurnReplies(stores.tables.replies, stores.outbox),
        outcomes=outcomes,
        book=stores.book,
        reports=reports,
        rasa=asks,
        signs=stores.tables.signs,
        metrics=stores.metrics,
        is_drill=lambda provider: provider == "telegram",
        api_away_after=10,
        schedule=SCHEDULE,
        clock=front.clock,
    )
    yield Turns(front, api, rasa, conversations, outcomes)
    await reports.close()
    await asks.close()
