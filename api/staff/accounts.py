"""What an administrator does with accounts. An account never tells its administrator a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from api.audit.service import record
from api.errors import ApiError, NotAllowed
from api.places.units import COMMISSION
from api.staff.models import Role, Staff
from api.staff.service import add, link_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from api.context import Call


class UsernameTaken(ApiError):
    """Another account has this username."""

    status_code = 409


class UnitMissing(ApiError):
    """An officer or supervisor works in an operating unit. Choose one."""

    status_code = 422


class AccountUnknown(ApiError):
    """There is no such account."""

    status_code = 404


def require_administrator(staff: Staff) -> None:
    """Raise NotAllowed unless this is an administrator."""
    if staff.role != Role.ADMINISTRATOR:
        raise NotAllowed


async def everyone(call: Call, staff: Staff) -> Sequence[Staff]:
    """Return all accounts by username; for administrators only."""
    require_administrator(staff)
    await record(call, "accounts_listed", staff=staff)
    return (await call.session.scalars(select(Staff).order_by(Staff.username))).all()


async def add_account(
    call: Call, staff: Staff, username: str, role: Role, unit: str | None
) -> tuple[Staff, str]:
    """Add an account; return it and the token of a link that sets its first password."""
    require_administrator(staff)
    try:
        account = await add(call, username, role, unit_of(call, role, unit))
    except IntegrityError:
        raise UsernameTaken from None
    return account, await new_link_token(call, staff, account)


async def new_link(call: Call, staff: Staff, account_id: UUID) -> tuple[Staff, str]:
    """Return an active account and the token of a link that sets its password anew."""
    require_administrator(staff)
    account = await call.session.get(Staff, account_id)
    if account is None or not account.active:
        raise AccountUnknown
    return account, await new_link_token(call, staff, account)


async def new_link_token(call: Call, staff: Staff, account: Staff) -> str:
    """Make a link's token, and note which administrator asked for it."""
    await record(call, "link_asked", staff=staff, account=str(account.id))
    return await link_for(call, account)


def unit_of(call: Call, role: Role, unit: str | None) -> str | None:
    """Return the unit that goes with a role; UnitMissing when an officer's is not known."""
    if role == Role.ADMINISTRATOR:
        return None
    if role == Role.COMMISSION:
        return COMMISSION
    if unit not in {known.code for known in call.reference.units}:
        raise UnitMissing
    return unit
