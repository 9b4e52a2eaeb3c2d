"""Accounts: signing in, slowly for those who guess, and setting passwords."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from api.audit.service import record
from api.database import insert_new
from api.errors import ApiError
from api.staff import tokens
from api.staff.models import Attempt, Kind, Role, Staff
from api.staff.passwords import hash_password, matches

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from api.context import Call

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class WrongPassword(ApiError):
    """The username or the password is not right."""

    status_code = 401


class TooManyTries(ApiError):
    """Too many tries for this username. Wait a while, then try again."""

    status_code = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait

    @property
    def message(self) -> str:
        """The docstring: the wait is in the header."""
        return type(self).__doc__ or ""

    @property
    def headers(self) -> dict[str, str]:
        """Tell how long to wait."""
        return {"Retry-After": str(max(1, int(self.wait.total_seconds())))}


class LinkUsed(ApiError):
    """The link was used or has expired. Ask for a new one."""

    status_code = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who signed in, and the token that opens from now on."""

    staff: Staff
    token: str = field(repr=False)
    expires_at: datetime


async def sign_in(
    calls: Callable[[], AbstractAsyncContextManager[Call]], username: str, password: str, kind: Kind
) -> SignedIn:
    """Return a new token for a right password; WrongPassword or TooManyTries otherwise.

    Two transactions, the only place with more than one: the comparison takes 50 ms on purpose, and
    reports that want to be written must not wait for it. A try counts before it is compared, so
    that many at once are not free.
    """
    async with calls() as call:
        await count_try(call, username)
        staff = await named(call, username)
        kept = staff.password if staff is not None and staff.active else None
    right = await matches(password, kept)
    async with calls() as call:
        if staff is not None and right:
            await call.session.execute(delete(Attempt).where(Attempt.name == blind(call, username)))
            token, expires_at = await tokens.issue(call.session, staff, kind, call.now)
            await record(call, "sign_in", staff=staff, kind=kind)
            return SignedIn(staff=staff, token=token, expires_at=expires_at)
        await record(call, "sign_in_failed", staff=staff)
    raise WrongPassword


async def count_try(call: Call, username: str) -> None:
    """Count a try as failed until it is known better; TooManyTries while one has to wait."""
    name = blind(call, username)
    await insert_new(
        call.session, Attempt, {"name": name, "failures": 0, "refused_until": call.now}
    )
    query = select(Attempt).where(Attempt.name == name).with_for_update()
    attempt = (await call.session.scalars(query)).one()
    if attempt.refused_until > call.now:
        raise TooManyTries(attempt.refused_until - call.now)
    attempt.failures += 1
    attempt.refused_until = call.now + wait_after(attempt.failures)


def wait_after(failures: int) -> timedelta:
    """Return how long nobody may try after so many failures: nothing at first, then ever longer."""
    if failures < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


async def forget_tries(call: Call) -> None:
    """Delete failed tries that are a day old."""
    await call.session.execute(
        delete(Attempt).where(Attempt.refused_until < call.now - timedelta(days=1))
    )


def blind(call: Call, username: str) -> str:
    """Return under which name tries are counted: people type passwords into the wrong field."""
    return call.seal.blind(username.casefold())


async def named(call: Call, username: str) -> Staff | None:
    """Return the account of a username."""
    return await call.session.scalar(
        select(Staff).where(Staff.username == username.strip().casefold())
    )


async def sign_out(call: Call, staff: Staff, token: str) -> None:
    """Make a token worthless."""
    await tokens.revoke(call.session, token)
    await record(call, "sign_out", staff=staff)


async def add(
    call: Call, username: str, role: Role, unit: str | None, *, demo: bool = False
) -> Staff:
    """Add an account that has no password yet."""
    staff = Staff(
        username=username.casefold(), role=role, unit=unit, demo=demo, created_at=call.now
    )
    call.session.add(staff)
    await call.session.flush()
    await record(call, "account_added", account=str(staff.id), role=role, unit=unit)
    return staff


async def set_password(call: Call, staff: Staff, password: str) -> None:
    """Set a password; whoever was signed in with the old one no longer is."""
    staff.password = await hash_password(password)
    await tokens.revoke_all(call.session, staff)
    await record(call, "password_set", staff=staff)


async def link_for(call: Call, staff: Staff) -> str:
    """Return a token that lets its holder set this account's password, once and within the hour."""
    token, _ = await tokens.issue(call.session, staff, Kind.LINK, call.now)
    await record(call, "link_made", account=str(staff.id))
    return token


async def set_password_by_link(call: Call, token: str, password: str) -> Staff:
    """Set the password of the link's account and use the link up; LinkUsed when it is no good."""
    staff = await tokens.holder(call.session, token, Kind.LINK, call.now)
    if staff is None:
        raise LinkUsed
    await set_password(call, staff, password)
    return staff
