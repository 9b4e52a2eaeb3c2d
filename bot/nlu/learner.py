"""What is learned from the examples: form, intent, concerns, facts, danger; with chances. Pure.

All judge the same features, so a text is made into numbers once. Facts are named by their words;
ages are left to the readers, which read them exactly.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.grams import Seen, grams
from bot.nlu.heads import Heads, left_out_of
from bot.nlu.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.nlu.heads import Floats

FEWEST = 12  # examples of a fact, below which nothing can be learned of it
NAMED = 4  # words that stand for a fact at most
# The chance of at least high risk, and of immediate.
DANGER = ("seems_high", "seems_immediate")
Chance = tuple[str, float, int]  # a label, its chance, and its place among the labels of all heads


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
    """The vocabulary and the judgements over it; `weights` are features x the labels of all."""

    vectors: Vectors
    heads: dict[str, Heads]
    weights: Floats

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> Learner:
        """Learn from the examples. The same examples give the same learner."""
        texts = [grams(example.seen) for example in examples]
        vectors = Vectors.fit(texts)
        matrix = vectors.matrix(texts)
        left_out = left_out_of([f"{example.form} {example.intent}" for example in examples])

        def fitted(
            labels: Sequence[str], told: list[frozenset[str]], *, one: bool
        ) -> tuple[Heads, Floats]:
            right = np.array([[label in of for label in labels] for of in told])
            return Heads.fit(matrix, labels, right, left_out, exclusive=one)

        forms = [frozenset({example.form}) for example in examples]
        intents = [frozenset({example.intent}) for example in examples]
        concerns = [example.concerns for example in examples]
        facts = [example.facts for example in examples]
        danger = [_danger(example.risk) for example in examples]
        learned = {
            "forms": fitted(_met(forms, 1), forms, one=True),
            "intents": fitted(_met(intents, 1), intents, one=True),
            "concerns": fitted(_met(concerns, 1), concerns, one=False),
            "facts": fitted(_met(facts, FEWEST), facts, one=False),
            "danger": fitted(DANGER, danger, one=False),
        }
        heads = {name: heads for name, (heads, _) in learned.items()}
        return cls(vectors, heads, np.hstack([weights for _, weights in learned.values()]))

    def judge(self, seen: Seen) -> Learned:
        """What a text tells."""
        row = self.vectors.row(grams(seen))
        spoken = self.weights.take(row.columns, axis=0) * row.values[:, np.newaxis]
        told = self._chances(spoken.sum(axis=0))

        def fact(name: str, chance: float, label: int) -> Fact:
            return Fact(name, chance, _loudest(row.by_word(spoken[:, label], len(seen.words))))

        facts = [fact(*one) for one in told["facts"] if one[1] >= 1 / 2]
        high, immediate = (fact(*one) for one in told["danger"])
        form, *_ = _ranked(told["forms"])
        return Learned(
            form[0], _ranked(told["intents"]), _ranked(told["concerns"]), facts, high, immediate
        )

    def _chances(self, scores: Floats) -> dict[str, list[Chance]]:
        """The chances by the scores of all labels."""
        told: dict[str, list[Chance]] = {}
        end = 0
        for name, heads in self.heads.items():
            start, end = end, end + len(heads.labels)
            chances = heads.chances(scores[start:end]).tolist()
            told[name] = list(zip(heads.labels, chances, range(start, end), strict=True))
        return told

    def save(self, folder: Path) -> None:
        """Write the vocabulary, `weights.npy` and `heads.json` into the folder."""
        self.vectors.save(folder)
        np.save(folder / "weights.npy", self.weights)
        about = {name: asdict(heads) for name, heads in self.heads.items()}
        (folder / "heads.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Learner:
        """Read what `save` wrote. Raises OSError when it is missing."""
        about = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        heads = {name: Heads(**told) for name, told in about.items()}
        return cls(Vectors.load(folder), heads, np.load(folder / "weights.npy"))


def _met(told: Sequence[frozenset[str]], fewest: int) -> list[str]:
    """The labels met at least so often, in alphabetical order; ages are the readers' business."""
    met = Counter(label for of in told for label in of)
    return sorted(
        label for label, times in met.items() if times >= fewest and not label.startswith("under_")
    )


def _danger(risk: str) -> frozenset[str]:
    return frozenset({"immediate": DANGER, "high": DANGER[:1]}.get(risk, ()))


def _loudest(spoken: Sequence[float]) -> tuple[int, ...]:
    """The places of the few words that speak at least half as loud as the loudest."""
    loudest = max(spoken, default=0.0)
    order = sorted(range(len(spoken)), key=lambda place: -spoken[place])[:NAMED]
    return tuple(sorted(place for place in order if spoken[place] * 2 >= loudest > 0))


def _ranked(told: Sequence[Chance]) -> list[tuple[str, float]]:
    return sorted(((name, chance) for name, chance, _ in told), key=lambda one: -one[1])
