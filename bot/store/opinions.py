"""What have people said of a case, and how is it saved? Opinions and escalations, which are never changed afterwards.

An opinion stands `after` a decision, the flag's last one when it was given, or after none (0): what was said before a
flag was reopened does not count for what is decided then. A blind reading also names the decision that was `read`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.agreement import Pair, Reading
from bot.core.flags import State
from bot.core.opinions import Escalation, Kind, Lean, Opinion, Waits
from bot.store.keeping import stamp, storable

# An answer beside what it answers: the asker's opinion, or the decision that was read again.
PAIRS = """SELECT one.lean, one.motives, other.lean AS other_lean, other.motives AS other_motives
    FROM opinions AS other
    JOIN opinions AS one ON one.flag_id = other.flag_id AND one.after = other.after AND one.kind = 'asked'
    JOIN flags ON flags.id = other.flag_id
    WHERE other.kind = 'second' AND flags.guild_id IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT decisions.step, decisions.motives, opinions.lean, opinions.motives
    FROM opinions JOIN decisions ON decisions.id = opinions.read JOIN flags ON flags.id = opinions.flag_id
    WHERE flags.guild_id IN (SELECT value FROM json_each(?1))"""


def save(db: Database, opinion: Opinion, read: int | None = None) -> None:
    """Save an opinion, in a transaction that the caller has begun."""
    db.execute(
        """INSERT INTO opinions (flag_id, after, read, kind, by, lean, motives, note, given_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            opinion.flag,
            last_decision(db, opinion.flag),
            read,
            str(opinion.kind),
            opinion.by,
            str(opinion.lean),
            json.dumps(list(opinion.motives)),
            storable(opinion.note),
            stamp(opinion.at),
        ],
    )


def save_escalation(db: Database, escalation: Escalation) -> None:
    """Save that a flag goes to the leads, in a transaction that the caller has begun; of two, the first stands."""
    db.execute(
        """INSERT INTO escalations (flag_id, by, note, escalated_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (flag_id) DO NOTHING""",
        [escalation.flag, escalation.by, storable(escalation.note), stamp(escalation.at)],
    )
    wait_for(db, escalation.flag, Waits.LEADS)


def wait_for(db: Database, flag: int, waits: Waits) -> None:
    """Note whom an open flag waits for."""
    db.execute("UPDATE flags SET waits = ? WHERE id = ?", [int(waits), flag])


def last_decision(db: Database, flag: int) -> int:
    """The number of a flag's last decision; 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM decisions WHERE flag_id = ?", [flag]).fetchone()[0])


def of_flag(db: Database, flag: int, state: State) -> tuple[Opinion, ...]:
    """What was said since a flag was opened last; of a decided one, what was said before its decision."""
    decided = db.execute("SELECT id FROM decisions WHERE flag_id = ? ORDER BY id DESC LIMIT 2", [flag]).fetchall()
    before = decided if state is State.PENDING else decided[1:]
    rows = db.execute(
        "SELECT * FROM opinions WHERE flag_id = ? AND after = ? ORDER BY id", [flag, before[0]["id"] if before else 0]
    ).fetchall()
    return tuple(opinion for row in rows for opinion in (*_read(db, row), _opinion(row)))


def escalation_of(db: Database, flag: int) -> Escalation | None:
    """Who handed a flag to the leads, if anybody did."""
    row = db.execute("SELECT * FROM escalations WHERE flag_id = ?", [flag]).fetchone()
    if row is None:
        return None
    return Escalation(flag, row["by"], datetime.fromisoformat(row["escalated_at"]), row["note"])


def pairs(db: Database, guilds: Sequence[str]) -> list[Pair]:
    """Every two readings of one case of these servers, each blind to the other."""
    rows = db.execute(PAIRS, [json.dumps(list(guilds))]).fetchall()
    return [(_reading(row["lean"], row["motives"]), _reading(row["other_lean"], row["other_motives"])) for row in rows]


def _read(db: Database, row: Mapping[str, object]) -> list[Opinion]:
    """The decision that an opinion has read again: it is what the first reader thinks."""
    found = db.execute("SELECT * FROM decisions WHERE id = ?", [row["read"]]).fetchall()
    return [
        Opinion(
            each["flag_id"],
            Kind.DRAWN,
            each["by"],
            Lean(each["step"]),
            datetime.fromisoformat(each["decided_at"]),
            tuple(json.loads(each["motives"])),
            each["note"],
        )
        for each in found
    ]


def _opinion(row: Mapping[str, str]) -> Opinion:
    return Opinion(
        int(row["flag_id"]),
        Kind(row["kind"]),
        row["by"],
        Lean(row["lean"]),
        datetime.fromisoformat(row["given_at"]),
        tuple(json.loads(row["motives"])),
        row["note"],
    )


def _reading(lean: str, motives: str) -> Reading:
    return Reading(Lean(lean), frozenset(json.loads(motives)))
