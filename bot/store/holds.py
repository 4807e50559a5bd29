"""Which cases are held, so that nothing of them is forgotten or erased, by whom and why?

Holding and releasing are deeds; triggers keep the table to them, and guard what is held (schema_retention.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.cases import ERASED_ID
from bot.core.deeds import Deed, DeedKind
from bot.core.errors import Refused
from bot.store.chain import note
from bot.store.transaction import at_once

_LAST = """SELECT flag, max(deed) AS deed, kind FROM (
        SELECT each.value AS flag, deeds.id AS deed, deeds.kind AS kind
        FROM deeds, json_each(deeds.facts, '$.cases') AS each WHERE deeds.kind IN ('hold', 'release')
    ) GROUP BY flag"""


@dataclass(frozen=True, slots=True)
class Hold:
    """A case that is held since somebody said so, and why."""

    case: int
    by: str
    reason: str
    since: datetime


def hold(db: Database, cases: Sequence[int], by: str, reason: str, at: datetime) -> list[int]:
    """Hold cases until they are released; those that were not held before. Refused, for all of them, where one cannot.

    What was forgotten before stays forgotten.
    """
    with at_once(db):
        _check(db, cases, by, reason)
        _not_erased(db, cases)
        new = [case for case in dict.fromkeys(cases) if not is_held(db, case)]
        if new:
            note(db, Deed(DeedKind.HOLD, by, reason, at, {"cases": new}))
    return new


def release(db: Database, cases: Sequence[int], by: str, reason: str, at: datetime) -> None:
    """Let cases be forgotten again, at their time. Refused, for all of them, where one is not held."""
    with at_once(db):
        _check(db, cases, by, reason)
        free = [case for case in cases if not is_held(db, case)]
        if free:
            raise Refused(f"case {_listed(free)} is not held; `uppsikt holds` lists those that are")
        note(db, Deed(DeedKind.RELEASE, by, reason, at, {"cases": sorted(set(cases))}))


def is_held(db: Database, flag: int) -> bool:
    """Whether nothing of a case may go."""
    return db.execute("SELECT 1 FROM holds WHERE flag_id = ?", [flag]).fetchone() is not None


def held(db: Database) -> list[Hold]:
    """The cases that are held, by number."""
    rows = db.execute(
        """SELECT holds.flag_id, deeds.by, deeds.reason, deeds.at FROM holds
        CROSS JOIN deeds ON deeds.id = holds.deed_id ORDER BY holds.flag_id"""
    ).fetchall()
    return [Hold(row["flag_id"], row["by"], row["reason"], datetime.fromisoformat(row["at"])) for row in rows]


def astray(db: Database) -> list[int]:
    """Cases that are held, or not, against what the deeds say: somebody has changed the table by hand."""
    said = {row["flag"] for row in db.execute(_LAST).fetchall() if row["kind"] == DeedKind.HOLD}
    return sorted(said ^ {row["flag_id"] for row in db.execute("SELECT flag_id FROM holds").fetchall()})


def _check(db: Database, cases: Sequence[int], by: str, reason: str) -> None:
    if not any(map(str.isalnum, by)):
        raise Refused("only a person may hold a case or release it: say who with --by NAME")
    if not any(map(str.isalnum, reason)):
        raise Refused("say why with --reason TEXT, naming no member; it stays on record")
    for case in cases:
        if db.execute("SELECT 1 FROM flags WHERE id = ?", [case]).fetchone() is None:
            raise Refused(f"there is no flag {case}; `uppsikt flags` lists them")


def _not_erased(db: Database, cases: Sequence[int]) -> None:
    query = "SELECT message_id FROM flags WHERE id = ?"
    erased = [case for case in cases if db.execute(query, [case]).fetchone()[0].startswith(ERASED_ID)]
    if erased:
        raise Refused(f"case {_listed(erased)} is erased: nothing is left of it that could be held")


def _listed(cases: Sequence[int]) -> str:
    return ", ".join(map(str, cases))
