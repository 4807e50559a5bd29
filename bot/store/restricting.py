"""How are a person's cases restricted, and how is that lifted (GDPR art. 18)? By a deed that names them.

The deed itself restricts or lifts (schema_persons.py). What is restricted stays as it is, and its text is shown to
nobody. New messages are flagged as ever: what is asked for is that something be left alone, not that nobody looks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from bot.core.deeds import Deed, DeedKind
from bot.store.chain import note
from bot.store.transaction import at_once

_MINE = (
    "SELECT id, state FROM flags WHERE author_id = ? AND text IS NOT NULL AND (restricted_at IS NULL) = ? ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Restricted:
    """Which cases are restricted now and were not, or the other way round; which of them nobody has decided."""

    cases: list[int]
    open: list[int]


def restrict(db: Database, who: str, deed: Deed) -> Restricted:
    """Restrict all cases of a person, or lift that, as the deed's kind says; it is noted if that changes any."""
    with at_once(db):
        is_lifted = deed.kind is DeedKind.LIFTING
        rows = db.execute(_MINE, [who, not is_lifted]).fetchall()
        found = Restricted([row["id"] for row in rows], [row["id"] for row in rows if row["state"] == "pending"])
        if found.cases:
            note(db, replace(deed, facts={**deed.facts, "cases": found.cases}))
        return found


def is_any(db: Database, who: str) -> bool:
    """Whether any case of a person's has a text that could be restricted."""
    row = db.execute("SELECT 1 FROM flags WHERE author_id = ? AND text IS NOT NULL LIMIT 1", [who]).fetchone()
    return row is not None
