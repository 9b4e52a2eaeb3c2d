"""The ages under eighteen a text tells, with the gender its grammar gives away. Pure.

Who is eighteen or older is no child, so a harmer's "45 saal" is never taken for the child's age.
A range gives the younger age: not knowing never lowers the risk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from language.age_grammar import agreement, bare_in_pashto, gender_of_is, letter_of

if TYPE_CHECKING:
    from language.child_words import Told

Gender = Literal["girl", "boy"]

ADULT = 18
# The facts that an age makes true, each with the age it lies below.
BANDS = (("under_5", 5), ("under_8", 8), ("under_12", 12), ("under_15", 15))
MONTHS_IN_A_YEAR = 12
WIDEST_RANGE = 3  # "8 ya 9", "10 12": years between the two ages
CHILD = frozenset({"girl", "boy", "child", "infant"})  # kinds of words for one
LEAST_BARE = 3  # years that a number alone may tell: one and two count all sorts of things


@dataclass(frozen=True)
class Age:
    """An age at words[start:end], with the gender its grammar tells (ki, ka, کلنه)."""

    years: int
    gender: Gender | None
    start: int
    end: int


def ages_in(told: Told) -> list[Age]:
    """Every age under eighteen the text tells."""
    found: list[Age] = []
    for place, word in enumerate(told.words):
        if word.number is None or _is_little(told, place):
            continue
        # "Class 8" is no age, nor "class 8 yo halak" (one boy); "pinzam jamat 12 kala" tells one.
        unit = told.at(place + 1).kinds
        is_years = "year" in unit and "boy_one" not in unit
        is_class = "class" in told.at(place - 1).kinds and not is_years
        age = None if is_class else _age_at(told, place, word.number)
        if age is not None and age.years < ADULT:
            found.extend(_with_the_number_before(told, age))
    return found


def _is_little(told: Told, place: int) -> bool:
    """Whether the word only sounds like a number: "ne", and "na" but in "na kala" (nine years)."""
    kinds, after = told.at(place).kinds, told.at(place + 1).kinds
    # "Karak na yo halak": from Karak, one boy.
    counted = after & {"year", "month"} and "boy_one" not in after
    return "doer" in kinds or ("not" in kinds and not counted)


def _age_at(told: Told, place: int, value: int) -> Age | None:
    """The age that the number at this place is; None when it counts something else."""
    unit, after, third = (told.at(place + step).kinds for step in (1, 2, 3))
    if "year" in unit:
        grammar = (
            ("girl" if "girl_year" in unit else "boy" if "boy_year" in unit else None)
            or agreement(after, third)
            or gender_of_is(told, place + 2)
        )
        age = Age(value, grammar, place, place + 2)
        # "ek saal" counts time unless something says that it is an age.
        vague = value == 1 and not (
            age.gender or after & {"old", *CHILD} or _after_old(told, place)
        )
        return None if vague or _counts_time(told, place) else age
    if unit & {"month", "days"}:
        years = value // MONTHS_IN_A_YEAR if "month" in unit else 0
        gender = agreement(after, third)
        return Age(years, gender, place, place + 2) if _infant(told, place) else None
    if "count" in unit:
        return None
    return _without_a_unit(told, place, value)


def _without_a_unit(told: Told, place: int, value: int) -> Age | None:
    """The age that a bare number is by the words beside it: "umar 9", "beti 9 ki", "17F"."""
    unit, after = (told.at(place + step).kinds for step in (1, 2))
    if letter := letter_of(told, place):
        return Age(value, letter, place, place + 2)
    spoken = _after_old(told, place) or ("is" in after and unit & {"woman", "man"})
    before = told.at(place - 1).kinds
    # "Larki hai 17 ki"
    if "is" in before and told.at(place - 2).clause == told.at(place).clause:
        before = told.at(place - 2).kinds - {"about"}
    named = before & {"girl", "boy", "child", "about", "relation"}
    ends = place + 1 == len(told.words) or told.at(place + 1).clause > told.at(place).clause
    if spoken or (named and (ends or unit & {"woman", "man"})):
        return Age(value, agreement(unit, after), place, place + 1)
    if value >= LEAST_BARE and (_bare_age(told, place) or bare_in_pashto(told, place)):
        return Age(value, None, place, place + 1)
    return None


def _counts_time(told: Told, place: int) -> bool:
    """Whether the years are how long it lasts or how long ago it was, and nobody's age.

    "3 saal se", "2 saal ho gaye", "dwa kala kegi", "since 2 years", "for 2 years my aunt".
    """
    unit, after, third = (told.at(place + step).kinds for step in (1, 2, 3))
    before = told.at(place - 1).kinds
    # "Da 6 kalo kegi": turns six.
    passed = "passed" in after or ("is" in after and "passed" in third)
    passed = passed and not (unit & {"girl_year", "boy_year"} or "whose" in before)
    since = "since" in before and not after & {"woman", "man", "old", *CHILD}
    # "Da 2 kalo na": for two years; "da 14 kalo na kam": under fourteen.
    na = "whose" in before and "since_na" in after and "than" not in third
    # "umar 11 kal se lapata": eleven, and missing since yesterday.
    return (passed or since or na or "from" in after) and "old" not in before


def _infant(told: Told, place: int) -> bool:
    """Whether the months, weeks or days at this place are an age.

    "Ek mahine se", "2 mahine ki tankhwa" and "3 din bachi ko" count time.
    """
    unit, after, third = (told.at(place + step).kinds for step in (1, 2, 3))
    # "Missing three days age 15" tells another age.
    if "old" in after and told.at(place + 3).number is None:
        return True
    if after & CHILD and "counts_time" not in unit:
        return True
    before, two_before = told.at(place - 1).kinds, told.at(place - 2).kinds
    if "of" in before and two_before & CHILD:
        return True
    told_of = before & CHILD or third & {"small", *CHILD}
    # "6 mahine ki hai" is a baby's age by itself; "4 din ki hai" may be anything's.
    is_told = "month" in unit or told.places(*CHILD)
    ends = "is" in third or told.at(place + 3).clause != told.at(place + 2).clause
    return bool(after & {"woman", "man"} and (told_of or (ends and is_told)))


def is_grown(told: Told, place: int) -> bool:
    """Whether who is named at this place is told to be an adult: "larka 40 ka", "30 saal ka larka"."""
    for number in (place + 1, place + 2):
        years, unit = told.at(number).number, told.at(number + 1)
        if years is not None:
            aged = unit.kinds & {"year", "woman", "man"} or not unit.word
            return years >= ADULT and bool(aged)
    for number in range(place - 2, place - 5, -1):
        years = told.at(number).number
        if years is not None:
            return years >= ADULT and "year" in told.at(number + 1).kinds
        if not told.at(number + 1).kinds & {"year", "old", "woman", "man", "whose"}:
            return False
    return False


def _bare_age(told: Told, place: int) -> bool:
    """English tells ages by bare numbers: "boy 11", "girl of 9", "14 boy", "she's only 12".

    "5 boys" is a count, so only words for one child speak for an age.
    """
    after = told.at(place + 1).kinds
    while "only" in told.at(place - 1).kinds:
        place -= 1
    before, two_before = told.at(place - 1).kinds, told.at(place - 2).kinds
    if "one_child" in before | after or "pronoun_is" in before:
        return True
    if before & {"of", "about"} and "one_child" in two_before:
        return True
    whose = two_before & {"one_child", "girl", "boy", "pronoun", "i_am"} or "i_am" in before
    # "When I was six" is told by somebody older.
    return ("being" in before and bool(whose)) or ("was" in before and "pronoun" in two_before)


def _after_old(told: Told, place: int) -> bool:
    """Whether "umar" or "age" stands up to three words before, and no other number between."""
    for step in range(1, 4):
        word = told.at(place - step)
        if "old" in word.kinds:
            return True
        if word.number is not None:
            return False
    return False


def _with_the_number_before(told: Told, age: Age) -> list[Age]:
    """8-9 saal, 8 ya 9 saal, 8 or 9 saal: the younger. 7 aur 9 saal, 9 or 14 saal: both."""
    before, joined = told.at(age.start - 1), told.at(age.start - 2)
    if "or" in before.kinds & joined.kinds:  # "13 na tar 15 kalo"
        joined = told.at(age.start - 3)
    if (
        before.number
        and not _is_little(told, age.start - 1)
        and "boy_one" not in before.kinds  # "yo dre kala mashom": one child of three
        and age.years - WIDEST_RANGE <= before.number < age.years
    ):
        return [replace(age, years=before.number, start=age.start - 1)]
    if joined.number and joined.number < ADULT:
        # Roman Urdu writes "and" as "or": 9 or 14 saal are two children, no range.
        is_range = "and" not in before.kinds or abs(age.years - joined.number) <= WIDEST_RANGE
        if "or" in before.kinds and is_range:
            return [replace(age, years=min(joined.number, age.years), start=age.start - 2)]
        if "and" in before.kinds:
            return [replace(age, years=joined.number, start=age.start - 2), age]
    tens = before.number is not None and before.number > ADULT  # the five of "twenty five"
    return [] if tens else [age]
