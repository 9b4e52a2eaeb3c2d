"""What one text tells: by the model's understanding and the lexicon, or by the lexicon alone.

Pure. Live traffic and `make understand` weigh a text by these very functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from api.alerts.likeness import Child
from api.alerts.triage import CONCERN, Told, Verdict, weigh
from language.ages import BANDS
from language.children import children_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.places.position import Position
    from api.reference import Reference
    from api.schemas import Gender
    from language.lexicon import Hit, Lexicon
    from language.places import Gazetteer, Place

# A text of these opens a report; any other belongs to the one that is open.
OPENING = {"report_concern", "imminent_danger", "self_report", "self_harm"}
BY_LEXICON = 0.9  # how likely a concern is that reviewed words tell
UNSURE = "other_unsure"
SEEMS_HIGH = "seems_high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Whether a fact is so, and the words that told it."""

    value: bool
    words: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """How likely a concern is (0 to 1), and the words that told it."""

    p: float
    words: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrects:
    """What was told before and is not so; None where it is. `place` is a place's id."""

    age: int | None = None
    gender: Gender | None = None
    place: str | None = None

    @property
    def parts(self) -> list[str]:
        """The names of what is set right, for the timeline."""
        return [name for name in ("age", "gender", "place") if getattr(self, name) is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the model made of a text; `danger` is its flag, with or without words."""

    intent: str
    concerns: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    children: Sequence[Child] = ()
    place: Place | None = None
    elsewhere: str | None = None  # the province of a place outside KP
    danger: bool = False
    reporter_is_child: bool = False
    unanswered: Sequence[str] = ()  # questions that were asked
    corrects: Corrects = field(default_factory=Corrects)
    continues: bool = False
    another: bool = False
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one text tells, ready to be weighed and merged into an alert."""

    opens: bool
    facts: Mapping[str, Fact] = field(repr=False)
    concerns: Mapping[str, Concern] = field(repr=False)
    children: Sequence[Child] = field(repr=False)
    place: Place | None = field(repr=False)
    elsewhere: str | None = field(repr=False, default=None)
    position: Position | None = field(repr=False, default=None)
    unanswered: Sequence[str] | None = None  # None: nobody asked anything
    corrects: Corrects = field(default_factory=Corrects)
    continues: bool = False  # what is told belongs to the report that is being asked about
    another: bool = False  # it says itself that it is another report
    taken_back: bool = False
    wants_person: bool = False

    @property
    def told(self) -> Told:
        """The names and words that triage reads."""
        return told_of(
            ((name, fact.words) for name, fact in self.facts.items() if fact.value),
            ((code, concern.words) for code, concern in self.concerns.items()),
            (child.age for child in self.children),
        )


def told_of(
    facts: Iterable[tuple[str, str | None]],
    concerns: Iterable[tuple[str, str | None]],
    ages: Iterable[int | None],
) -> dict[str, str | None]:
    """Return the true facts, the concerns and what ages say, each with its words."""
    told = {CONCERN + code: words for code, words in concerns} | dict(facts)
    for age in ages:
        for name, below in BANDS:
            if age is not None and age < below:
                told.setdefault(name, str(age))
    return told


def by_words(text: str, reference: Reference, position: Position | None = None) -> Telling:
    """Return what reviewed words and names alone tell, when no model has read the text."""
    facts, concerns = heard(text, reference)
    return Telling(
        opens=bool(concerns) or "danger" in facts,
        facts=facts,
        concerns=concerns,
        children=[
            Child(age=child.age, gender=child.gender)
            for child in children_in(reference.child_words.read(text))
            if child.age is not None  # "larke ne": a gender alone may be the harmer's
        ],
        place=named_place(text, reference.gazetteer),
        position=position,
    )


def by_model(
    text: str, understood: Understood, reference: Reference, position: Position | None = None
) -> Telling:
    """Return what the model and the reviewed words tell together.

    A danger that only the model sees has no words: it makes the alert high (R10) and sends the
    lifeline, as words would; only facts make it immediate. `seems_high` is no fact: the model
    rates the text as a whole, which makes the alert high and sends nothing.
    """
    taxonomy = reference.taxonomy
    facts, concerns = heard(text, reference)
    if "danger" not in facts:
        # The model has heard the same words, and knows a brother's wedding from a child's.
        concerns = {code: told for code, told in concerns.items() if code in understood.concerns}
    for name, fact in understood.facts.items():
        known = name in taxonomy.facts or name == SEEMS_HIGH
        if known and not (name in facts and facts[name].value):
            facts[name] = fact
    for code, p in understood.concerns.items():
        if code in taxonomy.labels:
            words = concerns[code].words if code in concerns else None
            concerns[code] = Concern(p=p, words=words)
    if understood.intent == "self_harm":
        concerns.setdefault("self_harm", Concern(p=BY_LEXICON, words=None))
    if understood.danger or understood.intent == "imminent_danger":
        facts.setdefault("danger", Fact(value=True, words=None))
    if understood.reporter_is_child or understood.intent == "self_report":
        facts["reporter_is_child"] = Fact(value=True, words=None)
    return Telling(
        opens=understood.intent in OPENING,
        facts=facts,
        concerns=concerns,
        children=understood.children,
        place=understood.place,
        elsewhere=understood.elsewhere,
        position=position,
        unanswered=understood.unanswered,
        corrects=understood.corrects,
        continues=understood.continues,
        another=understood.another,
        taken_back=understood.taken_back,
        wants_person=understood.intent == "talk_to_human",
    )


def weigh_telling(telling: Telling, reference: Reference) -> Verdict:
    """Weigh one text by itself."""
    return weigh(telling.told, reference.taxonomy.rules)


def heard(text: str, reference: Reference) -> tuple[dict[str, Fact], dict[str, Concern]]:
    """Return the facts and concerns that reviewed words tell; `danger` is one of the facts."""
    facts: dict[str, Fact] = {}
    concerns: dict[str, Concern] = {}
    for hit in _hits(reference.lexicon, text):
        for name in (*hit.facts, *(("danger",) if hit.danger else ())):
            facts.setdefault(name, Fact(value=True, words=hit.words))
        for code in hit.concerns:
            concerns.setdefault(code, Concern(p=BY_LEXICON, words=hit.words))
    return facts, concerns


@lru_cache(maxsize=32)  # a report's alert mostly comes within a second of the report
def _hits(lexicon: Lexicon, text: str) -> tuple[Hit, ...]:
    return tuple(lexicon.hits(text))


def named_place(text: str, gazetteer: Gazetteer) -> Place | None:
    """Return the place a text names, None when it names none or several as likely."""
    mentions = gazetteer.find(text)
    if not mentions or (len(mentions) > 1 and mentions[1].score == mentions[0].score):
        return None
    return mentions[0].place


def likeliest(concerns: Iterable[tuple[str, float]]) -> list[str]:
    """Return codes, likeliest first; `other_unsure` when there is none."""
    best: dict[str, float] = {}
    for code, p in concerns:
        best[code] = max(p, best.get(code, 0.0))
    return sorted(best, key=lambda code: (-best[code], code)) or [UNSURE]
