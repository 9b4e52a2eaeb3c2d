"""What travels through the channels. None of it shows an address or a word of text in its repr."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Channel = Literal["sms", "telegram"]
Media = Literal["voice", "picture", "other"]
Kind = Literal["receipt", "question", "choice", "lifeline", "info", "close"]


class Stored(BaseModel):
    """Base of what is stored as JSON; an error in it never quotes what it held."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Location(Stored):
    """Where a reporter's pin points, in degrees."""

    lat: float = Field(repr=False, ge=-90, le=90)
    lon: float = Field(repr=False, ge=-180, le=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message as a provider handed it over, before it has a conversation."""

    provider: str
    channel: Channel
    external_id: str | None  # the provider's id, our key for "seen before"; None where it has none
    address: str = field(repr=False)  # E.164 number or chat id
    text: str = field(repr=False)
    sent_at: datetime | None = None  # by the provider's clock
    location: Location | None = field(default=None, repr=False)
    media: Media | None = None  # what came that a machine cannot read
    tap: str | None = field(default=None, repr=False)  # Telegram's id of a button's tap
    # Where a provider has two roads to us and another id on each: the road, and what names the
    # message on both.
    road: str = ""
    twins: tuple[str, ...] = field(default=(), repr=False)


class Told(Stored):
    """One message in the inbox. The address stays behind in the address book."""

    key: str
    provider: str
    channel: Channel
    text: str = Field(repr=False)
    received_at: datetime  # by the provider's clock where it is plausible, else ours
    arrived_at: datetime  # by our clock
    location: Location | None = Field(default=None, repr=False)
    media: Media | None = None
    tap: str | None = Field(default=None, repr=False)
    danger: bool = False
    stop: bool = False


class Button(Stored):
    """A choice to tap; its payload is what an SMS user would type."""

    title: str = Field(repr=False)
    payload: str = Field(repr=False)


class Reply(Stored):
    """Reviewed words for a reporter, with the kind that says when they may be sent."""

    response: str
    kind: Kind
    text: str = Field(repr=False)
    buttons: tuple[Button, ...] = Field(default=(), repr=False)


class Outgoing(Stored):
    """One reply in the outbox, for the conversation it is queued under."""

    key: str
    provider: str
    channel: Channel
    language: str
    arrived_at: datetime  # of the message it answers: its age decides whether it still goes
    reply: Reply
    tap: str | None = Field(default=None, repr=False)

    @property
    def report(self) -> str:
        """The key of the report it answers; its own is that and its number in the turn."""
        return self.key.rpartition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a sender puts on the wire."""

    key: str
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    tap: str | None = field(default=None, repr=False)


def storable(text: str) -> str:
    """The text without what no store takes: a lone surrogate or a NUL becomes U+FFFD."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")
