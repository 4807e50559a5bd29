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


def threshold_for(scores: np.ndarray, truth: np.ndarray, precision: float) -> float:
    """The lowest threshold that flags with at least this precision; 0.5 where none does."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    reached = np.nonzero(hits / np.arange(1, len(order) + 1) >= precision)[0]
    if not len(reached):
        return 0.5
    return float(np.clip(scores[order[reached[-1]]], 0.05, 0.95))
