"""Seals what is personal before it is stored, and opens it again. Keys can be rotated.

The walls between the folders forbid sharing, so api, channels and bot hold the same text; a test
compares the three.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_BYTES = 32
NAME_BYTES = 4
NONCE_BYTES = 12


class SealBroken(Exception):
    """No key opens this: it was changed, belongs elsewhere, or its key is missing."""


def keys_from(text: str) -> list[bytes]:
    """Read comma-separated base64url keys of 32 bytes each; ValueError when one is none."""
    keys = []
    for part in text.split(","):
        padded = part.strip() + "=" * (-len(part.strip()) % 4)
        try:
            key = base64.b64decode(padded, altchars=b"-_", validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise ValueError("A sealing key is 32 bytes, written in base64url.")
        keys.append(key)
    return keys


class Seal:
    """AES-GCM under named keys: the first seals, all open, the last makes the blind index.

    Sealed bytes are the key's name (4), the nonce (12) and the ciphertext with its tag.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ValueError("Sealing needs at least one key.")
        self._ciphers = {hashlib.sha256(key).digest()[:NAME_BYTES]: AESGCM(key) for key in keys}
        self._first = hashlib.sha256(keys[0]).digest()[:NAME_BYTES]
        # Keys are added in front, so the last one stays the same through a rotation.
        self._index_key = hmac.digest(keys[-1], b"amaan blind index", "sha256")

    def seal(self, plain: bytes, *, context: bytes = b"") -> bytes:
        """Return sealed bytes that open only with the same context, such as a row's id."""
        nonce = os.urandom(NONCE_BYTES)
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, plain, context)

    def open(self, sealed: bytes, *, context: bytes = b"") -> bytes:
        """Return what was sealed, or raise SealBroken."""
        nonce, rest = sealed[NAME_BYTES:][:NONCE_BYTES], sealed[NAME_BYTES + NONCE_BYTES :]
        try:
            return self._ciphers[sealed[:NAME_BYTES]].decrypt(nonce, rest, context)
        except (KeyError, InvalidTag, ValueError):
            raise SealBroken from None

    def blind(self, value: str) -> str:
        """Return 64 hexadecimal digits to look a value up by, without storing the value."""
        return hmac.new(self._index_key, value.encode(), hashlib.sha256).hexdigest()
