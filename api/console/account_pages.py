"""The administrator's page: accounts and one-time links, and never a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, StringConstraints, ValidationError

from api.console.browser import Form, Visit, Visitor
from api.console.pages import Page
from api.console.views import Lookups
from api.errors import ApiError, NotAllowed, NotSignedIn
from api.staff.accounts import add_account, everyone, new_link
from api.staff.models import Role, Staff

router = APIRouter(prefix="/accounts", route_class=Page)


class AccountIn(BaseModel):
    """A new account; an empty unit is none."""

    username: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{3,64}$")]
    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account as its row shows it; `state` is a code of the group `accounts`."""

    id: str
    username: str
    role: str
    unit: str | None
    state: str


@router.get("")
async def show_accounts(visit: Visitor) -> Response:
    """Show all accounts."""
    return await show(visit)


@router.post("")
async def add(visit: Visitor, form: Form) -> Response:
    """Add an account and show the link that sets its password, this once."""
    try:
        told = AccountIn.model_validate(form)
        async with visit.work() as (call, staff):
            account, token = await add_account(call, staff, told.username, told.role, told.unit)
    except (NotAllowed, NotSignedIn):
        raise
    except ValidationError as error:
        problem = visit.words.say(f"problem.{error.errors()[0]['loc'][0]}")
        return await show(visit, HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem, typed=form)
    except ApiError as error:
        problem = visit.words.name("error", error.code)
        return await show(visit, error.status_code, problem=problem, typed=form)
    return show_link(visit, account, token)


@router.post("/{account_id}/link")
async def ask_link(visit: Visitor, account_id: UUID, form: Form) -> Response:  # noqa: ARG001  # it was checked
    """Show a new link for an account whose holder has no password or forgot it."""
    async with visit.work() as (call, staff):
        account, token = await new_link(call, staff, account_id)
    return show_link(visit, account, token)


async def show(
    visit: Visit,
    status: int = HTTPStatus.OK,
    *,
    problem: str | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Show all accounts, and the form for another one with what was typed into it."""
    async with visit.work() as (call, staff):
        accounts = await everyone(call, staff)
    lookups = Lookups.of(call.reference, visit.words)
    return visit.page(
        "accounts.html",
        status,
        accounts=[account_view(account, lookups) for account in accounts],
        roles=list(Role),
        units=[(unit.code, unit.name) for unit in lookups.units],
        problem=problem,
        typed=typed or {},
    )


def show_link(visit: Visit, account: Staff, token: str) -> Response:
    """Show a one-time link. It is a secret, so it is shown in the answer and kept nowhere."""
    link = f"{visit.request.base_url}password/{token}"
    return visit.page("link.html", link=link, who=account.username)


def account_view(account: Staff, lookups: Lookups) -> AccountView:
    """Return the row of an account."""
    state = "active" if account.password else "no_password"
    return AccountView(
        id=str(account.id),
        username=account.username,
        role=account.role,
        unit=lookups.unit(account.unit) if account.unit else None,
        state=state if account.active else "inactive",
    )
