"""What a text tells, as the understanding hands it over and as the api takes it."""

from __future__ import annotations

from typing import Any, Literal, Self

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

log = structlog.get_logger()

Gender = Literal["girl", "boy"]
UNSURE = "other_unsure"  # the concern of a text that tells none we know


class Part(BaseModel):
    """A piece of what was told. Its repr and its errors show nothing."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    def __repr__(self) -> str:
        return type(self).__name__

    __str__ = __repr__


class Concern(Part):
    """A concern's code of the taxonomy and how likely it is (0 to 1)."""

    code: str
    p: float


class Fact(Part):
    """A fact of the taxonomy and the words that told it."""

    fact: str
    value: bool
    words: str | None = None


class Child(Part):
    """A child, as far as it is told; age in whole years."""

    age: int | None = None
    gender: Gender | None = None


class Place(Part):
    """A known place that the text names."""

    id: str
    name: str
    district: str | None = None
    score: float = 0.0
    words: str = ""


class Location(Part):
    """A position in degrees, as the phone sent it."""

    lat: float
    lon: float


class Elsewhere(Part):
    """A place outside Khyber Pakhtunkhwa, and its province."""

    name: str
    province: str
    words: str = Field(default="", exclude=True)


class Corrects(Part):
    """What was told before and is not so; None where nothing is wrong. `place` is a place's id."""

    age: int | None = None
    gender: Gender | None = None
    place: str | None = None

    def __bool__(self) -> bool:
        return self != Corrects()


class SafeContact(Part):
    """Whether and how the reporter may be contacted; None where they did not say."""

    allowed: bool | None = None
    how: str | None = None
    when: str | None = None
    say: str | None = None
    never: str | None = None


class Understanding(Part):
    """What the NLU pipeline read in one text."""

    language: str | None = None
    danger: bool = False
    concerns: list[Concern] = Field(default_factory=list)
    facts: list[Fact] = Field(default_factory=list)
    places: list[Place] = Field(default_factory=list)
    children: list[Child] = Field(default_factory=list)
    when: str | None = None
    numbers: list[int] = Field(default_factory=list)
    code: str | None = None
    reporter_is_child: bool = False
    elsewhere: Elsewhere | None = None
    remark: Literal["corrects", "adds", "another"] | None = None
    ages: list[int] = Field(default_factory=list)
    refused: list[int] = Field(default_factory=list)
    taken_back: bool = False

    @classmethod
    def read(cls, given: object) -> Self:
        """Read it from Rasa's parse data; what cannot be read is as if nothing was understood."""
        try:
            return cls.model_validate(given or {})
        except ValidationError:
            log.error("understanding_unreadable")  # noqa: TRY400  the error would quote the text
            return cls()


class Told(Part):
    """What the api is told of one text, in the words of its `/alerts`."""

    danger: bool = False
    concerns: list[Concern] = Field(default_factory=list)
    facts: list[Fact] = Field(default_factory=list)
    place: str | None = None
    place_words: str | None = None
    elsewhere: Elsewhere | None = None
    location: Location | None = None
    children: list[Child] = Field(default_factory=list)
    when: str | None = None
    reporter_is_child: bool = False
    safe_contact: SafeContact | None = None
    corrects: Corrects | None = None
    taken_back: bool = False

    def after(self, earlier: dict[str, Any] | None) -> Told:
        """Join what was told earlier and never reached the api; where both speak, the later wins."""
        if not earlier:
            return self
        before = Told.model_validate(earlier)
        return Told(
            danger=self.danger or before.danger,
            concerns=_first_of({one.code: one for one in [*self.concerns, *before.concerns]}),
            facts=_first_of({one.fact: one for one in [*before.facts, *self.facts]}),
            place=self.place or before.place,
            place_words=self.place_words or before.place_words,
            elsewhere=self.elsewhere or before.elsewhere,
            location=self.location or before.location,
            children=_of_both(before.children, self.children),
            when=self.when or before.when,
            reporter_is_child=self.reporter_is_child or before.reporter_is_child,
            safe_contact=self.safe_contact or before.safe_contact,
            corrects=self.corrects or before.corrects,
            taken_back=self.taken_back or before.taken_back,
        )


def _of_both(before: list[Child], later: list[Child]) -> list[Child]:
    """The children of two texts: "12 saal" and then "larka hai" tell of one, else each is kept."""
    if len(before) == len(later) == 1:
        one = [before[0].model_dump(exclude_none=True), later[0].model_dump(exclude_none=True)]
        if all(one[0][name] == one[1][name] for name in one[0].keys() & one[1].keys()):
            return [Child(**(one[0] | one[1]))]
    return [*before, *(child for child in later if child not in before)]


def _first_of[Value](by_name: dict[str, Value]) -> list[Value]:
    return list(by_name.values())
