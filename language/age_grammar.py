"""What agrees with a child beside its age: Urdu's ki and ka, Pashto's "is", a letter. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from language.ages import Gender
    from language.child_words import Told

LEAST_LETTERED = 10  # years that are written with a letter: "17F", "15m"
UMAR_REACH = 6  # words from "umar" to the "is" that agrees with it


def agreement(kinds: frozenset[str], following: frozenset[str]) -> Gender | None:
    """The gender that Urdu's ki and ka agree with; in "saal ki umar" they agree with the age."""
    if "old" in following:
        return None
    return "girl" if "woman" in kinds else "boy" if "man" in kinds else None


def gender_of_is(told: Told, place: int) -> Gender | None:
    """The gender that Pashto's "is" at this place agrees with, unless that is "umar" (age).

    "Da" before a noun is "of": "9 kala da plar ye".
    """
    here, after = told.at(place), told.at(place + 1)
    ends = after.clause > here.clause or not after.word or "goes_on" in after.kinds
    if not ends or any("old" in told.at(place - step).kinds for step in range(1, UMAR_REACH)):
        return None
    return "girl" if "girl_is" in here.kinds else "boy" if "boy_is" in here.kinds else None


def bare_in_pashto(told: Told, place: int) -> bool:
    """Whether Pashto's "is" makes an age of a bare number: "lur me da 12 da", "zoy me 9 ba wi"."""
    is_told = gender_of_is(told, place + 1) or "may_be" in told.at(place + 1).kinds
    while told.at(place - 1).kinds & {"my", "whose"}:
        place -= 1
    return bool(is_told and told.at(place - 1).kinds & {"girl", "boy", "my_boy"})


def letter_of(told: Told, place: int) -> Gender | None:
    """The gender of an age that a letter is written on to, "17F"; "5m" may be minutes or money."""
    number, letter = told.at(place), told.at(place + 1)
    if number.start != letter.start or (number.number or 0) < LEAST_LETTERED:
        return None
    if "girl_letter" in letter.kinds:
        return "girl"
    return "boy" if "boy_letter" in letter.kinds else None
