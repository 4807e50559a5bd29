"""How well does a model do, and where does it fail? Figures only: nothing is read, written or shown here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import f1_score, precision_recall_curve, roc_auc_score

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text's truth and a model's word on it."""

    truth: frozenset[str]
    flagged: bool
    scores: Mapping[str, float]
    kind: str = ""
    group: str = ""
    register: str = ""
    words: int = 0

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
    scores = np.array([j.scores["flag"] for j in judged])
    order = np.argsort(-scores)
    truth = np.array([j.hateful for j in judged])[order]
    hits = np.cumsum(truth)
    whole = np.append(np.diff(scores[order]) != 0, True)[: len(truth)]  # a threshold flags all that score the same
    held = (hits / np.arange(1, len(truth) + 1) >= precision) & whole
    return float(hits[held].max() / truth.sum()) if held.any() and truth.any() else 0.0


LENGTHS = ((1, 5), (6, 15), (16, 40), (41, 10_000))


def by_length(judged: Sequence[Judged]) -> dict[str, dict[str, object]]:
    """Detection by how many words a text has."""
    parts = {f"{a}–{b}" if b < 10_000 else f"{a}–": [j for j in judged if a <= j.words <= b] for a, b in LENGTHS}
    return {name: detection(part) for name, part in parts.items() if part}


def by_register(judged: Sequence[Judged]) -> dict[str, dict[str, object]]:
    """Detection by where a text comes from."""
    names = sorted({j.register for j in judged} - {""})
    return {name: detection([j for j in judged if j.register == name]) for name in names}


def calibration_by_group(judged: Sequence[Judged], least: int = 100) -> dict[str, Figures]:
    """Calibration error of `flag` for each group with at least so many texts; five bins, since there are few."""
    groups = sorted({j.group for j in judged} - {""})
    parts = {group: [j for j in judged if j.group == group] for group in groups}
    return {
        group: {"value": calibration_error(part, bins=5), "of": len(part)}
        for group, part in parts.items()
        if len(part) >= least
    }


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a score loses with its strongest span, and with as many words elsewhere."""

    strongest: float
    elsewhere: float


def deletion(removed: Sequence[Deletion]) -> Figures:
    """Mean losses, and how often the strongest span was the dearer one (DeYoung et al. 2020: comprehensiveness)."""
    if not removed:
        return {"of": 0}
    return {
        "strongest": float(np.mean([r.strongest for r in removed])),
        "elsewhere": float(np.mean([r.elsewhere for r in removed])),
        "dearer": float(np.mean([r.strongest > r.elsewhere for r in removed])),
        "of": len(removed),
    }


def recall(judged: Sequence[Judged]) -> float:
    """The share of texts that were flagged, all of which should be."""
    return sum(j.flagged for j in judged) / len(judged) if judged else 0.0


def gap(shares: Mapping[str, Figures]) -> float:
    """Between the highest and the lowest share of any group."""
    values = [figures["value"] for figures in shares.values()]
    return max(values) - min(values) if values else 0.0


def recall_and_alarms_by_group(judged: Sequence[Judged], least: int = 20) -> dict[str, dict[str, Figures]]:
    """For each group that is often talked about: recall on hateful, false positives on harmless texts."""
    found = {}
    for group in sorted({j.group for j in judged} - {""}):
        hateful = [j for j in judged if j.group == group and j.hateful]
        harmless = [j for j in judged if j.group == group and not j.hateful]
        if min(len(hateful), len(harmless)) >= least:
            found[group] = {
                "recall": share(sum(j.flagged for j in hateful), len(hateful)),
                "false_positives": share(sum(j.flagged for j in harmless), len(harmless)),
            }
    return found


def curve(judged: Sequence[Judged]) -> tuple[list[float], list[float]]:
    """Recall and precision at every threshold of `flag`."""
    precision, recall_, _ = precision_recall_curve([j.hateful for j in judged], [j.scores["flag"] for j in judged])
    return recall_.tolist(), precision.tolist()


def reliability(judged: Sequence[Judged], bins: int = 10, least: int = 5) -> tuple[list[float], list[float]]:
    """Mean score of `flag` and share to be flagged, for every bin with at least so many texts."""
    scores = np.array([j.scores["flag"] for j in judged])
    truth = np.array([j.hateful for j in judged])
    place = np.minimum((scores * bins).astype(int), bins - 1)
    held = [place == b for b in range(bins) if (place == b).sum() >= least]
    return [float(scores[b].mean()) for b in held], [float(truth[b].mean()) for b in held]
