"""Passwords: argon2id with the library's current parameters. Slow on purpose, so off the loop."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.errors import ApiError

SHORTEST = 12


class PasswordTooShort(ApiError):
    """A password has 12 characters or more."""

    status_code = 422


def new_password() -> str:
    """Return a random password of about 107 bits."""
    return secrets.token_urlsafe(SHORTEST + 1)


async def hash_password(password: str) -> str:
    """Return a hash to keep; PasswordTooShort when there is too little to guess."""
    if len(password) < SHORTEST:
        raise PasswordTooShort
    return await asyncio.to_thread(PasswordHasher().hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether a password belongs to a hash; as slow when there is none, so that time tells nothing."""
    return await asyncio.to_thread(compare, password, kept)


def compare(password: str, kept: str | None) -> bool:
    """Do what `matches` says, in this thread."""
    hasher = PasswordHasher()
    if kept is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
