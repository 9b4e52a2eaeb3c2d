"""What calls about reports carry, and what they answer."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel

from api.alerts.lifeline import Lifeline
from api.schemas import Channel, ConversationId, Key, LocationIn, Media, Text


class ReportIn(BaseModel):
    """One text as told; `key` is the provider's name and its id of the message."""

    key: Key
    conversation: ConversationId
    channel: Channel
    text: Text
    received_at: AwareDatetime
    location: LocationIn | None = None
    drill: bool = False
    media: Media | None = None  # what came with it that no machine can read


class ReportAnswer(BaseModel):
    """Whether the text tells danger; if so, which lifeline goes out and with which case code.

    `joined` says that the text is part of an alert: what follows fills it.
    """

    danger: bool
    joined: bool
    lifeline: Lifeline | None
    case_code: str | None


class TurnIn(BaseModel):
    """How the turn of a report ended."""

    key: Key
    outcome: Literal["handled", "failed"]


class TurnAnswer(BaseModel):
    """Nothing but that it was noted."""
