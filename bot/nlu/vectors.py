"""Features as numbers: a vocabulary with weights, made from the training texts. Pure.

A row holds, kind by kind, (1 + log count) x rarity, each kind of length 1, so that long words do
not outweigh whole ones.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.grams import KINDS, NO_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.nlu.grams import Grams

# A piece of a word met once is a typing slip as likely as not; a whole word met once may tell.
LEAST_TEXTS = {"n": 2, "c": 2, "w": 1, "k": 1, "p": 2, "m": 1}


@dataclass(frozen=True)
class Row:
    """One text: the columns it fills and how often, their values, and which word fills which."""

    columns: NDArray[np.int32]  # in their order
    times: NDArray[np.intp]
    values: NDArray[np.float32]
    fillings: NDArray[np.intp]  # of each filling, the place of its column above
    words: NDArray[np.int32]  # of each filling, the place of its word

    def by_word(self, amounts: NDArray[np.float32], words: int) -> list[float]:
        """How much of the columns' amounts each of so many words brings; marks are nobody's."""
        shares = (amounts / self.times)[self.fillings]
        of_words = self.words != NO_WORD
        brought: list[float] = np.bincount(self.words[of_words], shares[of_words], words).tolist()
        return brought


class Vectors:
    """The vocabulary of the training texts: a column and a rarity for each feature."""

    def __init__(self, columns: dict[str, int], rarity: NDArray[np.float32]) -> None:
        self._columns = columns
        self._rarity = rarity
        self._kinds = np.array([KINDS.index(name[0]) for name in columns], np.int32)

    def __len__(self) -> int:
        return len(self._columns)

    @classmethod
    def fit(cls, texts: Sequence[Sequence[Grams]]) -> Vectors:
        """Learn the vocabulary, in alphabetical order so that it is the same every time."""
        met = Counter(
            name for text in texts for name in {name for names, _ in text for name in names}
        )
        names = sorted(name for name, times in met.items() if times >= LEAST_TEXTS[name[0]])
        rarity = [math.log((1 + len(texts)) / (1 + met[name])) + 1 for name in names]
        return cls(
            {name: column for column, name in enumerate(names)}, np.array(rarity, np.float32)
        )

    def row(self, text: Sequence[Grams]) -> Row:
        """The row of one text; features never met in training are left out."""
        groups = [self._columns_of(names) for names, _ in text]
        places = np.array([place for _, place in text], np.int32)
        words = places.repeat([len(group) for group in groups])
        columns, fillings, times = np.unique(
            np.concatenate(groups), return_inverse=True, return_counts=True
        )
        values = (1 + np.log(times)) * self._rarity[columns]
        kinds = self._kinds[columns]
        lengths = np.sqrt(np.bincount(kinds, values**2, len(KINDS)))
        values = (values / lengths[kinds]).astype(np.float32)
        return Row(columns, times, values, fillings, words)

    @lru_cache(maxsize=50_000)  # noqa: B019  there is one, kept as long as the process
    def _columns_of(self, names: tuple[str, ...]) -> NDArray[np.int32]:
        """The columns of those of the features that were met in training."""
        met = (self._columns.get(name) for name in names)
        return np.array([column for column in met if column is not None], np.int32)

    def matrix(self, texts: Iterable[Sequence[Grams]]) -> csr_matrix:
        """The rows of many texts, for training."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(row.columns) for row in rows)])
        return csr_matrix(
            (
                np.concatenate([row.values for row in rows]).astype(np.float64),  # liblinear's own
                np.concatenate([row.columns for row in rows]),
                ends,
            ),
            shape=(len(rows), len(self)),
        )

    def save(self, folder: Path) -> None:
        """Write `vocabulary.json` and `rarity.npy`."""
        (folder / "vocabulary.json").write_text(
            json.dumps(list(self._columns), ensure_ascii=False), encoding="utf-8"
        )
        np.save(folder / "rarity.npy", self._rarity)

    @classmethod
    def load(cls, folder: Path) -> Vectors:
        """Read what `save` wrote. Raises OSError when it is missing."""
        names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(
            {name: column for column, name in enumerate(names)}, np.load(folder / "rarity.npy")
        )
