"""How sure is sure? Logits become probabilities, and a threshold keeps what it promises on validation."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression


def settle(encoder: np.ndarray, ngrams: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """(a, b, c) such that sigmoid(a · encoder + b · ngrams + c) is calibrated (Platt 1999, Wolpert 1992).

    Each array has one value a text. (1, 1, 0) where one class is missing. Neither may speak against itself.
    """
    if truth.all() or not truth.any():
        return 1.0, 1.0, 0.0
    both = np.stack([encoder, ngrams], axis=1)
    fit = LogisticRegression(C=10).fit(both, truth)
    a, b = fit.coef_[0]
    if a < 0 or b < 0:
        kept = 0 if b < 0 else 1
        fit = LogisticRegression(C=10).fit(both[:, [kept]], truth)
        a, b = (fit.coef_[0, 0], 0.0) if kept == 0 else (0.0, fit.coef_[0, 0])
    return float(a), float(b), float(fit.intercept_[0])


def threshold_for(
    scores: np.ndarray, truth: np.ndarray, precision: float, harmless: np.ndarray | None = None, alarms: float = 1.0
) -> float:
    """The lowest threshold that flags with at least this precision, and at most this share of harmless lines.

    0.5 where none has the precision. The texts hold far more hate than life does, so that their precision alone
    promises little; real lines say how often a threshold cries wolf.
    """
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    whole = np.append(np.diff(scores[order]) != 0, True)[: len(order)]  # a threshold flags all that score the same
    reached = np.nonzero((hits / np.arange(1, len(order) + 1) >= precision) & whole)[0]
    limit = float(scores[order[reached[-1]]]) if len(reached) else 0.5
    if harmless is not None and len(harmless):
        allowed = int(alarms * len(harmless))
        if allowed < len(harmless):
            limit = max(limit, float(np.sort(harmless)[::-1][allowed]) + 1e-4)  # just above the first that is too many
    return float(np.clip(limit, 0.05, 0.99))
