"""What is learned from the examples: form, intent, concerns, facts, danger; with chances. Pure.

All judge the same features, so a text is made into numbers once. Facts are named by their words;
ages are left to the readers, which read them exactly.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.grams import Seen, grams
from bot.nlu.heads import Heads, left_out_of
from bot.nlu.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.nlu.vectors import Row

FEWEST = 12  # examples of a fact, below which nothing can be learned of it
NAMED = 4  # words that stand for a fact at most
HEADS = ("forms", "intents", "concerns", "facts", "danger")  # in the order of Learner
# The chance of at least high risk, and of immediate.
DANGER = ("seems_high", "seems_immediate")


@dataclass(frozen=True)
class Example:
    """One training text as it is seen, and what is right for it."""

    seen: Seen
    form: str
    intent: str
    concerns: frozenset[str]
    facts: frozenset[str]
    risk: str


@dataclass(frozen=True)
class Fact:
    """A learned judgement: its name, chance, and the places of the words that speak for it most."""

    fact: str
    chance: float
    places: tuple[int, ...]


@dataclass(frozen=True)
class Learned:
    """Chances: intents and concerns likeliest first, facts likelier than not, and of risk.

    `form` is the likeliest language form, "" where nothing was learned.
    """

    form: str
    intents: list[tuple[str, float]]
    concerns: list[tuple[str, float]]
    facts: list[Fact]
    high: Fact
    immediate: Fact


@dataclass(frozen=True)
class Learner:
    """The vocabulary and the five judgements over it."""

    vectors: Vectors
    forms: Heads
    intents: Heads
    concerns: Heads
    facts: Heads
    danger: Heads

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> Learner:
        """Learn from the examples. The same examples give the same learner."""
        texts = [grams(example.seen) for example in examples]
        vectors = Vectors.fit(texts)
        matrix = vectors.matrix(texts)
        left_out = left_out_of([f"{example.form} {example.intent}" for example in examples])

        def heads(labels: Sequence[str], told: list[frozenset[str]], *, one: bool) -> Heads:
            right = np.array([[label in of for label in labels] for of in told])
            return Heads.fit(matrix, labels, right, left_out, exclusive=one)

        forms = [frozenset({example.form}) for example in examples]
        intents = [frozenset({example.intent}) for example in examples]
        concerns = [example.concerns for example in examples]
        facts = [example.facts for example in examples]
        return cls(
            vectors,
            heads(_met(forms, 1), forms, one=True),
            heads(_met(intents, 1), intents, one=True),
            heads(_met(concerns, 1), concerns, one=False),
            heads(_met(facts, FEWEST), facts, one=False),
            heads(DANGER, [_danger(example.risk) for example in examples], one=False),
        )

    def judge(self, seen: Seen) -> Learned:
        """What a text tells."""
        row = self.vectors.row(grams(seen))
        high, immediate = _named(self.danger, row, len(seen.words), 0.0)
        return Learned(
            _ranked(self.forms, row)[0][0],
            _ranked(self.intents, row),
            _ranked(self.concerns, row),
            list(_named(self.facts, row, len(seen.words), 1 / 2)),
            high,
            immediate,
        )

    def save(self, folder: Path) -> None:
        """Write everything into the folder."""
        self.vectors.save(folder)
        for name in HEADS:
            getattr(self, name).save(folder, name)

    @classmethod
    def load(cls, folder: Path) -> Learner:
        """Read what `save` wrote. Raises OSError when it is missing."""
        return cls(Vectors.load(folder), *(Heads.load(folder, name) for name in HEADS))


def _met(told: Sequence[frozenset[str]], fewest: int) -> list[str]:
    """The labels met at least so often, in alphabetical order; ages are the readers' business."""
    met = Counter(label for of in told for label in of)
    return sorted(
        label for label, times in met.items() if times >= fewest and not label.startswith("under_")
    )


def _danger(risk: str) -> frozenset[str]:
    return frozenset({"immediate": DANGER, "high": DANGER[:1]}.get(risk, ()))


def _named(heads: Heads, row: Row, words: int, least: float) -> Iterator[Fact]:
    """Each judgement of at least this chance, with the words behind it."""
    for name, chance in zip(heads.labels, heads.chances(row).tolist(), strict=True):
        if chance >= least:
            yield Fact(name, chance, _loudest(heads.telling_words(row, name, words)))


def _loudest(spoken: Sequence[float]) -> tuple[int, ...]:
    """The places of the few words that speak at least half as loud as the loudest."""
    loudest = max(spoken, default=0.0)
    order = sorted(range(len(spoken)), key=lambda place: -spoken[place])[:NAMED]
    return tuple(sorted(place for place in order if spoken[place] * 2 >= loudest > 0))


def _ranked(heads: Heads, row: Row) -> list[tuple[str, float]]:
    chances = zip(heads.labels, heads.chances(row).tolist(), strict=True)
    return sorted(chances, key=lambda told: -told[1])
