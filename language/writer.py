"""Whether the writer is a child, and the gender that the writer's own verbs tell. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from language.ages import ages_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from language.ages import Gender
    from language.child_words import Told

# "jaun gi", "jaungi", "جاؤں گا": I shall go, as a girl or as a boy.
_I_WILL = re.compile(r"(?:un|on|ون) ?(?:gi|ga|گی|گا)$")
HIGHEST_CLASS = 12


def tells_own_age(told: Told) -> bool:
    """Whether the writer is under eighteen and says so (mein 14 saal ki hun, my age is 14)."""
    for age in ages_in(told):
        if any("i_am" in told.at(age.end + step).kinds for step in range(3)):
            return True
        before = [told.at(age.start - step).kinds for step in range(1, 5)]
        if "i_am" in before[0] or _my_age(before):
            return True
    return any(_in_class(told, place) for place in told.places("class"))


def _in_class(told: Told, place: int) -> bool:
    """Whether the writer is a pupil: "class 9 ki hun"."""
    number, agrees, am = (told.at(place + step) for step in (1, 2, 3))
    is_class = number.number is not None and number.number <= HIGHEST_CLASS
    return is_class and bool(agrees.kinds & {"woman", "man"}) and "i_am" in am.kinds


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
