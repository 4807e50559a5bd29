"""What is forgotten, when, and by whose decision? Batch by batch, each with the deed that proves it, then the bytes.

A batch and its deed are one transaction: broken off anywhere, what went has its proof, and the next run takes the rest.
Which rows those are is for due.py to say, and how they go for removing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlite_utils import Database

from bot.config import ZONE
from bot.core.care import day_of
from bot.core.deeds import MACHINE, Deed, DeedKind, Gone
from bot.core.errors import Refused
from bot.core.retention import TEXTS, RecordClass, Retention, is_behind
from bot.store import removing
from bot.store.audits import forget_samples
from bot.store.care import forget_care
from bot.store.chain import note
from bot.store.due import DUE
from bot.store.erasing import scrub
from bot.store.keeping import stamp
from bot.store.panel import forget_panel
from bot.store.score_packs import pack_up
from bot.store.scores import roll_up
from bot.store.transaction import at_once

AT_ONCE = 500  # rows in a transaction: a bot that runs waits no longer than that takes
LAST = 100  # entries of the record that the clock is held against

Removal = Callable[[Database, Sequence[int], datetime], Gone]
REMOVALS: Mapping[RecordClass, Removal] = {
    RecordClass.REPORTERS: lambda db, numbers, _: removing.reporters(db, numbers),
    RecordClass.UPHELD: lambda db, numbers, _: removing.texts(db, numbers),
    RecordClass.DISMISSED: lambda db, numbers, _: removing.texts(db, numbers),
    RecordClass.PENDING: lambda db, numbers, _: removing.texts(db, numbers),
    RecordClass.SAMPLES: forget_samples,
    RecordClass.REPORTS: lambda db, numbers, _: removing.reports(db, numbers),
    RecordClass.APPEALS: lambda db, numbers, _: removing.appeals(db, numbers),
    RecordClass.HISTORY: removing.ties,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """How much of a class was forgotten in a month, by which decision."""

    month: str
    record: str
    count: int
    reason: str
    batches: int
    last_at: str


def forget(db: Database, retention: Retention, now: datetime) -> int:
    """Forget whatever is due; in how many flags a text was. Refused where the clock cannot be right.

    StoreBusy where the bytes could not be removed yet; the next run removes them.
    """
    counts = forget_due(db, retention, now)
    roll_up(db, now)
    pack_up(db, now)
    scrub(db)
    return sum(counts[each] for each in TEXTS)


def forget_due(db: Database, retention: Retention, now: datetime) -> Mapping[RecordClass, int]:
    """Forget whatever is due, of each class how many rows; their bytes stay until `scrub`."""
    _trust(db, now)
    counts = {record: _forget(db, retention, record, now) for record in REMOVALS}
    counts[RecordClass.MODERATORS] = _forget_moderators(db, retention, now)
    return MappingProxyType(counts)


def due(db: Database, retention: Retention, now: datetime) -> Mapping[RecordClass, int]:
    """How many rows of each class would be forgotten now; what only goes with them is not yet among them."""
    _trust(db, now)
    slots = _slots(retention, now)
    return {
        record: int(
            db.execute(
                f"SELECT count(*) FROM ({query})",  # noqa: S608  # fixed texts
                {**slots, "before": stamp(retention.before(record, now))},
            ).fetchone()[0]
        )
        for record, query in DUE.items()
    }


def proofs(db: Database) -> list[Proof]:
    """What was forgotten by the rules of retention, the newest month first."""
    rows = db.execute(
        """SELECT substr(at, 1, 7) AS month, facts ->> 'class' AS record, sum(facts ->> 'count') AS n, reason,
        count(*) AS batches, max(at) AS last_at FROM deeds WHERE kind = ?
        GROUP BY month, record, reason ORDER BY month DESC, record, reason""",
        [str(DeedKind.FORGETTING)],
    ).fetchall()
    return [Proof(*row) for row in rows]


def _forget(db: Database, retention: Retention, record: RecordClass, now: datetime) -> int:
    slots = {**_slots(retention, now), "before": stamp(retention.before(record, now)), "most": AT_ONCE}
    count, after = 0, 0
    while True:
        with at_once(db):
            found = db.execute(
                f"SELECT id FROM ({DUE[record]}) WHERE id > :after ORDER BY id LIMIT :most",  # noqa: S608  # fixed texts
                {**slots, "after": after},
            ).fetchall()
            numbers = [int(row["id"]) for row in found]
            if not numbers:
                return count
            gone = REMOVALS[record](db, numbers, now)
            note(db, _deed(retention, record, now, numbers, gone))
        count, after = count + len(numbers), numbers[-1]


def _deed(retention: Retention, record: RecordClass, now: datetime, numbers: Sequence[int], gone: Gone) -> Deed:
    facts = {"class": str(record), "days": retention.days(record), "count": len(numbers), **gone.facts()}
    if record is RecordClass.REPORTERS:  # of which the record holds nothing
        facts["reporters"] = list(numbers)
    return Deed(DeedKind.FORGETTING, MACHINE, retention.reason(record), now, facts)


def _forget_moderators(db: Database, retention: Retention, now: datetime) -> int:
    """What is known of moderators themselves, which no case and no entry holds."""
    with at_once(db):
        count = forget_care(db, now, day_of(now, ZONE)) + forget_panel(db, now)
        if count:
            facts = {"class": str(RecordClass.MODERATORS), "days": retention.days(RecordClass.MODERATORS)}
            reason = retention.basis.get(RecordClass.MODERATORS, "no public records: needed no longer")
            note(db, Deed(DeedKind.FORGETTING, MACHINE, reason, now, {**facts, "count": count}))
    return count


def _slots(retention: Retention, now: datetime) -> dict[str, str]:
    return {"pending": stamp(retention.before(RecordClass.PENDING, now))}


def _trust(db: Database, now: datetime) -> None:
    """A clock that was set back would count from the wrong day, and put deeds before what they are about."""
    newest = db.execute("SELECT max(at) FROM (SELECT at FROM record ORDER BY seq DESC LIMIT ?)", [LAST]).fetchone()[0]
    if newest is not None and is_behind(now, datetime.fromisoformat(newest)):
        raise Refused(
            f"nothing is forgotten: the clock says {now:%Y-%m-%d %H:%M}, but the record was written until "
            f"{newest[:16].replace('T', ' ')} (UTC); set the clock right, and run this again"
        )
