"""What do moderators ask of the flags? The next one by urgency, one by its number, the first look, a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core import messages
from bot.core.cases import Case, Ruling, blinded
from bot.core.errors import Refused
from bot.core.flags import Decision, Flag, Step, decide
from bot.core.messages import Channel, Posted
from bot.core.opinions import Course, Kind, Lean, Opinion, Turn, Waits, course
from bot.core.reports import Heard
from bot.store import opinions, readings
from bot.store.audits import is_blind
from bot.store.history import earlier
from bot.store.holds import is_held
from bot.store.keeping import stamp
from bot.store.measures import of_flag as undertakings
from bot.store.queries import FLAGS, FlagRow, StoreReader, flag_row, measure_of
from bot.store.queue import first
from bot.store.recalibrations import scales
from bot.store.report_voices import heard
from bot.store.statements import is_untold
from bot.store.transaction import at_once
from classifier.verdict import MOTIVES, TARGETS, Span, Verdict


def case(db: Database, number: int) -> Case | None:
    """One flag with what became of it."""
    found = db.execute(f"{FLAGS} WHERE id = ?", [number]).fetchone() if 0 < number < 2**63 else None
    return None if found is None else _case(db, found, is_blind(db))


def unannounced(db: Database, limit: int) -> list[Case]:
    """The oldest flags that the moderators were not told of."""
    waiting = "announced_at IS NULL AND text IS NOT NULL AND restricted_at IS NULL"
    rows = db.execute(f"{FLAGS} WHERE {waiting} ORDER BY id LIMIT ?", [limit])
    blind = is_blind(db)
    return [_case(db, row, blind) for row in rows.fetchall()]


def next_case(db: Database, guilds: Sequence[str], others: Sequence[int], turn: Turn | None = None) -> Case | None:
    """The most urgent flag of these servers for somebody, that is not one of `others`."""
    found = first(db, guilds, others, turn)
    best = None if found is None else case(db, found.flag)
    return blinded(best) if found is not None and found.is_reread and best is not None else best


def seen(db: Database, flag: int, at: datetime) -> None:
    """Note the first time that a human opened a flag; later times change nothing."""
    db.execute("UPDATE flags SET seen_at = ? WHERE id = ? AND seen_at IS NULL", [stamp(at), flag])


def rule(
    db: Database, decision: Decision, *, leads: bool = False, again_until: datetime | None = None
) -> Ruling | None:
    """Decide a flag; None where there is none. What the rules refuse changes nothing, and the case tells why.

    What it becomes is said by core.opinions. Somebody is to read it again, blind, until `again_until`.
    """
    with at_once(db):
        before = case(db, decision.flag)
        if before is None or before.forgotten:
            return None if before is None else Ruling(before, False)
        way = Course.DECISION
        if before.is_open:
            way = course(before.waits, before.opinions, decision.step, decision.by, leads, author=before.author)
        changed = way in (Course.DECISION, Course.OPINION) and _ruled(db, before, decision, way, again_until)
        after = case(db, decision.flag)
        assert after is not None, "flags are never deleted"
        return Ruling(after, changed, way)


def _ruled(db: Database, before: Case, decision: Decision, way: Course, again_until: datetime | None) -> bool:
    try:
        decide(before.state, decision)
    except Refused:
        return False  # somebody else was faster; the case as it is now says who
    if before.is_open and before.waits is Waits.ANOTHER:
        lean = Lean(decision.step.value)
        opinions.save(
            db, Opinion(before.id, Kind.SECOND, decision.by, lean, decision.at, decision.motives, decision.note)
        )
    if way is Course.OPINION:
        opinions.wait_for(db, before.id, Waits.JOINT)
        return True
    changed = StoreReader(db).decide(decision).changed
    if changed and again_until is not None and before.waits is Waits.ANYONE and before.decision is None:
        readings.draw(db, decision, opinions.last_decision(db, before.id), again_until)
    return changed


def _case(db: Database, found: Mapping[str, Any], blind: bool) -> Case:
    row = flag_row(found, blind, scales(db, found["guild_id"], found["model"]))
    channel = Channel(row.channel_id, row.channel, row.guild_id)
    kind = messages.Kind(row.kind)
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
        earlier=earlier(db, row),
        untold=is_untold(db, row.id),
        heard=_heard(db, row, decided),
        waits=Waits(row.waits),
        opinions=opinions.of_flag(db, row.id, row.state),
        escalation=opinions.escalation_of(db, row.id),
        audited=row.audited,
        blind=row.blind,
        scales=row.scales,
        restricted=row.restricted,
        held=is_held(db, row.id),
        late_at=None if found["late_at"] is None else datetime.fromisoformat(found["late_at"]),
    )


def _heard(db: Database, row: FlagRow, decided: Decision | None) -> Heard:
    """What members have reported; of a restricted case nobody reads what they said of it either."""
    found = heard(db, row.id, decided)
    return replace(found, voices=()) if row.restricted else found


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
