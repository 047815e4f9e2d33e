"""Fitting one head: logistic regression over rarity-weighted columns, and its calibration on what it has not seen.

Settings were chosen by cross-validation on training parts only (C from 1 to 300; columns
weighed by rarity or not).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

C = 3.0  # for sentiment
C_INTENT = 30.0
FOLDS = 5
Array = np.ndarray


@dataclass(slots=True)
class Head:
    """One row of weights for each class (a single one when there are two), for the columns as the reader sees them."""

    weights: Array
    bias: Array

    def scores(self, rows: csr_matrix) -> Array:
        return np.asarray(rows @ self.weights.T + self.bias)


def fit(rows: csr_matrix, labels: Sequence[int], sample: Sequence[float], rarity: Array) -> Head:
    """`labels` are 0 and 1, or 0, 1 and 2; `sample` weighs each row."""
    scaled = (rows @ diags(rarity)).tocsr()
    length = float(np.sqrt(scaled.multiply(scaled).sum(1)).mean())
    several = len(set(labels)) > 2
    given = {"max_iter": 60, "tol": 1e-3} if several else {"solver": "liblinear", "tol": 1e-3}
    strength = C if several else C_INTENT
    model = LogisticRegression(C=strength / length**2, **given).fit(scaled, np.asarray(labels), np.asarray(sample))
    return Head(model.coef_ * rarity, model.intercept_)


def unseen(
    rows: csr_matrix, labels: Sequence[int], sample: Sequence[float], rarity: Array, asked: Sequence[int]
) -> Array:
    """Scores of the rows `asked` for, each by a head that was fitted without it (and with everything else)."""
    asked_at, known = np.asarray(asked), np.asarray(labels)
    result = np.zeros((len(asked_at), 3 if len(set(labels)) > 2 else 1))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=5).split(asked_at, known[asked_at])
    for _learnt, left in folds:
        kept = np.setdiff1d(np.arange(rows.shape[0]), asked_at[left])
        head = fit(rows[kept], known[kept].tolist(), np.asarray(sample)[kept].tolist(), rarity)
        result[left] = head.scores(rows[asked_at[left]])
    return result


def calibrate(scores: Array, labels: Sequence[int]) -> list[float]:
    """Slope, then one offset for each class (or one): those that make the unseen likeliest, held near 1 and 0."""
    known, classes = np.asarray(labels), scores.shape[1]

    def loss(free: Array) -> float:
        raw = np.exp(free[0]) * scores + free[1:]
        if classes == 1:
            each = np.logaddexp(0, -np.where(known == 1, 1, -1) * raw[:, 0])
        else:
            each = np.logaddexp.reduce(raw, axis=1) - raw[np.arange(len(known)), known]
        return float(each.sum() + 0.5 * free[0] ** 2 + 0.5 * (free[1:] ** 2).sum())

    best = minimize(loss, np.zeros(1 + classes), method="L-BFGS-B").x
    return [round(float(np.exp(best[0])), 4), *(round(float(each), 4) for each in best[1:])]


def small(weights: Array) -> tuple[bytes, list[float]]:
    """Weights as signed bytes with their offset, column by column, and the size of one step in each lane."""
    steps = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    whole = np.rint(weights / steps[:, None]).astype(int) + 128
    return whole.T.astype(np.uint8).tobytes(), [float(f"{step:.6g}") for step in steps]
