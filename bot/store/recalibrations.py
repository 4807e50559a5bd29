"""How is a scale kept, and which ones hold? A row each; a case is read with those of its server and its model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.tuning.recalibrations import Recalibration, signed, undoing
from bot.core.tuning.scale import Scale
from bot.store.keeping import stamp, storable
from bot.store.transaction import at_once

Scales = Mapping[str, Scale]  # by label

# What holds: not taken back; of two the later, which comes last.
_IN_FORCE = """SELECT guild_id, model, label, slope, shift, low FROM recalibrations AS it
    WHERE undoes IS NULL AND NOT EXISTS (SELECT 1 FROM recalibrations WHERE undoes = it.id)"""


def recalibrate(db: Database, draft: Recalibration) -> Recalibration:
    """Bring a scale into force. Unscaled where nobody says who or why."""
    assert draft.scale is not None, "without a scale it is an undo"
    with at_once(db):
        return _insert(db, signed(draft))


def take_back(db: Database, number: int, by: str, at: datetime, why: str) -> Recalibration:
    """Take one back. Unscaled where the rules refuse it."""
    with at_once(db):
        return _insert(db, undoing(recalibrations(db), number, by, at, why))


def recalibrations(db: Database) -> list[Recalibration]:
    """All that is on record, by number."""
    return [_read(row) for row in db.execute("SELECT * FROM recalibrations ORDER BY id").fetchall()]


def scales(db: Database, guild: str, model: str) -> Scales:
    """The scales that hold for a model's scores on a server."""
    rows = db.execute(f"{_IN_FORCE} AND guild_id = ? AND model = ? ORDER BY id", [guild, model]).fetchall()
    return {row["label"]: Scale(row["slope"], row["shift"], row["low"]) for row in rows}


def every_scale(db: Database) -> Mapping[tuple[str, str], Scales]:
    """All scales that hold, by server and model."""
    found: dict[tuple[str, str], dict[str, Scale]] = {}
    for row in db.execute(f"{_IN_FORCE} ORDER BY id").fetchall():
        scale = Scale(row["slope"], row["shift"], row["low"])
        found.setdefault((row["guild_id"], row["model"]), {})[row["label"]] = scale
    return found


def _insert(db: Database, ready: Recalibration) -> Recalibration:
    scale = ready.scale
    numbers = [None] * 3 if scale is None else [scale.slope, scale.shift, scale.low]
    figures = storable(json.dumps(dict(ready.figures), ensure_ascii=False, allow_nan=False))
    of, signature = [ready.guild, ready.label, ready.model], [storable(ready.by), storable(ready.why)]
    cursor = db.execute(
        """INSERT INTO recalibrations
        (guild_id, label, model, slope, shift, low, by, why, figures, undoes, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [*of, *numbers, *signature, figures, ready.undoes or None, stamp(ready.at)],
    )
    row = db.execute("SELECT * FROM recalibrations WHERE id = ?", [cursor.lastrowid]).fetchone()
    return _read(row)


def _read(row: Mapping[str, Any]) -> Recalibration:
    return Recalibration(
        row["guild_id"],
        row["label"],
        row["model"],
        None if row["slope"] is None else Scale(row["slope"], row["shift"], row["low"]),
        row["by"],
        datetime.fromisoformat(row["at"]),
        row["why"],
        json.loads(row["figures"]),
        row["undoes"] or 0,
        row["id"],
    )
