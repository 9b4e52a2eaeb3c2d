"""Features as numbers: a vocabulary with weights, made from the training texts. Pure.

A row holds, kind by kind, (1 + log count) x rarity, each kind of length 1, so that long words do
not outweigh whole ones.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.grams import KINDS, Gram

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# A piece of a word met once is a typing slip as likely as not; a whole word met once may tell.
LEAST_TEXTS = {"n": 2, "c": 2, "w": 1, "k": 1, "p": 2, "m": 1}


@dataclass(frozen=True)
class Row:
    """One text: the columns it fills, their values, and which word each filling came from."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    fillings: NDArray[np.int32]  # of each filling, the place of its column above
    words: NDArray[np.int32]  # of each filling, the place of its word


class Vectors:
    """The vocabulary of the training texts: a column and a rarity for each feature."""

    def __init__(self, columns: dict[str, int], rarity: NDArray[np.float32]) -> None:
        self._columns = columns
        self._rarity = rarity
        self._kinds = np.array([KINDS.index(name[0]) for name in columns], np.int32)

    def __len__(self) -> int:
        return len(self._columns)

    @classmethod
    def fit(cls, texts: Sequence[Sequence[Gram]]) -> Vectors:
        """Learn the vocabulary, in alphabetical order so that it is the same every time."""
        met = Counter(name for text in texts for name in {name for name, _ in text})
        names = sorted(name for name, times in met.items() if times >= LEAST_TEXTS[name[0]])
        rarity = [math.log((1 + len(texts)) / (1 + met[name])) + 1 for name in names]
        return cls(
            {name: column for column, name in enumerate(names)}, np.array(rarity, np.float32)
        )

    def row(self, text: Iterable[Gram]) -> Row:
        """The row of one text; features never met in training are left out."""
        find = self._columns.get
        met = [(column, word) for name, word in text if (column := find(name)) is not None]
        filled, words = zip(*met, strict=True) if met else ((), ())
        counts = Counter(filled)
        order = {column: place for place, column in enumerate(counts)}
        columns = np.fromiter(counts, np.int32, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(times)) * self._rarity[columns]
        kinds = self._kinds[columns]
        lengths = np.sqrt(np.bincount(kinds, values**2, len(KINDS)))
        values = values / lengths[kinds]
        fillings = np.array([order[column] for column in filled], np.int32)
        return Row(columns, values.astype(np.float32), fillings, np.array(words, np.int32))

    def matrix(self, texts: Iterable[Iterable[Gram]]) -> csr_matrix:
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
