"""What do decisions say of the scores, and may they be told so? Asked from the terminal; no model is loaded.

Whoever may open the database counts as an admin. A running bot reads the scale with each case that it shows, so that
cards that are hung or brought up to date from then on follow it without a restart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import manifest_of
from bot.config import Settings
from bot.core.tuning.evidence import Scope, truth
from bot.core.tuning.in_force import in_force
from bot.core.tuning.no_evidence import Lack, NoEvidence
from bot.core.tuning.recalibration import Fit, Why, recalibrate
from bot.core.tuning.recalibrations import Obstacle, Recalibration, Unscaled, standing
from bot.core.tuning.scale import Scale
from bot.store import evidence as kept
from bot.store import recalibrations, threshold_changes
from bot.store.connection import existing
from classifier.verdict import LABELS

DAYS = 180  # looked back: long enough for a small municipality's decisions, and half a year of slang at most


@dataclass(frozen=True, slots=True)
class Looked:
    """What decisions on one server say of one label's scores."""

    guild: str
    label: str
    model: str
    fit: Fit
    now: Recalibration | None  # the one that holds
    threshold: float | None  # everywhere, of this label


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a threshold, which is a score of the model's, means by a scale that holds."""

    guild: str
    label: str
    threshold: float
    probability: float
    by: Recalibration


def look(db: Path, settings: Settings, server: str | None, label: str) -> list[Looked]:
    """For one server, or for each of them.

    Unscaled for a label that nobody decides on, or a server that is not known; NoEvidence where nothing was read.
    """
    asked = [each for each in LABELS if truth(each)]
    if label not in asked:
        raise Unscaled(Obstacle.ASKED, label=label, labels=", ".join(asked))
    manifest = manifest_of(settings)
    with existing(db) as opened:
        policy = in_force(settings.policy(manifest.thresholds), threshold_changes.changes(opened))
        on_record = recalibrations.recalibrations(opened)
        return [
            Looked(
                guild,
                label,
                manifest.model_id,
                _fit(opened, guild, label, manifest.model_id),
                _last(on_record, guild, label, manifest.model_id),
                policy.thresholds.get(label),
            )
            for guild in _servers(opened, server)
        ]


def apply(db: Path, looked: Sequence[Looked], by: str, why: str) -> Recalibration:
    """Bring the scale that was looked at into force. Unscaled where there is none, or several servers are meant."""
    it = _one(looked)
    if it.fit.scale is None:
        raise unfit(it.fit)
    draft = Recalibration(it.guild, it.label, it.model, it.fit.scale, by, datetime.now(UTC), why, figures(it.fit))
    with existing(db) as opened:
        return recalibrations.recalibrate(opened, draft)


def take_back(db: Path, looked: Sequence[Looked], by: str, why: str) -> Recalibration:
    """Take back the one that was seen to hold. Unscaled where none does, or somebody else was faster."""
    it = _one(looked)
    if it.now is None:
        raise Unscaled(Obstacle.NOTHING)
    with existing(db) as opened:
        return recalibrations.take_back(opened, it.now.number, by, datetime.now(UTC), why)


def meanings(db: Path, settings: Settings, thresholds: Sequence[tuple[str, float]]) -> list[Meaning]:
    """What thresholds, each with its label, mean where a scale holds of the model in use."""
    model = manifest_of(settings).model_id
    with existing(db) as opened:
        known = recalibrations.recalibrations(opened)
    found = []
    for guild in dict.fromkeys(each.guild for each in known):
        for label, threshold in dict.fromkeys(thresholds):
            now = _last(known, guild, label, model)
            if now is not None and now.scale is not None:
                found.append(Meaning(guild, label, threshold, now.scale.at(threshold), now))
    return found


def figures(fit: Fit) -> Mapping[str, object]:
    """What a scale rests on and what it does, as JSON holds it."""
    return {
        "upheld": fit.upheld,
        "dismissed": fit.dismissed,
        "audited": fit.audited,
        "before": None if fit.before is None else asdict(fit.before),
        "after": None if fit.after is None else asdict(fit.after),
    }


def unfit(fit: Fit) -> Unscaled:
    """Why there is no scale."""
    if fit.why is Why.FEW:
        upheld, dismissed = fit.missing
        return Unscaled(Obstacle.FEW, upheld=upheld, dismissed=dismissed)
    return Unscaled(Obstacle.NO_BETTER)


def plain(scale: Scale | None) -> Mapping[str, float] | None:
    """A scale as JSON holds it."""
    return None if scale is None else asdict(scale)


def _fit(opened: Any, guild: str, label: str, model: str) -> Fit:
    until = kept.latest(opened, [guild]) or datetime.now(UTC)
    return recalibrate(kept.evidence(opened, Scope((guild,), until - timedelta(days=DAYS), until), model), label)


def _last(known: Sequence[Recalibration], guild: str, label: str, model: str) -> Recalibration | None:
    return next(iter(standing(known, guild, label, model)[::-1]), None)


def _servers(opened: Any, wanted: str | None) -> list[str]:
    there = sorted({each.guild for each in kept.places(opened)})
    if not there:
        raise NoEvidence(Lack.NOTHING)
    if wanted is not None and wanted not in there:
        raise Unscaled(Obstacle.SERVER, server=wanted, servers=", ".join(there))
    return there if wanted is None else [wanted]


def _one(looked: Sequence[Looked]) -> Looked:
    if len(looked) > 1:
        raise Unscaled(Obstacle.SERVERS, servers=", ".join(each.guild for each in looked))
    return looked[0]
