"""What one call works with. Time is part of it, so that nothing below reads a clock."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.reference import Reference
from api.sealing import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: its session, its time, the reviewed data, the seal, and who calls."""

    session: AsyncSession
    now: datetime
    reference: Reference
    seal: Seal
    actor: str  # staff, actions, channels, clock or command

    def sealed(self, plain: str | None, *context: object) -> bytes | None:
        """Seal a text for one place (a row's id, and its column where it has several)."""
        if plain is None:
            return None
        return self.seal.seal(plain.encode(), context=place_of(context))

    def opened(self, sealed: bytes | None, *context: object) -> str | None:
        """Open what `sealed` made for the same place."""
        if sealed is None:
            return None
        return self.seal.open(sealed, context=place_of(context)).decode()

    def sealed_json(self, value: object, *context: object) -> bytes:
        """Seal a value of JSON for one place."""
        return self.seal.seal(json.dumps(value).encode(), context=place_of(context))

    def opened_json(self, sealed: bytes, *context: object) -> Any:  # noqa: ANN401  # it is JSON
        """Open what `sealed_json` made for the same place."""
        return json.loads(self.seal.open(sealed, context=place_of(context)))


def place_of(context: tuple[object, ...]) -> bytes:
    """Return where something is sealed for, such as `<row's id>:<column>`."""
    return ":".join(str(part) for part in context).encode()
