"""When: the words of a text that tell a time, and the facts they make true. Pure.

Reads the reviewed lists `when.tsv` (phrases) and `time_units.tsv` (counted times). "roz subah" tells
a habit, not a time. No clock: a weekday may be tomorrow.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.normalise import normalise, squeeze, tokens
from language.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    """The reviewed words of time: phrases by their words, hours a unit, directions."""

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    hours: dict[str, int]
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
            frozenset(word for kind, word in units if kind == "after"),
            frozenset(word for kind, word in units if kind == "before"),
            max(len(phrase) for phrase in phrases),
        )


def when_in(text: str, time: TimeWords) -> When | None:
    """The nearest time the text tells; None when it tells none."""
    words = tokens(text)
    keys = [squeeze(word) for word in words]
    found = [*_phrases(words, keys, time), *_counted(words, keys, time)]
    # The most facts: the nearest time counts, as risk only rises.
    return max(found, key=lambda when: len(when.facts), default=None)


def _phrases(words: Sequence[str], keys: Sequence[str], time: TimeWords) -> list[When]:
    found = []
    at = 0
    while at < len(keys):
        for length in range(min(time.longest, len(keys) - at), 0, -1):
            facts = time.phrases.get(tuple(keys[at : at + length]))
            if facts is not None:
                found.append(When(" ".join(words[at : at + length]), facts))
                at += length - 1
                break
        at += 1
    return found


def _counted(words: Sequence[str], keys: Sequence[str], time: TimeWords) -> list[When]:
    found = []
    for at, word in enumerate(words):
        said = numbers_in(word)
        if not said or at + 1 >= len(keys) or keys[at + 1] not in time.hours:
            continue
        around = {*keys[at + 2 : at + 4], *keys[max(0, at - 1) : at]}
        if not around & (time.after | time.before):
            continue
        hours = said[0] * time.hours[keys[at + 1]]
        ahead = bool(around & time.after)
        facts = tuple(
            fact
            for fact, limit in LIMITS.items()
            if hours <= limit and (ahead or fact != "within_14_days")
        )
        found.append(When(" ".join(words[at : at + 3]), facts))
    return found


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(
            csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
        )
