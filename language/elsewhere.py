"""Places outside Khyber Pakhtunkhwa, told as the place of a child.

A report from another province belongs to that province: the commission's desk hands it over. Many
families of KP have somebody who works in Karachi; where the father is, the child is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from language.normalise import Word, words_in
from language.place_name import WITH_ENDING, Borne, Named
from language.place_names import NameIndex
from language.place_words import FAIR, STRONG, PlaceWords
from language.tables import rows


@dataclass(frozen=True)
class Elsewhere:
    """A place outside KP, its province or country, and the words as typed."""

    name: str
    province: str
    words: str = field(repr=False)


class ElsewherePlaces:
    """The places of `elsewhere.tsv`, found as those of KP are."""

    def __init__(self, table: Sequence[tuple[str, str, Sequence[str]]], words: PlaceWords) -> None:
        self._words = words
        self._names = NameIndex(words)
        self._provinces: dict[str, str] = {}
        for name, province, spellings in table:
            self._provinces[name] = province
            for spelling in spellings:
                self._names.add(spelling, name, Borne(own=True))
        self._names.close()

    @classmethod
    def load(cls, folder: Path) -> "ElsewherePlaces":
        """Read `elsewhere.tsv` and the words that stand beside places."""
        table = [
            (row["name"], row["province"], [one.strip() for one in row["words"].split("|")])
            for row in rows(folder / "elsewhere.tsv")
        ]
        return cls(table, PlaceWords.load(folder))

    def find(self, text: str) -> Elsewhere | None:
        """Give the first place that stands where a child's place stands.

        The caller asks only where the text names no place of KP.
        """
        words = words_in(text)
        for named in self._names.find(text):
            if self._stands(words, named) and not self._is_anothers(words, named):
                name = next(iter(named.places))
                return Elsewhere(name, self._provinces[name], named.words)
        return None

    def _stands(self, words: list[Word], named: Named) -> bool:
        """Tell whether somebody is there, and not only on the way there or from there."""
        start, end = named.span
        before = words[start - 1] if start else None
        after = words[end : end + 2]
        if named.quality < WITH_ENDING:
            return False
        if self._words.has("towards_before", before):
            return False
        if after and self._words.has("towards_after", after[0]):
            return self._words.has("i_am", after[-1])
        # "Rawalpindi Sadiqabad mein": a quarter of the city stands between.
        quarter = bool(after) and not self._words.has("common", after[0])
        return (
            named.beside.sureness >= FAIR
            or (not after and named.beside.sureness >= named.need)
            or (quarter and self._words.beside(words, start, end + 1).sureness >= STRONG)
        )

    def _is_anothers(self, words: list[Word], named: Named) -> bool:
        """Tell whether it is where a grown-up of the family is: "walid Karachi mein hain"."""
        start, end = named.span
        clause = words[start].clause
        before = [word for word in words[:start] if word.clause == clause]
        after = [word for word in words[end:] if word.clause == clause]
        works = any(self._words.has("works", word) for word in (*before, *after))
        for word in reversed(before):
            if self._words.has("child", word):
                return False
            if self._words.has("relative", word):
                # "walid Karachi mein hai": a postposition, and no more than that he is there.
                return works or len(after) <= 1 or self._words.has("is", after[1])
        return works and not any(self._words.has("child", word) for word in words)
