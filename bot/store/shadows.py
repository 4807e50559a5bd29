"""Which candidate runs, which did, and how did it end? One at a time, and each by somebody's word."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.errors import BadInput, Refused
from bot.core.tuning.shadow import Candidate, Ending, Shadow
from bot.store.keeping import stamp, storable
from bot.store.transaction import at_once


def start(db: Database, candidate: Candidate) -> Shadow:
    """Begin; Refused where another runs."""
    with at_once(db):
        if other := running(db):
            raise Refused(
                f"{other.candidate.by} started a shadow on {other.candidate.started_at:%Y-%m-%d}, and it still runs; "
                "stop it first: uppsikt thresholds shadow stop"
            )
        number = db.execute(
            """INSERT INTO shadows (thresholds, model, model_id, by, why, started_at, until)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [
                json.dumps({place: dict(limits) for place, limits in candidate.thresholds.items()}),
                candidate.model,
                candidate.model_id,
                storable(candidate.by),
                storable(candidate.why),
                stamp(candidate.started_at),
                stamp(candidate.until),
            ],
        ).lastrowid
        return Shadow(int(number or 0), candidate)


def running(db: Database) -> Shadow | None:
    """The one that runs."""
    row = db.execute("SELECT * FROM shadows WHERE ended_at IS NULL").fetchone()
    return None if row is None else _shadow(row)


def latest(db: Database) -> Shadow | None:
    """The one that runs, or the last that did."""
    row = db.execute("SELECT * FROM shadows ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else _shadow(row)


def compared_with(db: Database, shadow: int, against: str) -> None:
    """Note what was in force when it began to be compared."""
    with db.atomic():
        db.execute("UPDATE shadows SET against = ? WHERE id = ? AND against = ''", [against, shadow])


def end(db: Database, shadow: int, ending: Ending, at: datetime, problem: str = "") -> bool:
    """Whether it ran until now."""
    with db.atomic():
        done = db.execute(
            "UPDATE shadows SET ended_at = ?, ending = ?, problem = ? WHERE id = ? AND ended_at IS NULL",
            [stamp(at), str(ending), storable(problem), shadow],
        )
        return bool(done.rowcount)


def channel(db: Database, name: str) -> str:
    """The id of a channel by its id or name. BadInput where none is known by it, or several are."""
    bare = name.removeprefix("#")
    ids = [row["id"] for row in db.execute("SELECT id FROM channels WHERE id = ?", [name]).fetchall()] or [
        row["id"] for row in db.execute("SELECT id FROM channels WHERE name IN (?, '#' || ?)", [bare, bare]).fetchall()
    ]
    if not ids:
        raise BadInput(f"no message was read in a channel {name!a} yet; check the name, or give its id")
    if len(ids) > 1:
        raise BadInput(f"several channels are called {name!a}: give the id of one, {' or '.join(ids[:5])}")
    return str(ids[0])


def names(db: Database) -> dict[str, str]:
    """What channels are called, by id."""
    return {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM channels").fetchall()}


def _shadow(row: Mapping[str, Any] | sqlite3.Row) -> Shadow:
    candidate = Candidate(
        json.loads(row["thresholds"]),
        row["model"],
        row["model_id"],
        row["by"],
        row["why"],
        datetime.fromisoformat(row["started_at"]),
        datetime.fromisoformat(row["until"]),
    )
    return Shadow(
        row["id"],
        candidate,
        row["against"],
        None if row["ended_at"] is None else datetime.fromisoformat(row["ended_at"]),
        None if row["ending"] is None else Ending(row["ending"]),
        row["problem"],
    )
