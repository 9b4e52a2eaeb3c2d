"""Whether two alerts may tell of the same child: pure, shown to staff, never acted on alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.schemas import Gender

SAME_AGE = 1  # years: an age told by a neighbour is a guess
CLOSE_AGE = 2
LIKE = 0.8  # below it, half a district would be "like": any two girls of one town


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What is known of a child; None where nothing is."""

    age: int | None = None
    gender: Gender | None = None

    def contradicts(self, other: Child) -> bool:
        """Whether these cannot be one child."""
        return differ(self.gender, other.gender) or years(self, other) > SAME_AGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What two alerts are compared by."""

    place: str
    concerns: frozenset[str]
    children: Sequence[Child]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two alerts are (0 to 1) and in what."""

    score: float
    why: str


def differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not the same."""
    return one is not None and other is not None and one != other


def years(one: Child, other: Child) -> int:
    """Return the years between two children, 0 when an age is not known."""
    if one.age is None or other.age is None:
        return 0
    return abs(one.age - other.age)


def likeness(one: Described, other: Described) -> Likeness | None:
    """Return how alike two alerts are: the same place and a like child, else None."""
    if one.place != other.place:
        return None
    pairs = [pair for a in one.children for b in other.children if (pair := alike(a, b))]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: pair.score)
    if one.concerns & other.concerns:
        best = Likeness(score=round(best.score + 0.2, 2), why=f"{best.why}, same concern")
    return best if best.score >= LIKE else None


def alike(one: Child, other: Child) -> Likeness | None:
    """Return how alike two children are at one place; None unless something they share is known."""
    if differ(one.gender, other.gender) or years(one, other) > CLOSE_AGE:
        return None
    score, why = 0.4, ["same place"]
    if one.gender is not None and one.gender == other.gender:
        score, why = score + 0.2, [*why, "same gender"]
    if one.age is not None and other.age is not None:
        score, why = score + 0.2, [*why, "like age"]
    return Likeness(score=round(score, 2), why=", ".join(why)) if len(why) > 1 else None
