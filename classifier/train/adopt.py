"""How sure is a model from elsewhere, in our terms? Calibrated and given thresholds on our validation texts.

It is read as it will be in service. Its weights stay as they are: it learns nothing, and is not trained on our labels.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from classifier.manifest import CONFIG, DEFAULT_THRESHOLDS, TOKENIZER, output_names, write_manifest
from classifier.model import Model
from classifier.train.calibrate import settle, threshold_for
from classifier.train.corpus import Example
from classifier.train.finetune import Recipe
from classifier.train.tokens import load_tokenizer
from classifier.verdict import LABELS

PIECE = 64  # texts that are read at once
SUREST = 30.0  # log-odds; beyond it a probability is 1 to the last digit

Show = Callable[[int], None]
Calibration = dict[str, tuple[float, float, float]]


def adopt(
    model: Model, part: Path, name: str, valid: Sequence[Example], lines: Sequence[str], recipe: Recipe, at: datetime,
    show: Show,
) -> None:  # fmt: skip
    """Write the manifest of a model from elsewhere into the folder that its files were copied to."""
    if not (part / TOKENIZER).is_file():  # an older kind of tokenizer, written the way it is read in service
        load_tokenizer(model.folder).save(str(part / TOKENIZER))
    calibration, thresholds = fit(model, valid, lines, recipe, show)
    content = {
        "imported": True,
        "labels": list(model.manifest.outputs),
        "thresholds": thresholds,
        "calibration": calibration,
        "source": {**_source(model), "at": at.isoformat(), "calibrated_on": len(valid), "precision": recipe.precision},
    }
    write_manifest(part, name, content)


def fit(
    model: Model, valid: Sequence[Example], lines: Sequence[str], recipe: Recipe, show: Show = lambda _: None
) -> tuple[Calibration, dict[str, float]]:
    """Platt's calibration (1999) for every label the model knows, and thresholds for the two that decide."""
    said, truth = _heard(model, valid, show)
    harmless, _ = _heard(model, [Example(line, frozenset(), "") for line in lines], lambda _: None)
    calibration: Calibration = {}
    thresholds = dict(DEFAULT_THRESHOLDS)
    for column, label in enumerate(LABELS):
        if label not in model.manifest.outputs:
            continue
        a, c = _platt(said[:, column], truth[:, column])
        calibration[label] = (a, 0.0, c)
        if label in thresholds:
            scores = expit(a * said[:, column] + c)
            alarms = expit(a * harmless[:, column] + c)
            asked = truth[:, LABELS.index("flag")]  # hate that is taken for a threat is no false alarm
            limit = threshold_for(scores, asked, recipe.precision, alarms, recipe.alarms)
            thresholds[label] = round(limit, 4)
    return calibration, thresholds


def _platt(said: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    if truth.all() or not truth.any():
        return 1.0, 0.0
    spread = float(said.std()) or 1.0  # each model speaks on a scale of its own, the fit holds back on ours
    a, _, c = settle(said / spread, np.zeros(len(said)), truth)  # it has no n-grams
    return float(f"{a / spread:.6g}"), float(f"{c:.6g}")


def _heard(model: Model, valid: Sequence[Example], show: Show) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds of every label, and whether it holds; without texts that have nothing to read."""
    rows: list[list[float]] = []
    for start in range(0, len(valid), PIECE):
        part = valid[start : start + PIECE]
        rows += [[value for _, value in verdict.items()] for verdict in model.read([e.text for e in part])]
        show(len(rows))
    said = np.array(rows, dtype=np.float64).reshape(-1, len(LABELS))
    truth = np.array([[label in e.labels for label in LABELS] for e in valid], dtype=bool).reshape(-1, len(LABELS))
    read = said.any(axis=1)
    with np.errstate(divide="ignore"):
        odds = np.log(said[read]) - np.log1p(-said[read])
    return np.clip(odds, -SUREST, SUREST), truth[read]


def _source(model: Model) -> Mapping[str, Any]:
    """Where it lay, which files it was, and what its outputs were called there."""
    config = json.loads((model.folder / CONFIG).read_text("utf-8"))
    meaning = zip(output_names(model.folder), model.manifest.outputs, strict=True)
    return {
        "folder": str(model.folder.resolve()),
        "digest": model.manifest.digest,
        "architecture": str((config.get("architectures") or [config.get("model_type", "")])[0]),
        "labels": {theirs: ours for theirs, ours in meaning if ours},
    }
