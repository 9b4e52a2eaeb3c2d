"""Linear judgements over rows: fitted by logistic regression, their scores made chances. Pure.

Many labels are judged at once, each against the rest. A third of the texts is first left
out of the fitting: its scores set slope and shift, so that of all that is given 0.5 half is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from joblib import Parallel, cpu_count, delayed
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

LEFT_OUT = 3  # one text of so many
ENOUGH = 12  # labels of which any number may be right tell the slope and shift of them all
SEED = 20
SURE = 10.0  # the score of a label everybody has, and its opposite of one nobody has
STRENGTH = 30.0  # of the fit against its penalty: best of 1, 3, 10, 30 by cross-validation


@dataclass(frozen=True)
class Heads:
    """How scores become chances: by slope x (score + bias) + shift."""

    labels: Sequence[str]
    bias: Sequence[float]
    slope: float
    shift: float
    exclusive: bool  # one label is right (intents), or any number (concerns)

    @classmethod
    def fit(
        cls,
        matrix: csr_matrix,
        labels: Sequence[str],
        right: Flags,
        left_out: Flags,
        *,
        exclusive: bool,
    ) -> tuple[Heads, Floats]:
        """Fit on rows x labels of `right`, which gives the weights (features x labels), too.

        `left_out` tells which rows set slope and shift.
        """
        asked = right if exclusive else right[:, :: max(1, len(labels) // ENOUGH)]
        weights, bias = _weights(matrix[~left_out], asked[~left_out])
        scores = matrix[left_out] @ weights + bias
        slope, shift = _calibrate(scores, asked[left_out], exclusive=exclusive)
        weights, bias = _weights(matrix, right)
        return cls(labels, bias.tolist(), slope, shift, exclusive), weights

    def chances(self, scores: Floats) -> Floats:
        """The chance of each label, by the scores of a row or of many: values x weights."""
        return _chances(scores + self.bias, self.slope, self.shift, exclusive=self.exclusive)


def left_out_of(strata: Sequence[str]) -> Flags:
    """Choose a third of the texts, and of every stratum; the same every time."""
    mixed = np.random.default_rng(SEED).permutation(len(strata))
    chosen = np.zeros(len(strata), bool)
    chosen[sorted(mixed, key=lambda place: strata[place])[::LEFT_OUT]] = True
    return chosen


def _weights(matrix: csr_matrix, right: Flags) -> tuple[Floats, Floats]:
    """Fit each label by itself, on all processors."""
    # Processes, not threads: liblinear has one random state a process. Forked, as the readers are.
    processes = max(1, min(cpu_count(), right.shape[1]))
    shares = Parallel(n_jobs=processes, backend="multiprocessing")(
        delayed(_fit_all)(matrix, right[:, share::processes]) for share in range(processes)
    )
    weights = np.zeros((matrix.shape[1], right.shape[1]), np.float32)
    bias = np.zeros(right.shape[1])
    for share, fits in enumerate(shares):
        weights[:, share::processes] = np.array([weights for weights, _ in fits]).T
        bias[share::processes] = [bias for _, bias in fits]
    return weights, bias


def _fit_all(matrix: csr_matrix, right: Flags) -> list[tuple[Floats, float]]:
    return [_fit(matrix, column) for column in right.T]


def _fit(matrix: csr_matrix, right: Flags) -> tuple[Floats, float]:
    if right.all() or not right.any():  # nothing to tell it from: a rare label may be left out
        return np.zeros(matrix.shape[1], np.float32), SURE if right.all() else -SURE
    fit = LogisticRegression(
        C=STRENGTH,
        class_weight="balanced",
        solver="liblinear",
        dual=True,  # five times as fast with more features than texts, and the same
        tol=0.1,  # right as often as from 0.01, in two thirds of the time
        random_state=SEED,
    ).fit(matrix, right)
    return fit.coef_[0].astype(np.float32), float(fit.intercept_[0])


def _chances(scores: Floats, slope: float, shift: float, *, exclusive: bool) -> Floats:
    if exclusive:
        powers: Floats = np.exp(slope * (scores - scores.max(axis=-1, keepdims=True)))
        return np.divide(powers, powers.sum(axis=-1, keepdims=True))
    chances: Floats = 1 / (1 + np.exp(-(slope * scores + shift)))
    return chances


def _calibrate(scores: Floats, right: Flags, *, exclusive: bool) -> tuple[float, float]:
    """The slope and shift under which what happened was likeliest."""

    def surprise(at: Floats) -> float:
        chances = np.clip(_chances(scores, at[0], at[1], exclusive=exclusive), 1e-9, 1 - 1e-9)
        if exclusive:
            return -float(np.log(chances[right]).sum())
        return -float(np.log(np.where(right, chances, 1 - chances)).sum())

    best = minimize(surprise, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(best.x[0]), 0.0 if exclusive else float(best.x[1])
