"""What a text says of what was told before: that it was wrong, one more, or a joke. Pure.

"nahi 13 nahi 12", "Swat nahi, Chakdara", "us ki behan bhi", "ek aur report", "mazaq tha". Which
value is right is decided where it is known what was told: in the actions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from language.child_words import Told
from language.form import FORMS
from language.normalise import tokens
from language.pattern import Index, Reading, parse_part
from language.tables import rows
from language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from language.pattern import Part, Span

TABLES = ("corrections.tsv", "taken_back.tsv")
LONGEST_JOKE = 12  # words: who tells more than that tells something
LONGEST_CONTRAST = 6  # words of "Karak nahi, Kohat mein"
LONGEST_NO = 10  # words of an answer that begins with "no" and sets something right
# What may stand between a value and its "not": "13 saal ki nahi", "bachi hai nahi".
BETWEEN = {"year", "woman", "man", "is", "old"}
SAY_ELSE = {"not", "or", "doer"}  # kinds of words that are numbers only before "years"
NOTS = ("not_after", "not_before", "no")
NEAR = 3  # words from a value to its "not"
YEARS = range(1, 18)
GENDERS = ("girl", "boy")
COUNTS = range(1, 5)  # a bare number this small before a child counts children
COUNTED = {"girl", "boy", "child", "my_girl", "my_boy"}


@dataclass(frozen=True)
class Remarks:
    """`remark` is corrects, adds, another or None.

    `ages` are the numbers that may be a child's age, `refused` those of them that a "not" denies.
    """

    remark: str | None = None
    ages: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    taken_back: bool = False


class RemarkWords:
    """The reviewed phrases of `corrections.tsv` and `taken_back.tsv`."""

    def __init__(self, says: dict[Part, str]) -> None:
        self._says = says
        self._index = Index(says)
        atoms = {atom for part in says for item in part.items for atom in item.atoms}
        self._vocabulary = Vocabulary(atoms)

    @classmethod
    def load(cls, folder: Path) -> RemarkWords:
        """Read both tables. Raises OSError, TableBroken or PatternBroken."""
        return cls(
            {
                parse_part(row["phrase"], row["form"]): row["says"]
                for table in TABLES
                for row in rows(folder / table)
            }
        )

    def found(self, words: Iterable[str]) -> dict[str, list[Span]]:
        """Where each kind of phrase stands."""
        forms = frozenset(FORMS)
        places = [self._vocabulary.atoms(word, forms, common=True) for word in words]
        found: dict[str, list[Span]] = {}
        for part, span in self._index.find(Reading(places)):
            found.setdefault(self._says[part], []).append(span)
        return found


def remarks_in(text: str, told: Told, places: Sequence[str], words: RemarkWords) -> Remarks:
    """What the text says of what was told; `places` are the words that name places in it."""
    typed = tokens(text)
    found = words.found(typed)
    told = _without_not(told, found)
    ages, genders = _refused(told, found)
    joke = "joke" in found and "guard" not in found and len(typed) <= LONGEST_JOKE
    remark = None
    if "another" in found:
        remark = "another"
    elif (
        "slip" in found
        or _answers_no(told, found)
        or _is_refused(places, typed, found)
        or _is_contrast(ages, set(_ages(told)))
        or _is_contrast(genders, _genders(told))
    ):
        remark = "corrects"
    elif "adds" in found:
        remark = "adds"
    return Remarks(remark, tuple(_ages(told)), tuple(sorted(ages)), joke)


def _answers_no(told: Told, found: dict[str, list[Span]]) -> bool:
    """Whether the text is a short "no" with a value behind it."""
    is_short = 1 < len(told.words) <= LONGEST_NO
    return "no" in found and is_short and bool(_ages(told) or _genders(told))


def _is_contrast(refused: AbstractSet[object], told: AbstractSet[object]) -> bool:
    """Whether another value of the kind stands beside one that is refused."""
    return bool(refused) and bool(told - refused)


def _ages(told: Told) -> list[int]:
    """The numbers that may be an age, each once, in their order."""
    ages = (_age_at(told, place) for place in range(len(told.words)))
    return list(dict.fromkeys(age for age in ages if age is not None))


def _age_at(told: Told, place: int) -> int | None:
    """The number at a place, where it may be an age: what counts days or children is none.

    "Ek larka", "yo halak" is how a child is named at all, and "do larkiyan" are two.
    """
    word, after = told.at(place), told.at(place + 1)
    if word.number not in YEARS or after.kinds & {"count", "days", "month"}:
        return None
    is_article = word.number == 1 and not word.word.isdigit() and "year" not in after.kinds
    is_count = word.number in COUNTS and bool(after.kinds & COUNTED)
    return None if is_article or is_count else word.number


def _without_not(told: Told, found: dict[str, list[Span]]) -> Told:
    """The words, of which a "not" is no number, though many a one sounds like nine."""
    spans = [span for kind in NOTS for span in found.get(kind, [])]
    said = {place for start, end in spans for place in range(start, end)}
    words = [
        replace(word, number=None)
        if (place in said or word.kinds & SAY_ELSE) and "year" not in told.at(place + 1).kinds
        else word
        for place, word in enumerate(told.words)
    ]
    return Told("", words)


def _genders(told: Told) -> set[str]:
    return {gender for gender in GENDERS if told.places(gender)}


def _refused(told: Told, found: dict[str, list[Span]]) -> tuple[set[int], set[str]]:
    """The ages and genders a "not" denies: ahead of it, in English behind it."""
    ages: set[int] = set()
    genders: set[str] = set()
    for kind, step in (("not_after", -1), ("not_before", 1)):
        for start, end in found.get(kind, []):
            place = start - 1 if step < 0 else end
            for far in range(NEAR):
                at = place + step * far
                kinds = told.at(at).kinds
                age, gender = _age_at(told, at), _gender(kinds)
                if age is not None:
                    ages.add(age)
                elif gender:
                    genders.add(gender)
                if age is not None or gender or not kinds & BETWEEN:
                    break
    return ages, genders


def _gender(kinds: frozenset[str]) -> str | None:
    return next((gender for gender in GENDERS if gender in kinds), None)


def _is_refused(places: Sequence[str], typed: list[str], found: dict[str, list[Span]]) -> bool:
    """Whether a "not" refuses a place for another one.

    Of several places one stands right at it. Of one alone, it stands right behind the "not" of a
    short text: a name such as "Karak" that is a word, too, is no mention by itself.
    """
    ends = {start for start, _ in found.get("not_after", [])}
    begins = {end for _, end in found.get("not_after", [])}
    starts = {end for _, end in found.get("not_before", [])}
    for place in places:
        name = tokens(place)
        for start in range(len(typed) - len(name) + 1):
            if typed[start : start + len(name)] != name:
                continue
            end = start + len(name)
            if len(set(places)) > 1 and (ends & {end, end + 1} or starts & {start, start - 1}):
                return True
            if start > 1 and start in begins and len(typed) <= LONGEST_CONTRAST:
                return True
    return False
