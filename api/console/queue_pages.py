"""The queue: what is open, the most urgent first; for the commission also the units in numbers."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.alerts import queue, view
from api.alerts.models import Status
from api.alerts.risk import Risk, RiskWord
from api.alerts.schemas import AlertQuery
from api.alerts.stats import UnitCounts, stats
from api.console.browser import STILL, Visitor
from api.console.moments import moment
from api.console.pages import Page
from api.console.views import Lookups, line_view
from api.staff.models import Role

router = APIRouter(route_class=Page)

RELOAD_AFTER = 60  # seconds
STATUSES = list(Status)
RISKS = [risk.word for risk in sorted(Risk, reverse=True)]


class QueueIn(BaseModel):
    """What the queue is narrowed to; `open` is all that are not closed."""

    status: Status | Literal["open"] = "open"
    risk: RiskWord | Literal["all"] = "all"
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    done: str = ""

    def query(self) -> AlertQuery:
        """Return the same as the API asks for it."""
        return AlertQuery(
            status=[status for status in STATUSES if status != Status.CLOSED]
            if self.status == "open"
            else [self.status],
            risk=[] if self.risk == "all" else [self.risk],
            cursor=self.cursor,
            limit=self.limit,
        )

    def address(self, cursor: str | None) -> str:
        """Return the address of the same, from a cursor on."""
        told: dict[str, object] = {"status": self.status, "risk": self.risk, "limit": self.limit}
        if cursor:
            told["cursor"] = cursor
        return f"/?{urlencode(told)}"


@router.get("/")
async def show_queue(visit: Visitor, asked: Annotated[QueueIn, Query()]) -> Response:
    """Show a page of the queue; an administrator has accounts instead."""
    async with visit.work() as (call, staff):
        if staff.role == Role.ADMINISTRATOR:
            return visit.go("/accounts")
        alerts, cursor = await queue.page(call, staff, asked.query())
        lines = await view.lines(call, alerts)
        counts: list[UnitCounts] = []
        if staff.role == Role.COMMISSION:
            counts = (await stats(call, staff)).items
    words = visit.words
    lookups = Lookups.of(call.reference, words)
    return visit.page(
        "queue.html",
        lines=[line_view(line, call.now, lookups) for line in lines],
        unit=lookups.unit(staff.unit or ""),
        counts=[(lookups.unit(count.unit), count) for count in counts],
        asked=asked,
        statuses=STATUSES,
        risks=RISKS,
        next=asked.address(cursor) if cursor else None,
        here=asked.address(asked.cursor),
        first=asked.address(None),
        reload_after=None if visit.request.cookies.get(STILL) else RELOAD_AFTER,
        as_of=moment(call.now, words),
        done=asked.done if words.knows("done", asked.done) else None,
    )
