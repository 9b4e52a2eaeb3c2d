"""Who does it and to whom it is done, and the gender that deeds give a child away by. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from language.ages import Age, Gender
    from language.child_words import Told

REACH = 6  # words from "boy", over his age, to what he does
BESIDE = 2  # words between an age and the noun it is told of
PEOPLE = {"girl", "boy", "child", "my_girl", "my_boy", "relation", "one_child"}
OF = frozenset({"man", "woman", "of_whom"})  # ka, ki, ke
MARRIED = 10  # years: who has a husband is a girl from here on
SPEAKS_OF = frozenset({"is", "am", "girl_lives", "boy_lives"})  # "rota hai", "rota rehta"
GIRL_S = frozenset({"girl_does", "girl_works", "girl_lives"})
BEFORE_A_VERB = frozenset({"of", "is", "being", "year", "old", "only", "about", "pronoun"})


def does_harm(told: Told, place: int) -> bool:
    """Whether the English noun at this place does the harm: "a boy of 17 is bothering a girl"."""
    for step in range(1, REACH):
        word = told.at(place + step)
        if "harms" in word.kinds:
            return True
        if word.number is None and not word.kinds & BEFORE_A_VERB:
            return False
    return False


def is_done_to(told: Told, place: int) -> bool:
    """Whether it is done to who is named at this place: "larki ko", "larki ke sath", "جینۍ پسې"."""
    after, beyond = told.at(place + 1).kinds, told.at(place + 2).kinds
    return "done_to" in after or bool(after & {"of_whom"} and beyond & {"with"})


def only_tells_whose(told: Told, place: int) -> bool:
    """Whether the word at this place only says whose child it is: "beats her stepson".

    Nephews and nieces are told by their parents: "behan ka beta", "da khor zoy", "sister's son".
    """
    kinds, after = told.at(place).kinds, told.at(place + 1).kinds
    if "girl_pronoun" in kinds:
        return bool(after & {"offspring", "child"})
    if "sibling" in kinds and after & OF:
        after = told.at(place + 2).kinds
    elif not (("sibling" in kinds and "whose" in told.at(place - 1).kinds) or "siblings" in kinds):
        return False
    return "sibling" not in after and bool(after & {"girl", "boy", "child"})


def _happened(told: Told, place: int) -> Gender | None:
    """The gender of whom it happened to, in Pashto: "wahale da", "wraka shwa"."""
    kinds, after = told.at(place).kinds, told.at(place + 1).kinds
    if "happened" in kinds and after & {"girl_is", "boy_is"}:
        return "girl" if "girl_is" in after else "boy"
    if kinds & {"girl_lost", "boy_lost"}:
        return "girl" if "girl_lost" in kinds else "boy"
    return None


def one_boy(told: Told, age: Age) -> Gender | None:
    """Whether the text speaks of one child of this age by a boy's word: "da 7 kalo warokay".

    "Mashom" is any child, though the grammar is a boy's: whoever wrote it is asked.
    """
    near = range(age.start - BESIDE, age.end + BESIDE)
    for place in told.places("boy_child"):
        one = any("boy_one" in told.at(place - step).kinds for step in (1, 2, 3))
        if age.years and (one or place in near):
            return "boy"
    return None


def whose(told: Told, place: int) -> Gender | None:
    """The gender of the relation at this place by the word for whose: "meri student", "mera aik dost"."""
    if "relation" in told.at(place).kinds:
        for step in (1, 2):
            kinds = told.at(place - step).kinds
            if kinds & {"her_own", "his_own"}:
                return "girl" if "her_own" in kinds else "boy"
    return None


def does_it_to_me(told: Told, place: int) -> bool:
    """Whether who is named here harms the writer: "larka mujhe ...", "larka meri tasveer ...".

    "Wo larki meri behan hai" names a relative, who may be the child.
    """
    after, beyond = told.at(place + 1), told.at(place + 2)
    return "to_me" in after.kinds or ("mine" in after.kinds and not beyond.kinds & PEOPLE)


def gender_by_deeds(told: Told, years: int) -> Gender | None:
    """The gender of a child of so many years by what is done to it or what it does.

    "He makes him beg", "my husband hits me", "wo dukan par kaam karta hai". The words for deeds
    are those of a child in need: who beats or threatens is as a rule somebody else.
    """
    for place, word in enumerate(told.words):
        before = told.at(place - 1).kinds
        if "him" in word.kinds and before & {"harms", "makes"}:
            return "boy"
        if years >= MARRIED and "husband" in word.kinds:
            return "girl"
        if ended := _happened(told, place):
            return ended
        # "Roti" is bread too, and "fikar rehti hai" a worry.
        does = word.kinds & {"girl_does", "boy_does"} and told.at(place + 1).kinds & SPEAKS_OF
        works = "works" in before and word.kinds & {"girl_works", "boy_works"}
        lives = "where" in before and word.kinds & {"girl_lives", "boy_lives"}
        if does or works or lives:
            return "girl" if word.kinds & GIRL_S else "boy"
    return None
