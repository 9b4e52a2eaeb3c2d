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
    """One text: the columns it fills, their values, and for each column the words it comes from."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    words: list[set[int]]


class Vectors:
    """The vocabulary of the training texts: a column and a rarity for each feature."""

    def __init__(self, columns: dict[str, int], rarity: NDArray[np.float32]) -> None:
        self._columns = columns
        self._rarity = rarity

    def __len__(self) -> int:
        return len(self._columns)

    @classmethod
    def fit(cls, texts: Sequence[Sequence[Gram]]) -> Vectors:
        """Learn the vocabulary, in alphabetical order so that it is the same every time."""
        met = Counter(name for text in texts for name in {gram.name for gram in text})
        names = sorted(name for name, times in met.items() if times >= LEAST_TEXTS[name[0]])
        rarity = [math.log((1 + len(texts)) / (1 + met[name])) + 1 for name in names]
        return cls(
            {name: column for column, name in enumerate(names)}, np.array(rarity, np.float32)
        )

    def row(self, text: Iterable[Gram]) -> Row:
        """The row of one text; features never met in training are left out."""
        counts: dict[int, int] = {}
        words: dict[int, set[int]] = {}
        kinds: dict[int, str] = {}
        for name, word in text:
            column = self._columns.get(name)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
                words.setdefault(column, set()).add(word)
                kinds[column] = name[0]
        columns = np.fromiter(counts, np.int32, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._rarity[
            columns
        ]
        kind_of = np.array([KINDS.index(kinds[column]) for column in counts], np.int32)
        lengths = np.sqrt(np.bincount(kind_of, values**2, len(KINDS)))
        if counts:
            values = values / lengths[kind_of]
        return Row(columns, values.astype(np.float32), list(words.values()))

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
