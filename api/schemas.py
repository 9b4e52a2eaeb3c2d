"""The kinds of values that several schemas share."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

# Longer than any channel's message, so that no text is refused.
LONGEST_TEXT = 65_536

# Providers choose their ids, so any character but NUL, which PostgreSQL cannot keep.
Key = Annotated[str, StringConstraints(pattern=r"^[^\x00]{1,200}$")]
ConversationId = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,64}$")]
Channel = Literal["sms", "telegram"]
Media = Literal["voice", "picture", "other"]  # what came and could not be read
Language = Literal["en", "ur", "ps", "roman_ur", "roman_ps", "mixed", "unknown"]
Gender = Literal["girl", "boy"]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class LocationIn(BaseModel):
    """A position in degrees, as the phone sent it."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class PlaceOut(BaseModel):
    """A place, and the unit that serves it."""

    id: str
    name: str
    level: Literal["district", "subdivision", "tehsil", "town", "village"]
    district: str
    dcpu: str


class ErrorOut(BaseModel):
    """What every refusal looks like."""

    error: str
    message: str
