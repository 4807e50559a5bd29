"""What may admins have tuned in a panel under test? A change of each kind, a scale and a trial, hours apart."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.core.tuning.changes import EVERYWHERE, Proposal, Where
from bot.core.tuning.recalibrations import Recalibration
from bot.core.tuning.scale import Scale
from bot.core.tuning.shadow import Candidate, Ending
from bot.store import shadows
from bot.store.connection import open_database
from bot.store.recalibrations import recalibrate, take_back
from bot.store.threshold_changes import apply, change, propose, undo, withdraw
from tests.builders import NOW, SQUARE, policy
from tests.web.panel_cases import ADMIN, ELSEWHERE, LEAD

RULES = policy(groups={"youth": frozenset({"#torget"})})
MODEL = "fake@0"
HOSTILE_WHY = "<b>därför</b>\u202e\"'"


def tune(path: Path) -> None:
    """In the order of the hours: proposed, applied, withdrawn, changed at once, undone, scaled, unscaled, tried."""
    with closing(open_database(path)) as db:
        hours = iter(NOW - timedelta(hours=each) for each in range(20, 0, -1))
        propose(db, _wish(0.4, next(hours)), RULES)
        apply(db, 1, ADMIN, next(hours), MODEL)
        propose(db, _wish(0.3, next(hours), Where(channel=SQUARE.id), base=1), RULES)
        withdraw(db, 2, LEAD, next(hours))
        change(db, _wish(0.7, next(hours), Where(channel=ELSEWHERE.id), base=1, why=HOSTILE_WHY), RULES)
        undo(db, 3, ADMIN, next(hours), "Det blev för få.", model=MODEL)
        scale = Recalibration("1", "flag", MODEL, Scale(0.75, -1.5, 0.55), ADMIN, next(hours), "Korten låter säkra.")
        recalibrate(db, scale)
        take_back(db, 1, ADMIN, next(hours), "Nya beslut säger annat.")
        at = next(hours)
        shadows.start(
            db, Candidate({SQUARE.id: {"flag": 0.6}}, "", "", ADMIN, "Vi prövar.", at, at + timedelta(days=7))
        )
        shadows.end(db, 1, Ending.STOPPED, next(hours))


def _wish(
    value: float, at: datetime, where: Where = EVERYWHERE, *, base: int = 0, why: str = "För många missas."
) -> Proposal:
    return Proposal(where, {"flag": value}, ADMIN, at, why, base, MODEL)
