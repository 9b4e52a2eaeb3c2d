"""When: the words of a text that tell a time, and the facts they make true. Pure.

Reads the reviewed lists `when.tsv` (phrases) and `time_units.tsv` (counted times). "roz subah" tells
a habit, not a time. No clock: a weekday may be tomorrow.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.normalise import Word, normalise, squeeze, tokens, words_in
from language.numbers import numbers_with_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Hours from now, either way, within which a fact is true.
LIMITS = {"within_24h": 24, "within_72h": 72, "within_14_days": 14 * 24}


@dataclass(frozen=True)
class When:
    """The words that tell a time, as the text has them, and the facts they make true."""

    words: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class TimeWords:
    """The reviewed words of time: phrases by their words, hours a unit, directions.

    Words of `ahead` may stand on either side of a counted time, those of `after` behind it.
    """

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    hours: dict[str, int]
    ahead: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    longest: int

    @classmethod
    def load(cls, folder: Path) -> TimeWords:
        """Read both lists. Raises OSError when one is missing."""
        phrases = {
            tuple(squeeze(word) for word in tokens(phrase)): tuple(
                fact for fact in facts.split(",") if fact != "-"
            )
            for facts, listed in _rows(folder / "when.tsv")
            for phrase in listed.split(" | ")
        }
        units = [
            (kind, squeeze(normalise(word)))
            for kind, words in _rows(folder / "time_units.tsv")
            for word in words.split()
        ]
        return cls(
            phrases,
            {word: int(kind) for kind, word in units if kind.isdigit()},
            frozenset(word for kind, word in units if kind == "in"),
            frozenset(word for kind, word in units if kind == "after"),
            frozenset(word for kind, word in units if kind == "before"),
            max(len(phrase) for phrase in phrases),
        )


def when_in(text: str, time: TimeWords) -> When | None:
    """The nearest time the text tells; None when it tells none."""
    words = words_in(text)
    keys = [squeeze(word.text) for word in words]
    found = [
        When(text[words[start].start : words[end - 1].end], facts)
        for start, end, facts in (*_phrases(keys, time), *_counted(text, words, keys, time))
    ]
    # The most facts: the nearest time counts, as risk only rises.
    return max(found, key=lambda when: len(when.facts), default=None)


Found = tuple[int, int, "tuple[str, ...]"]  # words[start:end] and the facts they make true


def _phrases(keys: Sequence[str], time: TimeWords) -> Iterator[Found]:
    """The listed phrases, the longest first; no word belongs to two."""
    start = 0
    while start < len(keys):
        for end in range(min(start + time.longest, len(keys)), start, -1):
            facts = time.phrases.get(tuple(keys[start:end]))
            if facts is not None:
                yield start, end, facts
                start = end - 1
                break
        start += 1


def _counted(
    text: str, words: Sequence[Word], keys: Sequence[str], time: TimeWords
) -> Iterator[Found]:
    """Counted times with a direction: 3 din baad, two days ago."""
    numbers = {start: number for number, start, _ in numbers_with_places(text)}
    for place, word in enumerate(words[:-1]):
        number = numbers.get(word.start)
        hours = time.hours.get(keys[place + 1])
        then, first = set(keys[place + 2 : place + 4]), set(keys[max(0, place - 1) : place])
        # "dhoop me 2 ghante": Urdu's "in" goes before no time, as English "in" does.
        ahead = bool(first & time.ahead or then & (time.ahead | time.after))
        if number is None or hours is None or not (ahead or (first | then) & time.before):
            continue
        facts = tuple(
            fact
            for fact, limit in LIMITS.items()
            if number * hours <= limit and (ahead or fact != "within_14_days")
        )
        yield place, min(place + 3, len(words)), facts


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(
            csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
        )
