"""How sure is sure? Logits become probabilities, and a threshold keeps what it promises on validation."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression


def platt(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """(a, b) such that sigmoid(a · logit + b) is calibrated (Platt 1999); (1, 0) where one class is missing."""
    if truth.all() or not truth.any():
        return 1.0, 0.0
    fit = LogisticRegression(C=1e3).fit(logits.reshape(-1, 1), truth)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def threshold_for(scores: np.ndarray, truth: np.ndarray, precision: float) -> float:
    """The lowest threshold that flags with at least this precision; 0.5 where none does."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    reached = np.nonzero(hits / np.arange(1, len(order) + 1) >= precision)[0]
    if not len(reached):
        return 0.5
    return float(np.clip(scores[order[reached[-1]]], 0.05, 0.95))
