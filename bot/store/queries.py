"""What can be asked of the database? Reading, and deciding a flag; the same for terminal, Discord and browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlite_utils import Database

from bot.core.errors import Refused
from bot.core.flags import Decision, Reason, State, decide
from bot.core.measures import Act, Measure
from bot.core.ports import Progress
from bot.core.tuning.scale import Scale
from bot.store import audits, measures, recalibrations, report_answers, statements
from bot.store.keeping import stamp, storable
from bot.store.transaction import at_once

FLAGS = "SELECT flags.*, EXISTS (SELECT 1 FROM audits WHERE flag_id = flags.id) AS audited FROM flags"

LIFT = "uppsikt person restrict AUTHOR_ID --lift --reason T"

DRAWN = """SELECT flags.state, count(*) FROM audits CROSS JOIN flags ON flags.id = audits.flag_id
    WHERE flags.state <> 'pending' GROUP BY flags.state"""


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A saved flag as a reader sees it; `text` is None once it was forgotten, and while it is restricted."""

    id: int
    kind: str
    message_id: str
    revision: int
    guild_id: str
    channel_id: str
    channel: str
    author_id: str
    text: str | None
    score: float
    threat: float
    motives: Mapping[str, float]
    targets: Mapping[str, float]
    spans: Sequence[tuple[int, int, float]]
    reasons: Sequence[Reason]
    thresholds: Mapping[str, float]
    language: str
    model: str
    state: State
    posted_at: datetime
    flagged_at: datetime
    withdrawn_at: datetime | None
    edited_at: datetime | None
    version: int
    waits: int = 0
    audited: bool = False  # nobody flagged it: drawn for the audit sample
    blind: bool = False  # while it is open, a sample is not to be told from a flag
    scales: Mapping[str, Scale] = field(default_factory=dict)  # what its scores mean on its server, by label
    restricted: bool = False  # as whom it is about has asked: kept, and shown to nobody

    @property
    def is_veiled(self) -> bool:
        """Whether it is shown so that a sample looks like a flag."""
        return self.blind and self.state is State.PENDING and self.text is not None


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding did: the state now, and whether anything changed."""

    state: State
    changed: bool


class StoreReader:
    """Questions to an open database; use it on the thread that owns the connection."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def flags(self, state: State | None = None, limit: int | None = None) -> list[FlagRow]:
        """Flags in the order in which they came, of one state or of all."""
        where, arguments = ("WHERE state = ?", [str(state)]) if state else ("", [])
        query = f"{FLAGS} {where} ORDER BY id LIMIT ?"
        rows = self._db.execute(query, [*arguments, -1 if limit is None else limit]).fetchall()
        blind, scales = audits.is_blind(self._db), recalibrations.every_scale(self._db)
        return [flag_row(row, blind, scales.get((row["guild_id"], row["model"]), {})) for row in rows]

    def flag(self, number: int) -> FlagRow:
        """One flag; Refused where there is none of that number."""
        row = self._db.execute(f"{FLAGS} WHERE id = ?", [number]).fetchone() if number < 2**63 else None
        if row is None:
            raise Refused(f"there is no flag {number}; `uppsikt flags` lists them")
        scales = recalibrations.scales(self._db, row["guild_id"], row["model"])
        return flag_row(row, audits.is_blind(self._db), scales)

    def decide(self, decision: Decision) -> Decided:
        """Take a decision by the rules of `core.flags`; deciding the same again changes nothing."""
        with at_once(self._db):
            found = self.flag(decision.flag)
            if found.restricted:
                raise Refused(f"flag {decision.flag} is restricted, so that nobody decides it; lift that first: {LIFT}")
            before = found.state
            after = decide(before, decision)
            if after is not before:
                taken = self._db.execute(
                    """INSERT INTO decisions (flag_id, step, by, motives, note, measures, decided_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""",
                    [
                        decision.flag,
                        str(decision.step),
                        storable(decision.by.strip()),
                        json.dumps(list(decision.motives)),
                        storable(decision.note),
                        json.dumps([_written(measure) for measure in decision.measures]),
                        stamp(decision.at),
                    ],
                )
                # Whoever decides has seen it.
                self._db.execute(
                    "UPDATE flags SET state = ?, seen_at = coalesce(seen_at, ?) WHERE id = ?",
                    [str(after), stamp(decision.at), decision.flag],
                )
                measures.decided(self._db, decision, taken.lastrowid)
                statements.follow(self._db, decision, int(taken.lastrowid or 0))
                report_answers.decided(self._db, decision)
        return Decided(after, after is not before)

    def marks(self) -> dict[str, int]:
        """The mark of every channel that is known."""
        return {row["id"]: row["mark"] for row in self._db.execute("SELECT id, mark FROM channels").fetchall()}

    def totals(self) -> Mapping[str, int]:
        """How many messages were read, flagged and unread by language in all, and flags by state.

        Samples wait among the flags, since nobody is to tell them apart; once they are decided they are none.
        """
        read, flagged, unread = self._db.execute(
            "SELECT coalesce(sum(read), 0), coalesce(sum(flagged), 0), coalesce(sum(unread), 0) FROM counts"
        ).fetchone()
        states = dict(self._db.execute("SELECT state, count(*) FROM flags GROUP BY state").fetchall())
        for state, drawn in self._db.execute(DRAWN).fetchall():
            states[state] -= drawn
        return MappingProxyType({"read": read, "flagged": flagged, "unread": unread} | states)

    def unseen_since(self, moment: datetime) -> int:
        """How many times a channel was not watched since a moment."""
        row = self._db.execute("SELECT count(*) FROM unseen WHERE until >= ?", [stamp(moment)]).fetchone()
        return int(row[0])

    def files(self) -> list[Progress]:
        """How far files were read."""
        rows = self._db.execute("SELECT file, digest, size, lines FROM files ORDER BY size").fetchall()
        return [Progress(row["file"], row["lines"], row["size"], row["digest"]) for row in rows]


def flag_row(row: Mapping[str, object], blind: bool, scales: Mapping[str, Scale]) -> FlagRow:
    """A row of FLAGS as it is read; `blind` while nobody is to tell samples from flags."""
    text = {key: row[key] for key in row.keys()}  # noqa: SIM118  # sqlite3.Row iterates over values
    restricted = text["restricted_at"] is not None
    return FlagRow(
        id=_int(text["id"]),
        kind=str(text["kind"] if text["about"] == "words" else text["about"]),
        message_id=str(text["message_id"]),
        revision=_int(text["revision"]),
        guild_id=str(text["guild_id"]),
        channel_id=str(text["channel_id"]),
        channel=str(text["channel"]),
        author_id=str(text["author_id"]),
        text=None if text["text"] is None or restricted else str(text["text"]),
        score=_float(text["score"]),
        threat=_float(text["threat"]),
        motives=json.loads(str(text["motives"])),
        targets=json.loads(str(text["targets"])),
        spans=[] if restricted else [(start, end, weight) for start, end, weight in json.loads(str(text["spans"]))],
        reasons=[Reason(**reason) for reason in json.loads(str(text["reasons"]))],
        thresholds=json.loads(str(text["thresholds"])),
        language=str(text["language"]),
        model=str(text["model"]),
        state=State(str(text["state"])),
        posted_at=datetime.fromisoformat(str(text["posted_at"])),
        flagged_at=datetime.fromisoformat(str(text["flagged_at"])),
        withdrawn_at=_moment(text["withdrawn_at"]),
        edited_at=_moment(text["edited_at"]),
        version=_int(text["version"]),
        waits=_int(text["waits"]),
        audited=bool(text["audited"]),
        blind=blind,
        scales=scales,
        restricted=restricted,
    )


def _written(measure: Measure) -> dict[str, object]:
    length = measure.length
    return {"act": str(measure.act)} | ({} if length is None else {"seconds": int(length.total_seconds())})


def measure_of(written: Mapping[str, object]) -> Measure:
    """A measure as it stands in a decision."""
    seconds = written.get("seconds")
    return Measure(Act(str(written["act"])), None if seconds is None else timedelta(seconds=_int(seconds)))


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _float(value: object) -> float:
    assert isinstance(value, (int, float))
    return float(value)
