"""Tokens: random, known to the database only by their hash, and good for a while."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from api.staff.models import Kind, Staff, Token

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

GOOD_FOR = {
    Kind.BEARER: timedelta(hours=12),
    Kind.SESSION: timedelta(hours=10),
    Kind.LINK: timedelta(hours=1),
}


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random, so a plain hash gives nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


async def issue(
    session: AsyncSession, staff: Staff, kind: Kind, now: datetime
) -> tuple[str, datetime]:
    """Make a token; return it, for the only time, and when it expires."""
    token = secrets.token_urlsafe(32)
    expires_at = now + GOOD_FOR[kind]
    session.add(
        Token(
            hash=hash_of(token), staff_id=staff.id, kind=kind, created_at=now, expires_at=expires_at
        )
    )
    await session.flush()
    return token, expires_at


async def holder(session: AsyncSession, token: str, kind: Kind, now: datetime) -> Staff | None:
    """Return whose token this is, if it is good and the account is active."""
    query = (
        select(Staff)
        .join(Token, Token.staff_id == Staff.id)
        .where(
            Token.hash == hash_of(token),
            Token.kind == kind,
            Token.expires_at > now,
            Staff.active.is_(True),
        )
    )
    return await session.scalar(query)


async def revoke(session: AsyncSession, token: str) -> None:
    """Make a token worthless."""
    await session.execute(delete(Token).where(Token.hash == hash_of(token)))


async def revoke_all(session: AsyncSession, staff: Staff) -> None:
    """Make all tokens of an account worthless."""
    await session.execute(delete(Token).where(Token.staff_id == staff.id))


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Delete tokens that are no longer good."""
    await session.execute(delete(Token).where(Token.expires_at <= now))


def csrf_of(session_token: str) -> str:
    """Return what a form must carry beside the session's cookie; it opens nothing by itself."""
    return hmac.new(session_token.encode(), b"amaan csrf", hashlib.sha256).hexdigest()


def csrf_matches(session_token: str, given: str) -> bool:
    """Whether a form carries what belongs to this session."""
    return hmac.compare_digest(csrf_of(session_token).encode(), given.encode())
