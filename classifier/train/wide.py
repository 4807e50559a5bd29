"""Which n-grams speak for which label? Logistic regression over hashed character n-grams, label by label.

The features are those of `classifier.ngrams`, so that training and service cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from classifier.ngrams import BITS, NGrams, counted, grams
from classifier.prepare import prepare
from classifier.verdict import LABELS


def train_ngrams(
    texts: Sequence[str], truth: NDArray[np.bool_], strength: float, least: int, report: Callable[[int, int, str], None]
) -> NGrams:
    """Fit texts × LABELS. `strength` is the inverse of the regularisation; rarer buckets than `least` say nothing."""
    counts = _counts(texts)
    held = np.asarray((counts > 0).sum(0)).ravel()
    telling = np.where(held >= least, np.log((1 + len(texts)) / (1 + held)) + 1, 0).astype(np.float32)
    features = counts.multiply(telling).tocsr()
    norm = np.sqrt(np.asarray(features.multiply(features).sum(1)).ravel()) + 1e-6
    features = csr_matrix(features.multiply(1 / norm[:, None]))
    weights = np.zeros((1 << BITS, len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), -6.0, dtype=np.float32)
    for i, label in enumerate(LABELS):
        if truth[:, i].any():
            fit = LogisticRegression(C=strength, solver="liblinear", tol=1e-3).fit(features, truth[:, i])
            weights[:, i], bias[i] = fit.coef_[0], fit.intercept_[0]
        report(i + 1, len(LABELS), f"n-grams: {label}")
    return NGrams(weights, telling, bias)


def _counts(texts: Sequence[str]) -> csr_matrix:
    """Texts × buckets: how much each n-gram is said in each text, as the service counts."""
    parts = []
    for start in range(0, len(texts), 5000):
        owners, buckets, weights = counted(grams([prepare(text).text for text in texts[start : start + 5000]]))
        rows = min(5000, len(texts) - start)
        parts.append(csr_matrix((weights, (owners, buckets)), shape=(rows, 1 << BITS)))
    return vstack(parts, format="csr")
