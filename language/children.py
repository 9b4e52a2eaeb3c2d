"""The children a text tells of: age in years and gender, each child apart. Pure.

A school class and "chhoti bachi" make the facts of their usual age true, and tell no age.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.ages import ADULT, BANDS, Age, Gender, ages_in, is_grown
from language.deeds import (
    PEOPLE,
    does_harm,
    does_it_to_me,
    gender_by_deeds,
    is_done_to,
    one_boy,
    only_tells_whose,
    whose,
)
from language.writer import HIGHEST_CLASS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from language.child_words import Told

GENDERS: tuple[Gender, Gender] = ("girl", "boy")
NEAR = 6  # words between an age and the noun it belongs to
SMALL_CHILD = 11  # "chhoti bachi": at most this old
CLASS_AGE = 6  # a pupil of class n is at most n + 6 as a rule


@dataclass(frozen=True)
class Child:
    """One child: whole years, `girl` or `boy`; None is not told. `words` tell the age."""

    age: int | None
    gender: Gender | None
    words: str = ""


def children_in(told: Told) -> list[Child]:
    """The children in the order they are told; empty when neither age nor gender is told."""
    named = _named(told)
    ages = _of_the_children(ages_in(told), named, told)
    if ages:
        # "16 saal ka larka 9 saal ki bachi ko le gaya": first comes the child it is done to.
        ages = sorted(ages, key=lambda age: not _is_done_to(age, told))
        children = [_child(age, named, told) for age in ages]
        # The same child told twice ("9 saal ki bachi, umar 9") is one child.
        return list({(child.age, child.gender): child for child in reversed(children)}.values())[
            ::-1
        ]
    # "Larka larki ko tang karta hai": without an age, she to whom it is done is the child.
    done_to = [one for one in named if is_done_to(told, one[0])] or named
    genders: list[Gender | None] = list(dict.fromkeys(gender for _, gender in done_to))
    infant = told.places("infant") or [
        place for place in told.places("born") if "new" in told.at(place - 1).kinds
    ]
    if infant:
        return [Child(0, genders[0] if genders else None, told.span(infant[0], infant[0] + 1))]
    return [Child(None, gender) for gender in genders]


def age_facts(told: Told, children: Sequence[Child]) -> list[tuple[str, str]]:
    """The facts that ages make true, each with its words: under_5, under_8, under_12, under_15."""
    ages = [(child.age, child.words) for child in children if child.age is not None]
    for place in told.places("class"):
        for beside in (told.at(place + 1), told.at(place - 1)):
            if beside.number is not None and beside.number <= HIGHEST_CLASS:
                ages.append((beside.number + CLASS_AGE, told.span(place - 1, place + 2)))
                break
    if not ages:
        ages = [
            (SMALL_CHILD, told.span(place, place + 2))
            for place in told.places("small")
            if told.at(place + 1).kinds & {"girl", "boy", "child"}
        ]
    return [(name, words) for name, below in BANDS for years, words in ages if years < below]


def _of_the_children(
    ages: Sequence[Age], named: Sequence[tuple[int, Gender]], told: Told
) -> list[Age]:
    """The ages without that of a child who harms another: "17 saal ke larke ne larki ko mara".

    Not when both are girls or both boys and one age is told: "bachi ne behan ko bataya".
    """
    others = [age for age in ages if not _is_doers(age, told)]
    doers = [age for age in ages if age not in others]
    if others or {gender for _, gender in named} - {_beside(age, told) for age in doers}:
        return others
    return list(ages)


def _is_doers(age: Age, told: Told) -> bool:
    """Whether the noun beside an age is who does it: "17 saal ke larke ne", "boy of 17 beats"."""
    for place in (age.end, age.end + 1):
        if told.at(place).kinds & PEOPLE:
            return "ne" in told.at(place + 1).kinds or does_harm(told, place)
    return any(
        told.at(place).kinds & PEOPLE and does_harm(told, place)
        for place in (age.start - 1, age.start - 2)
    )


def _is_done_to(age: Age, told: Told) -> bool:
    """Whether it is done to the child whose age this is."""
    return any(
        told.at(place).kinds & PEOPLE and is_done_to(told, place)
        for place in (age.end, age.end + 1)
    )


def _beside(age: Age, told: Told) -> Gender | None:
    """The gender of the noun beside an age."""
    for place in (age.end, age.end + 1, age.start - 1, age.start - 2):
        for gender in GENDERS:
            if gender in told.at(place).kinds:
                return gender
    return age.gender


def _child(age: Age, named: Sequence[tuple[int, Gender]], told: Told) -> Child:
    """The age with the gender of the nearest noun, or else its own grammar's."""
    words = told.span(age.start, age.end)
    for gender in GENDERS:  # "17 f"
        if f"{gender}_letter" in told.at(age.end).kinds:
            return Child(age.years, gender, words)
    if not named and (spoken := _spoken_of(told, age)):
        return Child(age.years, spoken, words)
    clause = told.at(age.start).clause
    beside = [
        gender
        for place, gender in named
        if 0 <= place - age.end <= 1 and told.at(place).clause in {clause, _alone(told, place)}
    ]
    if beside or age.gender:
        return Child(age.years, beside[0] if beside else age.gender, words)
    writer = told.at(age.start - 1)
    if "i_am" in writer.kinds and writer.clause == told.at(age.start).clause:
        # "Im 16 and the boy has my photos": who comes after the writer's age is somebody else.
        named = [(place, gender) for place, gender in named if place < age.start]
    distances = sorted(
        (
            told.at(place).clause != clause,
            min(abs(place - age.start), abs(place - age.end)),
            -place,
            gender,
        )
        for place, gender in named
    )
    genders = {gender for _, gender in named}
    if distances and (distances[0][1] <= NEAR or len(genders) == 1):
        return Child(age.years, distances[0][3], words)
    return Child(age.years, gender_by_deeds(told, age.years) or one_boy(told, age), words)


def _alone(told: Told, place: int) -> int | None:
    """The clause of a word that has it to itself: "15, girl, Mansehra".

    In "lur me 15 kala da, halak ye tangawi" somebody else stands behind the comma.
    """
    clause = told.at(place).clause
    return clause if told.at(place + 1).clause != clause or not told.at(place + 1).word else None


def _spoken_of(told: Told, age: Age) -> Gender | None:
    """The gender of the "he" or "she" whose age it is."""
    for place in range(age.start - 1, age.start - 4, -1):
        for gender in GENDERS:
            if f"{gender}_pronoun" in told.at(place).kinds:
                return gender
    return None


def _named(told: Told) -> list[tuple[int, Gender]]:
    """Where girls and boys are named. A doer (larke ne, bhai mujhe) is left out.

    Of doers alone (larke ne mara) the child may still be one.
    """
    named = [
        (place, gender)
        for place, word in enumerate(told.words)
        for gender in GENDERS
        # "bhai" is how any man is addressed; "mera bhai" is a boy in a report of a child.
        if gender in word.kinds
        or (f"my_{gender}" in word.kinds and _is_child(told, place))
        or whose(told, place) == gender
    ]
    named = [
        (place, gender)
        for place, gender in named
        if not (only_tells_whose(told, place) or does_it_to_me(told, place))
    ]
    named = [one for one in named if not is_grown(told, one[0])] or named
    done_to = [
        (place, gender)
        for place, gender in named
        if "doer" not in told.at(place + 1).kinds and not does_harm(told, place)
    ]
    return done_to or named


def _is_child(told: Told, place: int) -> bool:
    """Whether a word for a brother is told of a child: "mera bhai", "bhai 16 saal", "wror me 9 kala"."""
    number = place + 1 + ("my" in told.at(place + 1).kinds)
    is_aged = (told.at(number).number or ADULT) < ADULT and told.at(number + 1).kinds & {
        "year",
        "man",
    }
    return bool(is_aged or told.at(place - 1).kinds & {"my", "small"})
