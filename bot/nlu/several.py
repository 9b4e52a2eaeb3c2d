"""Children who are counted: "two girls 7 and 9", "do bhai", "do bachay". Each is one child. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from language.children import GENDERS, Child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from language.ages import Gender
    from language.child_words import Told

COUNTS = range(2, 5)  # "paanch bache" is a family rather than children to be told apart
CHILD_YEARS = range(1, 18)
GIVE = "do"  # two, and "give": what stands beside it decides


@dataclass(frozen=True)
class Counted:
    """So many children at words[..:end], of this gender where the noun tells it."""

    count: int
    gender: Gender | None
    end: int


def each_of_several(told: Told, children: Sequence[Child]) -> list[Child]:
    """The children as read, with those that are counted and of whom nothing more is told."""
    counted = _counted(told)
    if counted is None:
        return _brothers(told, children)
    # "Do larke bachi ko le gaye": only she is read as a child, and they are not.
    harmed = bool(children) and all(
        child.age is None and counted.gender not in {None, child.gender} for child in children
    )
    if len(children) >= counted.count or harmed:
        return list(children)
    ages = _ages_behind(told, counted)
    if len(ages) == counted.count:
        return [Child(age, counted.gender, told.span(at, at + 1)) for at, age in ages]
    with_age = [child for child in children if child.age is not None]
    missing = counted.count - len(with_age)
    return [*with_age, *[Child(None, counted.gender)] * missing]


def _brothers(told: Told, children: Sequence[Child]) -> list[Child]:
    """The children, boys where they are so many brothers with an age each: "do bhai 9 or 14 saal".

    "Bhai" is also how any man is addressed ("bata do bhai"), so without the ages it counts nobody.
    """
    for place in told.places("my_boy"):
        before = told.at(place - 1)
        count = COUNTS[0] if before.word == GIVE else before.number
        if count is not None and count in COUNTS:
            ages = _ages_behind(told, Counted(count, "boy", place + 1))
            if len(ages) == count:
                return [Child(age, "boy", told.span(at, at + 1)) for at, age in ages]
            if len(children) == count and all(child.age is not None for child in children):
                return [replace(child, gender=child.gender or "boy") for child in children]
    return list(children)


def _counted(told: Told) -> Counted | None:
    """The first children that are counted, unless they do the harm (do larkon ne)."""
    for place, word in enumerate(told.words):
        noun = place + 1 + ("small" in told.at(place + 1).kinds)
        kinds = told.at(noun).kinds
        is_count = word.number in COUNTS and kinds & {"girl", "boy", "child"}
        if word.number and is_count and "doer" not in told.at(noun + 1).kinds:
            gender = next((one for one in GENDERS if one in kinds), None)
            return Counted(word.number, gender, noun + 1)
    return None


def _ages_behind(told: Told, counted: Counted) -> list[tuple[int, int]]:
    """As many bare numbers right behind the noun, "7 and 9", each with its place; or fewer."""
    ages: list[tuple[int, int]] = []
    place = counted.end
    while len(ages) < counted.count:
        number = told.at(place).number
        if number is None or number not in CHILD_YEARS:
            break
        ages.append((place, number))
        place += 1 + ("and" in told.at(place + 1).kinds)
    return ages
