"""What is known of each model on the shelf: whole or broken, from where, how good, and is it the one in force?"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import trusting
from bot.config import Settings
from bot.core.errors import BadInput, BadModel
from classifier.errors import ModelError, NoClassifier
from classifier.manifest import Manifest, read_manifest
from classifier.shelf import plain

REPORT = "report.json"
# The figures that models are compared by, and where report.json has them.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "functional_macro_f1": ("functional", "macro_f1"),
    "week_recall": ("week", "recall", "value"),
    "week_precision": ("week", "precision", "value"),
    "forum_auc": ("forum", "auc"),
    "false_alarms_per_1000": ("false_alarms_all", "value"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A folder on the shelf, or one that the configuration names, and what is known of it."""

    name: str
    folder: Path
    in_force: bool  # the bot uses it from its next start
    promoted: bool  # the last that a person chose; the configuration may name another
    manifest: Manifest | None
    problem: str  # why it cannot be used; empty where it can
    classifies: bool  # or is it an encoder to train from
    report: Mapping[str, Any] = field(default_factory=dict)  # empty where this very model was not measured

    @property
    def size_mb(self) -> float:
        """Of its weights."""
        return sum(file.stat().st_size for file in self.folder.glob("*.safetensors") if file.is_file()) / 1e6

    @property
    def origin(self) -> str:
        """own: trained here; imported: from elsewhere, calibrated here; elsewhere: as it came; unknown: broken."""
        if self.manifest is None:
            return "unknown"
        return "own" if self.manifest.own else "imported" if self.manifest.imported else "elsewhere"

    @property
    def figures(self) -> dict[str, float | None]:
        """What it was measured at; None for what was not, or could not be."""
        found = {name: _at(self.report, path) for name, path in FIGURES.items()}
        alarms = found["false_alarms_per_1000"]
        return {**found, "false_alarms_per_1000": None if alarms is None else 1000 * alarms}


def named(name: str) -> str:
    """A name as it was typed; BadInput where it can be none, such as a path."""
    if not plain(name):
        raise BadInput(f"{name!a} is no name of a model; `uppsikt model list` shows what is there")
    return name


def listed(settings: Settings) -> list[Standing]:
    """Every model at hand, broken ones too, and the one in force wherever it lies."""
    folders = settings.shelf.folders()
    if settings.model_folder not in folders.values():
        folders[_in_force(settings)] = settings.model_folder
    found = (standing(settings, name, folder) for name, folder in folders.items())
    return [each for each in found if each.classifies or each.in_force]


def shown(settings: Settings, name: str | None) -> tuple[Standing, Standing]:
    """The model of that name (None: the one in force), and the one in force. BadModel where the first is broken."""
    here = standing(settings, _in_force(settings), settings.model_folder)
    same = name in (None, here.name)
    asked = here if same else standing(settings, str(name), settings.shelf.folder(named(str(name))))
    if asked.problem:
        raise BadModel(asked.problem)
    return asked, here


def promoted(settings: Settings) -> Standing:
    """The model that a person chose last, ours where none did."""
    with trusting(settings.shelf.own):
        name = settings.shelf.in_force
    return standing(settings, name, settings.shelf.folder(name))


def standing(settings: Settings, name: str, folder: Path) -> Standing:
    """What is known of one folder."""
    with trusting(settings.shelf.own):
        chosen = settings.shelf.folder(settings.shelf.in_force)
    manifest, problem, classifies = None, "", True
    try:
        manifest = read_manifest(folder)
    except ModelError as found:
        problem, classifies = str(found), not isinstance(found, NoClassifier)
    except OSError as found:
        problem = f"{found.filename or folder}: {found.strerror}; check who owns its files"
    report = _report(folder, manifest.model_id) if manifest else {}
    in_force = folder == settings.model_folder
    return Standing(name, folder, in_force, folder == chosen, manifest, problem, classifies, report)


def _in_force(settings: Settings) -> str:
    """What the bot's model is called here: a name, or a path that the configuration gives."""
    with trusting(settings.shelf.own):
        return settings.uppsikt.model or settings.shelf.in_force


def _report(folder: Path, model_id: str) -> Mapping[str, Any]:
    """What was measured of this very model; empty where nothing was."""
    try:
        report = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return report if isinstance(report, dict) and report.get("model") == model_id else {}


def _at(report: Any, path: Sequence[str]) -> float | None:
    for key in path:
        report = report.get(key) if isinstance(report, dict) else None
    return float(report) if isinstance(report, (int, float)) and math.isfinite(report) else None
