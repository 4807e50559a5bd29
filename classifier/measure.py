"""How well does a model do, and where does it fail? Figures only: nothing is read, written or shown here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import f1_score, roc_auc_score

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text's truth and a model's word on it."""

    truth: frozenset[str]
    flagged: bool
    scores: Mapping[str, float]
    kind: str = ""
    group: str = ""

    @property
    def hateful(self) -> bool:
        """Whether a human needs to look."""
        return "flag" in self.truth

    @property
    def right(self) -> bool:
        """Whether model and truth agree on that."""
        return self.flagged == self.hateful


def share(hits: int, of: int) -> Figures:
    """A share with its 95 % interval (Wilson 1927); no figures for none."""
    if not of:
        return {"of": 0}
    interval = binomtest(hits, of).proportion_ci(method="wilson")
    return {"value": hits / of, "low": float(interval.low), "high": float(interval.high), "of": of}


def detection(judged: Sequence[Judged]) -> dict[str, object]:
    """Flagged or not: macro-F1, precision, recall, false positives, area under the curve."""
    truth = np.array([j.hateful for j in judged])
    said = np.array([j.flagged for j in judged])
    figures: dict[str, object] = {
        "texts": len(judged),
        "macro_f1": float(f1_score(truth, said, average="macro")),
        "precision": share(int((truth & said).sum()), int(said.sum())),
        "recall": share(int((truth & said).sum()), int(truth.sum())),
        "false_positives": share(int((~truth & said).sum()), int((~truth).sum())),
    }
    if truth.any() and not truth.all():
        figures["auc"] = float(roc_auc_score(truth, [j.scores["flag"] for j in judged]))
    threats = [j for j in judged if "threat" in j.truth]
    figures["threat_recall"] = share(sum(j.flagged for j in threats), len(threats))
    return figures


def accuracy_by(judged: Sequence[Judged], key: str) -> dict[str, Figures]:
    """Accuracy for each kind or group, with its interval."""
    names = sorted({getattr(j, key) for j in judged} - {""})
    parts = {name: [j for j in judged if getattr(j, key) == name] for name in names}
    return {name: share(sum(j.right for j in part), len(part)) for name, part in parts.items()}


def false_positives_by_group(judged: Sequence[Judged]) -> dict[str, Figures]:
    """Harmless texts that were flagged, for each group that is talked about."""
    harmless = [j for j in judged if not j.hateful and j.group]
    groups = sorted({j.group for j in harmless})
    parts = {group: [j for j in harmless if j.group == group] for group in groups}
    return {group: share(sum(j.flagged for j in part), len(part)) for group, part in parts.items()}


def motives_f1(judged: Sequence[Judged], labels: Sequence[str], threshold: float = 0.5) -> dict[str, float]:
    """F1 of each motive over texts that are to be flagged, and their mean."""
    part = [j for j in judged if j.hateful]
    each = {
        label: float(f1_score([label in j.truth for j in part], [j.scores[label] >= threshold for j in part]))
        for label in labels
        if any(label in j.truth for j in part)
    }
    return {**each, "macro": float(np.mean(list(each.values()))) if each else 0.0}


def calibration_error(judged: Sequence[Judged], label: str = "flag", bins: int = 10) -> float:
    """Expected calibration error over equal bins (Naeini et al. 2015); 0 for no texts."""
    if not judged:
        return 0.0
    scores = np.array([j.scores[label] for j in judged])
    truth = np.array([label in j.truth for j in judged])
    place = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs(scores[place == b].mean() - truth[place == b].mean()) * (place == b).sum() for b in np.unique(place)]
    return float(sum(gaps) / len(judged))


def recall_at_precision(judged: Sequence[Judged], precision: float) -> float:
    """The highest recall of any threshold whose precision is at least this."""
    truth = np.array([j.hateful for j in judged])[np.argsort([-j.scores["flag"] for j in judged])]
    hits = np.cumsum(truth)
    held = hits / np.arange(1, len(truth) + 1) >= precision
    return float(hits[held].max() / truth.sum()) if held.any() and truth.any() else 0.0
