"""Made-up accounts of a demo: with random passwords, and refused in production."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, TypedDict

from sqlalchemy import select

from api.places.units import COMMISSION
from api.staff.models import Role, Staff
from api.staff.passwords import new_password
from api.staff.service import add, named, set_password

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

    from api.context import Call
    from api.places.units import Unit


class DemoAccountsFound(Exception):
    """Made-up accounts exist: this home was a demo. Production starts on a home of its own."""


class Account(TypedDict):
    """An account as the file of demo accounts lists it."""

    role: str
    unit: str | None
    username: str
    password: str


def wanted(units: Sequence[Unit]) -> Iterator[tuple[Role, str | None, str]]:
    """Name role, unit and username of every demo account."""
    for unit in units:
        yield Role.OFFICER, unit.code, f"officer.{unit.code}"
        yield Role.SUPERVISOR, unit.code, f"supervisor.{unit.code}"
    yield Role.COMMISSION, COMMISSION, "commission"
    yield Role.ADMINISTRATOR, None, "administrator"


async def make_accounts(call: Call, file: Path) -> int:
    """Add the accounts that are missing; return how many. Passwords in the file stay as they are."""
    kept = {account["username"]: account for account in read_accounts(file)}
    accounts: list[Account] = []
    added = 0
    for role, unit, username in wanted(call.reference.units):
        password = kept[username]["password"] if username in kept else new_password()
        accounts.append(Account(role=role, unit=unit, username=username, password=password))
        staff = await named(call, username)
        if staff is None or username not in kept:
            staff = staff or await add(call, username, role, unit, demo=True)
            await set_password(call, staff, password)
            added += 1
    write_for_owner(file, json.dumps(accounts, indent=1) + "\n")
    return added


def read_accounts(file: Path) -> list[Account]:
    """Return the accounts of a file; none when there is no file yet."""
    accounts: list[Account] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return accounts


def write_for_owner(file: Path, text: str) -> None:
    """Replace a file in one step; nobody else may read it at any moment."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    beside.replace(file)


async def refuse_demo_accounts(sessions: async_sessionmaker[AsyncSession]) -> None:
    """Raise DemoAccountsFound when the database holds a made-up account."""
    async with sessions.begin() as session:
        if await session.scalar(select(Staff.id).where(Staff.demo.is_(True)).limit(1)):
            raise DemoAccountsFound
