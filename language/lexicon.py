"""What a text tells by reviewed phrases: danger, facts and concerns, each with its words.

The phrases stand in `nlu_data/lookups`. A phrase that is denied, or that belongs to an idiom, a
match, a drama or a question about the law, is no hit; a negation silences only what it governs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from pathlib import Path
from typing import TypeVar

from language.form import FormWords, forms_in
from language.negation import Negation
from language.normalise import Word, words_in
from language.pattern import Index, Part, Pattern, Reading, Span
from language.phrases import Classes, Entry, Idiom, read_classes, read_entries, read_idioms
from language.vocabulary import Vocabulary

TOPICS = ("danger", "facts", "concerns")
# The parts of one phrase lie within this many words.
_NEAR = 14
# What a phrase must not stand with is looked for this many words to either side.
_BESIDE = 5
# Of one part that stands in a text many times, the first few are enough.
_OCCURRENCES = 6


@dataclass(frozen=True)
class Hit:
    """A reviewed phrase found in a text, in the words as they were typed."""

    words: str = field(repr=False)
    danger: bool
    facts: tuple[str, ...]
    concerns: tuple[str, ...]


class Lexicon:
    """The reviewed phrases, ready to be found."""

    def __init__(
        self,
        entries: Iterable[Entry],
        idioms: Iterable[Idiom],
        classes: Classes,
        negation: Negation,
        form_words: FormWords,
    ) -> None:
        self.entries = tuple(entries)
        self.idioms = tuple(idioms)
        self._negation = negation
        self._form_words = form_words
        self._classes = classes
        self._entries_by_part = _by_first_part(self.entries)
        self._idioms_by_part = _by_first_part(self.idioms)
        patterns = [entry.pattern for entry in self.entries]
        patterns += [idiom.pattern for idiom in self.idioms]
        parts = [part for pattern in patterns for part in (*pattern.parts, *pattern.without)]
        self._index = Index(parts)
        self._deniable = {
            part: not negation.speaks_in(part) and classes.may_be_denied(part) for part in parts
        }
        self._vocabulary = Vocabulary(
            atom
            for part in (*parts, *classes.parts())
            for item in part.items
            for atom in item.atoms
            if atom[0] not in "@^$"
        )

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Read the tables of a folder of lookups."""
        return cls(
            entries=[entry for topic in TOPICS for entry in read_entries(folder / f"{topic}.tsv")],
            idioms=read_idioms(folder / "idioms.tsv"),
            classes=read_classes(folder / "words.tsv"),
            negation=Negation.load(folder),
            form_words=FormWords.load(folder),
        )

    def hits(self, text: str, reading: Reading | None = None) -> list[Hit]:
        """Give what the text tells, in the order of its words; `reading` if it was read before."""
        words = words_in(text)
        found = self._find(reading or self.read(text))
        silenced = self._silenced(found, len(words))
        hits: dict[Hit, int] = {}
        for entry in _standing(self._entries_by_part, found):
            for spans in _places(entry.pattern, found):
                if self._is_meant(entry.pattern, spans, words, silenced):
                    first, last = min(spans)[0], max(end for _, end in spans) - 1
                    typed = text[words[first].start : words[last].end]
                    hits.setdefault(Hit(typed, entry.danger, entry.facts, entry.concerns), first)
        return sorted(hits, key=lambda hit: hits[hit])

    def _is_meant(
        self, pattern: Pattern, spans: tuple[Span, ...], words: list[Word], silenced: set[int]
    ) -> bool:
        """Tell whether the phrase that stands in the text is neither denied nor an idiom's."""
        deniable = [
            span for part, span in zip(pattern.parts, spans, strict=True) if self._deniable[part]
        ]
        if any(not silenced.isdisjoint(range(*span)) for span in deniable or spans):
            return False
        # "aaj kal" is no day and "billi ka bacha" no child, whatever else the phrase speaks of.
        if any(silenced.issuperset(range(*span)) for span in spans):
            return False
        return not any(self._negation.denies(words, span) for span in deniable)

    def read(self, text: str) -> Reading:
        """Give the words of the text as atoms, classes included."""
        words = words_in(text)
        forms = forms_in(text, words, self._form_words)
        reading = Reading(
            self._vocabulary.atoms(word.text, forms, common=self._form_words.knows(word.text))
            for word in words
        )
        self._classes.add_to(reading)
        return reading

    def _find(self, reading: Reading) -> dict[Part, list[Span]]:
        found: dict[Part, list[Span]] = {}
        for part, span in self._index.find(reading):
            found.setdefault(part, []).append(span)
        return found

    def _silenced(self, found: dict[Part, list[Span]], length: int) -> set[int]:
        """Give the places of the words that idioms explain."""
        silenced: set[int] = set()
        for idiom in _standing(self._idioms_by_part, found):
            for spans in _places(idiom.pattern, found):
                if idiom.whole:
                    return set(range(length))
                silenced.update(place for span in spans for place in range(*span))
        return silenced


_Line = TypeVar("_Line", Entry, Idiom)


def _by_first_part(lines: Iterable[_Line]) -> dict[Part, list[_Line]]:
    """Give the lines by the first part of their phrase, so that few need a closer look."""
    by_part: dict[Part, list[_Line]] = {}
    for line in lines:
        by_part.setdefault(line.pattern.parts[0], []).append(line)
    return by_part


def _standing(by_part: dict[Part, list[_Line]], found: dict[Part, list[Span]]) -> Iterator[_Line]:
    """Give the lines of whose phrase all parts stand in the text."""
    for part in found:
        for line in by_part.get(part, ()):
            if found.keys() >= line.pattern.needs:
                yield line


def _places(pattern: Pattern, found: dict[Part, list[Span]]) -> Iterator[tuple[Span, ...]]:
    """Give where all parts of the phrase stand near each other, and what must not stand does not."""
    for spans in product(*(found[part][:_OCCURRENCES] for part in pattern.parts)):
        first, last = min(spans)[0], max(end for _, end in spans)
        apart = all(one[1] <= other[0] for one, other in pairwise(sorted(spans)))
        if (
            apart
            and last - first <= _NEAR + len(spans)
            and not any(
                start < last + _BESIDE and end > first - _BESIDE
                for part in pattern.without
                for start, end in found.get(part, ())
            )
        ):
            yield spans
