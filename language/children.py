"""The children a text tells of: age in years and gender, each child apart. Pure.

A school class and "chhoti bachi" make the facts of their usual age true, and tell no age.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.ages import BANDS, Age, Gender, ages_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from language.child_words import Told

GENDERS: tuple[Gender, Gender] = ("girl", "boy")
# "jaun gi", "jaungi", "جاؤں گا": I shall go, as a girl or as a boy.
_I_WILL = re.compile(r"(?:un|on|ون) ?(?:gi|ga|گی|گا)$")
PEOPLE = {"girl", "boy", "child", "my_girl", "my_boy", "relation", "one_child"}
NEAR = 6  # words between an age and the noun it belongs to
SMALL_CHILD = 11  # "chhoti bachi": at most this old
HIGHEST_CLASS = 12
CLASS_AGE = 6  # a pupil of class n is at most n + 6 as a rule


@dataclass(frozen=True)
class Child:
    """One child: whole years, `girl` or `boy`; None is not told. `words` tell the age."""

    age: int | None
    gender: Gender | None
    words: str = ""


def children_in(told: Told) -> list[Child]:
    """The children in the order they are told; empty when neither age nor gender is told."""
    ages = ages_in(told)
    named = _named(told)
    if ages:
        children = [_child(age, named, told) for age in ages]
        # The same child told twice ("9 saal ki bachi, umar 9") is one child.
        return list({(child.age, child.gender): child for child in reversed(children)}.values())[
            ::-1
        ]
    genders: list[Gender | None] = list(dict.fromkeys(gender for _, gender in named))
    infant = told.places("infant")
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


def tells_own_age(told: Told) -> bool:
    """Whether the writer is under eighteen and says so (mein 14 saal ki hun, my age is 14)."""
    for age in ages_in(told):
        if any("i_am" in told.at(age.end + step).kinds for step in range(3)):
            return True
        before = [told.at(age.start - step).kinds for step in range(1, 5)]
        if "i_am" in before[0] or _my_age(before):
            return True
    return False


def _my_age(before: Sequence[frozenset[str]]) -> bool:
    """Whether "meri umar" stands before; "mein" and "mere" alone say "in" and "my child's"."""
    asked = False
    for kinds in before:
        if kinds & {"girl", "boy", "child"}:
            return False
        if asked and "my" in kinds:
            return True
        asked = asked or "old" in kinds
    return False


def _child(age: Age, named: Sequence[tuple[int, Gender]], told: Told) -> Child:
    """The age with the gender of the nearest noun, or else its own grammar's."""
    words = told.span(age.start, age.end)
    if not named and (spoken := _spoken_of(told, age)):
        return Child(age.years, spoken, words)
    beside = [gender for place, gender in named if 0 <= place - age.end <= 1]
    if beside or age.gender:
        return Child(age.years, beside[0] if beside else age.gender, words)
    distances = sorted(
        (min(abs(place - age.start), abs(place - age.end)), -place, gender)
        for place, gender in named
    )
    genders = {gender for _, gender in named}
    if distances and (distances[0][0] <= NEAR or len(genders) == 1):
        return Child(age.years, distances[0][2], words)
    return Child(age.years, None, words)


def own_gender(told: Told) -> Gender | None:
    """The gender that a writer's own verbs give away: "parhti hun", "رہتا ہوں", "kood jaun gi"."""
    for place, word in enumerate(told.words):
        before = told.at(place - 1)
        if "am" in word.kinds and "agrees_not" not in before.kinds:
            agrees = before.word
        elif word.kinds & {"own_girl", "own_boy"}:
            return "girl" if "own_girl" in word.kinds else "boy"
        elif _I_WILL.search(f"{before.word} {word.word}"):
            agrees = word.word
        else:
            continue
        if agrees.endswith(("i", "ی")):
            return "girl"
        if agrees.endswith(("a", "ا")):
            return "boy"
    return None


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
        or (f"my_{gender}" in word.kinds and "my" in told.at(place - 1).kinds)
    ]
    named = [(place, gender) for place, gender in named if not _does_it_to_me(told, place)]
    done_to = [(place, gender) for place, gender in named if "doer" not in told.at(place + 1).kinds]
    return done_to or named


def _does_it_to_me(told: Told, place: int) -> bool:
    """Whether who is named here harms the writer: "larka mujhe ...", "larka meri tasveer ...".

    "Wo larki meri behan hai" names a relative, who may be the child.
    """
    after, beyond = told.at(place + 1), told.at(place + 2)
    return "to_me" in after.kinds or ("mine" in after.kinds and not beyond.kinds & PEOPLE)
