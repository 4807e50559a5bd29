"""What do moderators ask of the flags? The next one by urgency, one by its number, the first look, a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.cases import Case, Ruling
from bot.core.errors import Refused
from bot.core.flags import Decision, Flag, Step
from bot.core.messages import Channel, Kind, Posted
from bot.store.history import earlier
from bot.store.keeping import stamp
from bot.store.measures import of_flag as undertakings
from bot.store.queries import FlagRow, StoreReader, flag_row, measure_of
from bot.store.statements import is_untold
from classifier.verdict import MOTIVES, TARGETS, Span, Verdict

# By the index flags_queue, so that it costs the same however many flags are open. One server at a time: over several
# at once SQLite would have to sort.
NEXT = """SELECT id, urgency FROM flags
    WHERE guild_id = ? AND state = 'pending' AND text IS NOT NULL AND id NOT IN (SELECT value FROM json_each(?))
    ORDER BY urgency DESC, id LIMIT 1"""


def case(db: Database, number: int) -> Case | None:
    """One flag with what became of it."""
    found = db.execute("SELECT * FROM flags WHERE id = ?", [number]).fetchone() if 0 < number < 2**63 else None
    return None if found is None else _case(db, flag_row(found))


def unannounced(db: Database, limit: int) -> list[Case]:
    """The oldest flags that the moderators were not told of."""
    rows = db.execute(
        "SELECT * FROM flags WHERE announced_at IS NULL AND text IS NOT NULL ORDER BY id LIMIT ?", [limit]
    )
    return [_case(db, flag_row(row)) for row in rows.fetchall()]


def next_case(db: Database, guilds: Sequence[str], others: Sequence[int]) -> Case | None:
    """The most urgent open flag of these servers that is not one of `others`."""
    held = json.dumps(list(others))
    found = [row for guild in guilds if (row := db.execute(NEXT, [guild, held]).fetchone()) is not None]
    best = min(found, key=lambda row: (-row["urgency"], row["id"]), default=None)
    return None if best is None else case(db, best["id"])


def seen(db: Database, flag: int, at: datetime) -> None:
    """Note the first time that a human opened a flag; later times change nothing."""
    db.execute("UPDATE flags SET seen_at = ? WHERE id = ? AND seen_at IS NULL", [stamp(at), flag])


def rule(db: Database, decision: Decision) -> Ruling | None:
    """Decide a flag; None where there is none. What the rules refuse changes nothing, and the case tells why."""
    before = case(db, decision.flag)
    if before is None or before.forgotten:
        return None if before is None else Ruling(before, False)
    try:
        changed = StoreReader(db).decide(decision).changed
    except Refused:
        changed = False  # somebody else was faster; the case as it is now says who
    after = case(db, decision.flag)
    assert after is not None, "flags are never deleted"
    return Ruling(after, changed)


def _case(db: Database, row: FlagRow) -> Case:
    channel = Channel(row.channel_id, row.channel, row.guild_id)
    kind = Kind(row.kind)
    post = Posted(row.message_id, channel, row.author_id, row.posted_at, row.text or "", row.revision, kind)
    verdict = Verdict(
        row.score,
        row.threat,
        {label: row.motives.get(label, 0.0) for label in MOTIVES},
        {label: row.targets.get(label, 0.0) for label in TARGETS},
        row.model,
        row.language,
        spans=tuple(Span(*span) for span in row.spans),
    )
    flag = Flag(post, verdict, tuple(row.reasons), row.thresholds, row.flagged_at)
    decided = _decision(db, row.id)
    forgotten = row.text is None
    return Case(
        row.id,
        flag,
        row.state,
        decided,
        forgotten,
        row.withdrawn_at,
        row.edited_at,
        row.version,
        undertakings(db, row.id),
        earlier(db, row),
        is_untold(db, row.id),
    )


def _decision(db: Database, flag: int) -> Decision | None:
    row: Mapping[str, str] | None = db.execute(
        "SELECT * FROM decisions WHERE flag_id = ? ORDER BY id DESC LIMIT 1", [flag]
    ).fetchone()
    return None if row is None else decision_of(row)


def decision_of(row: Mapping[str, str]) -> Decision:
    """A row of the table of decisions."""
    at = datetime.fromisoformat(row["decided_at"])
    measures = tuple(measure_of(each) for each in json.loads(row["measures"]))
    return Decision(
        int(row["flag_id"]), Step(row["step"]), row["by"], at, tuple(json.loads(row["motives"])), row["note"], measures
    )
