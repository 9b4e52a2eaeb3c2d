"""The reviewed words about children (`children.tsv`), and a text read with them. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.normalise import normalise, squeeze, words_in
from language.numbers import numbers_with_places

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class ReadWord:
    """A normalised word, where it stands, the number it says (None: none), its kinds."""

    word: str = ""
    start: int = 0
    end: int = 0
    clause: int = 0
    number: int | None = None
    kinds: frozenset[str] = frozenset()


NO_WORD = ReadWord()


class Told:
    """The words of one text; asking beside its ends gives `NO_WORD`."""

    def __init__(self, text: str, words: list[ReadWord]) -> None:
        self._text = text
        self.words = words

    def at(self, place: int) -> ReadWord:
        """The word at a place, `NO_WORD` outside the text."""
        return self.words[place] if 0 <= place < len(self.words) else NO_WORD

    def span(self, start: int, end: int) -> str:
        """The words from start up to end, as they were typed."""
        words = self.words[max(0, start) : end]
        return self._text[words[0].start : words[-1].end] if words else ""

    def places(self, *kinds: str) -> list[int]:
        """Where words of any of these kinds stand."""
        wanted = frozenset(kinds)
        return [place for place, word in enumerate(self.words) if word.kinds & wanted]


class ChildWords:
    """The kinds of words that tell a child's gender or age."""

    def __init__(self, kinds: dict[str, frozenset[str]]) -> None:
        self._kinds = kinds

    @classmethod
    def load(cls, folder: Path) -> ChildWords:
        """Read `children.tsv`: kind, tab, words. Raises OSError when it is missing."""
        kinds: dict[str, set[str]] = {}
        with (folder / "children.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
            for kind, words in rows:
                for word in words.split():
                    # Not the skeleton: bachi (girl) and bache (children) have the same.
                    kinds.setdefault(squeeze(normalise(word)), set()).add(kind)
        return cls({word: frozenset(of) for word, of in kinds.items()})

    def read(self, text: str) -> Told:
        """The words of a text with their numbers and kinds."""
        numbers = {start: number for number, start, _ in numbers_with_places(text)}
        words = words_in(text)
        digits = {word.start for word in words if word.text.isdigit()}
        read = []
        for word in words:
            kinds = self._kinds.get(squeeze(word.text), frozenset())
            # "9saal" is two words at one place: the digits hold the number.
            counts = word.text.isdigit() or word.start not in digits
            number = numbers.get(word.start) if counts else None
            read.append(ReadWord(word.text, word.start, word.end, word.clause, number, kinds))
        return Told(text, read)
