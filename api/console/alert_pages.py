"""The page of one alert, and the forms on it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ValidationError

from api.alerts import view, work
from api.alerts.models import Alert
from api.alerts.schemas import AssignIn, CloseIn, NoteIn, RetriageIn, TransferIn
from api.console.alert_views import alert_view
from api.console.browser import Form, Visit, Visitor
from api.console.pages import Page
from api.console.queue_pages import RISKS
from api.console.views import Lookups
from api.context import Call
from api.errors import ApiError, NotSignedIn
from api.staff.models import Staff

router = APIRouter(prefix="/alerts/{alert_id}", route_class=Page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Which act could not be done, the error, and what was typed, so that nothing is lost."""

    act: str
    error: ApiError | ValidationError
    typed: Mapping[str, str] = field(repr=False)

    @property
    def status(self) -> int:
        """The status to answer with."""
        if isinstance(self.error, ApiError):
            return self.error.status_code
        return HTTPStatus.UNPROCESSABLE_ENTITY

    def sentence(self, visit: Visit, who: str | None) -> str:
        """Return what is wrong, in the visitor's language; `who` acknowledged the alert."""
        if isinstance(self.error, ApiError):
            return visit.words.name("error", self.error.code, who=who)
        wrong = self.error.errors()[0]
        too_long = wrong["type"] == "string_too_long"
        return visit.words.say("problem." + ("too_long" if too_long else str(wrong["loc"][0])))


@router.get("")
async def show_alert(visit: Visitor, alert_id: UUID, done: str = "") -> Response:
    """Show an alert; each look is noted."""
    return await show(visit, alert_id, done=done)


async def show(
    visit: Visit, alert_id: UUID, *, done: str = "", trouble: Trouble | None = None
) -> Response:
    """Show an alert, and what could not be done with it."""
    async with visit.work() as (call, staff):
        alert = await view.full(call, await work.look(call, staff, alert_id), staff)
    words = visit.words
    lookups = Lookups.of(call.reference, words)
    return visit.page(
        "alert.html",
        trouble.status if trouble else HTTPStatus.OK,
        alert=alert_view(alert, call.now, lookups),
        here=f"/alerts/{alert_id}",
        done=done if words.knows("done", done) else None,
        problem=trouble.sentence(visit, alert.acknowledged_by) if trouble else None,
        tried=trouble.act if trouble else None,
        typed=trouble.typed if trouble else {},
        risks=RISKS,
        units=[option for option in lookups.desks() if option[0] != alert.unit],
    )


class Pressed(BaseModel):
    """A form of a button and nothing else."""


@router.post("/acknowledge")
async def acknowledge(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Take an alert; when somebody else has, the page says who."""

    async def take(call: Call, staff: Staff, taken: UUID, _told: Pressed) -> Alert:
        return await work.acknowledge(call, staff, taken)

    return await do(visit, alert_id, Act("acknowledge", Pressed, take), form)


@router.post("/note")
async def note(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Write something down with an alert."""
    return await do(visit, alert_id, Act("note", NoteIn, work.note), form)


@router.post("/assign")
async def assign(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Say who works on an alert."""
    return await do(visit, alert_id, Act("assign", AssignIn, work.assign), form)


@router.post("/retriage")
async def retriage(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Set the risk by a person's judgement."""
    return await do(visit, alert_id, Act("retriage", RetriageIn, work.retriage), form)


@router.post("/transfer")
async def transfer(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Give an alert to another unit; it may be out of sight afterwards, so the queue follows."""
    act = Act("transfer", TransferIn, work.transfer)
    return await do(visit, alert_id, act, form, then="/")


@router.post("/close")
async def close(visit: Visitor, alert_id: UUID, form: Form) -> Response:
    """Close an alert."""
    return await do(visit, alert_id, Act("close", CloseIn, work.close), form)


@dataclass(frozen=True, slots=True)
class Act[Told: BaseModel]:
    """Something a form does: its name, what the form has to tell, and the service that does it."""

    name: str
    kind: type[Told]
    service: Callable[[Call, Staff, UUID, Told], Awaitable[Alert]]


async def do[Told: BaseModel](
    visit: Visit, alert_id: UUID, act: Act[Told], form: Mapping[str, str], then: str = ""
) -> Response:
    """Do it in one transaction and show the alert; on an error show what was typed again."""
    try:
        told = act.kind.model_validate(form)
        async with visit.work() as (call, staff):
            await act.service(call, staff, alert_id, told)
    except (work.AlertUnknown, NotSignedIn):
        raise
    except (ApiError, ValidationError) as error:
        trouble = Trouble(act=act.name, error=error, typed=form)
        return await show(visit, alert_id, trouble=trouble)
    return visit.go(f"{then or f'/alerts/{alert_id}'}?done={act.name}")
