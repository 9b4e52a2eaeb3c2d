"""What calls about alerts carry, and what they answer."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, model_validator

from api.alerts.lifeline import Lifeline
from api.alerts.models import Status
from api.alerts.risk import RiskWord
from api.deliveries.schemas import UnreachedOut
from api.schemas import (
    Channel,
    ConversationId,
    Gender,
    Key,
    Language,
    LocationIn,
    Media,
    PlaceOut,
    Text,
    Written,
)

Question = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}$")]  # such as `happening_now`


class ConcernIn(BaseModel):
    """A concern the model sees, and how likely it is."""

    code: str
    p: Annotated[float, Field(ge=0, le=1)]


class FactIn(BaseModel):
    """A fact the model sees, and the words that tell it."""

    fact: str
    value: bool
    words: Text | None = None


class ChildIn(BaseModel):
    """A child, as far as it is known; an age that no child has counts as not told."""

    age: int | None = None
    gender: Gender | None = None


class SafeContact(BaseModel):
    """Whether and how the reporter may be contacted; null where they did not say."""

    allowed: bool | None = None
    how: Text | None = None
    when: Text | None = None
    say: Text | None = None
    never: Text | None = None


class CorrectsIn(BaseModel):
    """What was told before and is not so; what is right stands in the call's children and place."""

    age: int | None = None
    gender: Gender | None = None
    place: str | None = None


class ElsewhereIn(BaseModel):
    """A place outside Khyber Pakhtunkhwa, and its province or country."""

    name: Annotated[str, Field(max_length=100)]
    province: Annotated[str, Field(max_length=100)]


class AlertIn(BaseModel):
    """What one text tells, as the model understood it; `key` is the report's.

    `continues`: the questions of a report are under way, so another child is one more of it.
    `another`: the text says that it begins another report. `taken_back`: it was a joke, or sent by
    mistake; that is for staff to judge, and lowers nothing.
    """

    key: Key
    conversation: ConversationId
    channel: Channel
    language: Language | None = None
    intent: str
    danger: bool = False  # the model's flag, with or without words
    concerns: list[ConcernIn] = []
    facts: list[FactIn] = []
    place: str | None = None
    place_words: Text | None = None
    elsewhere: ElsewhereIn | None = None
    location: LocationIn | None = None
    children: Annotated[list[ChildIn], Field(max_length=50)] = []
    when: Text | None = None
    reporter_is_child: bool = False
    safe_contact: SafeContact | None = None
    unanswered: list[Question] = []
    complete: bool = False
    corrects: CorrectsIn | None = None
    continues: bool = False
    another: bool = False
    taken_back: bool = False


class ChildOut(BaseModel):
    """A child an alert is about."""

    age: int | None
    gender: Gender | None


class AlertAnswer(BaseModel):
    """What the reporter's side may know; `danger` is of this text, `new` says it opened the alert.

    `choices` are the districts a position may lie in that came with this call and is near their
    border, the likeliest first; the alert is with the first one's unit meanwhile.
    """

    alert: UUID
    case_code: str
    risk: RiskWord
    danger: bool
    lifeline: Lifeline | None
    unit: str
    place: PlaceOut | None
    new: bool
    children: list[ChildOut]
    choices: list[PlaceOut] = []


class StatusIn(BaseModel):
    """A case code, asked for in the conversation that told of it."""

    key: Key
    conversation: ConversationId
    code: Annotated[str, Field(max_length=20)]


class StatusAnswer(BaseModel):
    """How far an alert is, and no more."""

    status: Literal["received", "looked_at", "closed", "unknown"]


class ReasonOut(BaseModel):
    """A rule of triage and the words that made it hold; lists leave the words out."""

    rule: str
    words: str | None


class AlertLine(BaseModel):
    """An alert in a list: all but what was written."""

    id: UUID
    case_code: str
    unit: str
    district: str | None
    place: PlaceOut | None
    risk: RiskWord
    risk_reasons: list[ReasonOut]
    concerns: list[str]
    status: Status
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    assigned_to: str | None
    language: Language
    channel: Channel
    complete: bool
    children: list[ChildOut]
    routing_reason: str
    restricted: bool
    drill: bool


class AlertQuery(BaseModel):
    """What a list is narrowed to, and where it goes on.

    `since` is of `updated_at`; what changed in the minute before comes again.
    """

    unit: str | None = None
    status: list[Status] = []
    risk: list[RiskWord] = []
    since: AwareDatetime | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @model_validator(mode="before")
    @classmethod
    def empty_is_not_asked(cls, told: dict[str, Any]) -> dict[str, Any]:
        """Read `status=` as no status asked for."""
        return {name: value for name, value in told.items() if value not in ("", [""])}


class AlertPage(BaseModel):
    """Some alerts, and where the next ones begin."""

    items: list[AlertLine]
    next_cursor: str | None


class ReportOut(BaseModel):
    """One text as told."""

    received_at: datetime
    text: str
    media: Media | None  # what came with it and was not kept


class FactOut(BaseModel):
    """A fact, and the words that told it."""

    fact: str
    value: bool
    words: str | None


class DuplicateOut(BaseModel):
    """Another alert that may tell of the same child."""

    case_code: str
    score: float
    why: str


class EventOut(BaseModel):
    """A line of the timeline; `detail` holds codes, `text` what a person wrote."""

    at: datetime
    kind: str
    by: str | None
    detail: dict[str, Any]
    text: str | None


class PositionOut(BaseModel):
    """A position, rounded to about 1 km."""

    lat: float
    lon: float


class AlertOut(AlertLine):
    """One alert with all that is known of it."""

    reports: list[ReportOut]
    facts: list[FactOut]
    safe_contact: SafeContact | None
    when: str | None
    place_words: str | None
    location: PositionOut | None
    reporter_is_child: bool
    unanswered: list[str]
    duplicates: list[DuplicateOut]
    unreached: list[UnreachedOut]
    timeline: list[EventOut]


class NoteIn(BaseModel):
    """What staff write down."""

    text: Written


class AssignIn(BaseModel):
    """Who is to work on an alert."""

    username: str


class RetriageIn(BaseModel):
    """The risk as a person sees it, and why."""

    risk: RiskWord
    reason: Written


class TransferIn(BaseModel):
    """The unit that is to work on an alert instead, and why."""

    unit: str
    reason: Written


class CloseIn(BaseModel):
    """How it ended, as a short code, and why."""

    outcome: Annotated[str, StringConstraints(pattern=r"^\w[\w -]{0,63}$")]
    reason: Written
