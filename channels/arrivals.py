"""What a webhook hands over, at the moment it reached us and before it is in the inbox.

It can be written down and read back, and is the same message however often it is kept: its time
and key are given here, once.
"""

import hashlib
import re
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from channels.deliveries import State
from channels.messages import Channel, InboundMessage, Stored, storable

PLAIN_ID = re.compile(r"[!-~]{1,100}")


class Arrival(Stored):
    """A message; its text is storable, its provider's id a plain word or None."""

    kind: Literal["message"] = "message"
    message: InboundMessage = Field(repr=False)
    key: str
    at: datetime  # by our clock


class Unusable(Stored):
    """What cannot be a message, for a person to look at."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    kind: Literal["unusable"] = "unusable"
    provider: str
    raw: bytes = Field(repr=False)


class Gone(Stored):
    """An address that can no longer be reached."""

    kind: Literal["gone"] = "gone"
    channel: Channel
    address: str = Field(repr=False)


class Noted(Stored):
    """What a provider says became of a reply of ours."""

    kind: Literal["noted"] = "noted"
    provider: str
    message_id: str
    state: State


Record = Arrival | Unusable | Gone | Noted


def arrival(message: InboundMessage, at: datetime) -> Arrival:
    """Give a message its key: the provider's id where it has one."""
    given = message.external_id
    named = None if given is None else _as_key(given)
    return Arrival(
        message=replace(message, text=storable(message.text), external_id=named),
        key=f"{message.provider}:{named or uuid.uuid4().hex}",
        at=at,
    )


def read_record(written: bytes) -> Record:
    """Read what was written down. Raises ValidationError for anything else."""
    by_kind: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])
    return by_kind.validate_json(written)


def _as_key(external_id: str) -> str:
    """A provider's id as part of a key: as it is, or its hash where it is no plain word."""
    if PLAIN_ID.fullmatch(external_id):
        return external_id
    return hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()
