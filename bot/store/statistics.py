"""What was saved of the handling of flags? Found by indexes in time, whatever the history; no text is ever fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.flags import TRANSITIONS, State, Step
from bot.core.statistics import Decided, Handling
from bot.store import clock_running
from bot.store.keeping import stamp

OPEN = """SELECT count(*) AS open, min(flagged_at) AS oldest FROM flags INDEXED BY flags_open
    WHERE guild_id = ? AND state = 'pending' AND text IS NOT NULL"""
# Decided samples of the audit are no flags; what was opened counts whatever it was, since nobody is to know.
_FLAGGED = "NOT EXISTS (SELECT 1 FROM audits WHERE flag_id = flags.id)"
SEEN = "SELECT flagged_at, seen_at FROM flags WHERE guild_id = ? AND seen_at >= ?"
APPEALS = "SELECT count(*) FROM appeals WHERE guild_id = ? AND outcome IS NULL"
ACTED = f"SELECT flagged_at, acted_at FROM flags WHERE guild_id = ? AND acted_at >= ? AND {_FLAGGED}"  # noqa: S608
# CROSS JOIN keeps the order: from the decisions of the period to their flags, not from every flag of the servers.
DECIDED = f"""SELECT decisions.step, flags.flagged_at, decisions.decided_at
    FROM decisions CROSS JOIN flags ON flags.id = decisions.flag_id
    WHERE decisions.decided_at >= ? AND decisions.step <> 'reopen' AND {_FLAGGED}
    AND flags.guild_id IN (SELECT value FROM json_each(?))"""  # noqa: S608  # as above

# Upheld, though the model had let it through: only reports are a reason, or it was reported and drawn as a sample.
MISSED = """SELECT count(DISTINCT flags.id) FROM decisions CROSS JOIN flags ON flags.id = decisions.flag_id
    WHERE decisions.decided_at >= ? AND decisions.step = 'uphold' AND flags.state = 'upheld' AND flags.about = 'words'
    AND flags.guild_id IN (SELECT value FROM json_each(?))
    AND json_array_length(flags.reasons) > 0
    AND EXISTS (SELECT 1 FROM reports WHERE flag_id = flags.id)
    AND NOT EXISTS (SELECT 1 FROM json_each(flags.reasons) WHERE value ->> 'rule' NOT IN ('report', 'audit'))"""


def handling(db: Database, guilds: Sequence[str], since: datetime) -> Handling:
    """How many flags of these servers are open, and what was seen and decided since a moment."""
    start = stamp(since)
    waiting = [db.execute(OPEN, [guild]).fetchone() for guild in guilds]
    seen = [row for guild in guilds for row in db.execute(SEEN, [guild, start]).fetchall()]
    acted = [row for guild in guilds for row in db.execute(ACTED, [guild, start]).fetchall()]
    decided = db.execute(DECIDED, [start, json.dumps(list(guilds))]).fetchall()
    return Handling(
        sum(row["open"] for row in waiting),
        min((_moment(row["oldest"]) for row in waiting if row["oldest"] is not None), default=None),
        [(_moment(row["flagged_at"]), _moment(row["seen_at"])) for row in seen],
        [
            Decided(
                TRANSITIONS[State.PENDING, Step(row["step"])], _moment(row["flagged_at"]), _moment(row["decided_at"])
            )
            for row in decided
        ],
        [(_moment(row["flagged_at"]), _moment(row["acted_at"])) for row in acted],
        sum(db.execute(APPEALS, [guild]).fetchone()[0] for guild in guilds),
        db.execute(MISSED, [start, json.dumps(list(guilds))]).fetchone()[0],
        clock_running.late(db, guilds),
        clock_running.next_deadline(db, guilds),
    )


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value)
