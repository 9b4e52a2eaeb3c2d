"""Shares with their intervals, and F1, as the evaluation prints them. Pure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from collections.abc import Set as AbstractSet

Z = NormalDist().inv_cdf(0.975)  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies in 95 of 100 such samples (Wilson's score interval)."""
        if not self.of:
            return 0.0, 1.0
        spread = Z**2 / self.of
        middle = (self.value + spread / 2) / (1 + spread)
        half = Z * math.sqrt((self.value * (1 - self.value) + spread / 4) / self.of) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.of:
            return ""
        low, high = self.interval
        return f"{self.value:.3f} ({low:.2f}-{high:.2f})"


def f1(pairs: Iterable[tuple[AbstractSet[Hashable], AbstractSet[Hashable]]]) -> dict[str, float]:
    """F1 of each label over pairs of right and given sets, and `micro` and `macro` over all."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for gold, answer in pairs:
        wanted.update(map(str, gold))
        given.update(map(str, answer))
        right.update(map(str, gold & answer))
    of_label = {
        label: 2 * right[label] / (wanted[label] + given[label]) for label in sorted(wanted)
    }
    total = wanted.total() + given.total()
    micro = 2 * right.total() / total if total else 0.0
    macro = sum(of_label.values()) / len(of_label) if of_label else 0.0
    return of_label | {"micro": micro, "macro": macro}
