"""What stands on record? Each kind read from the end of its own index, no further than a page needs.

What somebody may still have to read again, blind, is not told here: not how it was decided, nor what was done then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.record import NEAR, PAGE, Asked, Entry, Kind, Looked, Page, Place, bound, merged
from bot.store.keeping import stamp

_BLIND = """EXISTS (SELECT 1 FROM readings WHERE readings.flag_id = flags.id AND readings.ended_at IS NULL
    AND readings.until > :now AND readings.by <> :who)"""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a kind is read: columns, tables, what holds of it, and the expressions of its moment, number and person."""

    columns: str
    tables: str
    where: str
    at: str
    id: str
    by: str


_DECISIONS = _Source("d.step AS what, d.motives AS how", "decisions AS d", "d.step <> 'reopen'", "d.decided_at", "d.id",
                     "d.by")  # fmt: skip
SOURCES: Mapping[Kind, _Source] = {
    Kind.DECISION: _DECISIONS,
    Kind.REOPENING: _Source("'' AS what, '[]' AS how", "decisions AS d", "d.step = 'reopen'", "d.decided_at", "d.id",
                            "d.by"),
    # Of the person who decided it: the machine only carries it out.
    Kind.MEASURE: _Source("m.act AS what, json_array(m.state) AS how",
                          "measures AS m CROSS JOIN decisions AS d ON d.id = m.decision_id", "true", "m.asked_at",
                          "m.id", "d.by"),
    Kind.OPINION: _Source("d.kind AS what, '[]' AS how", "opinions AS d", "true", "d.given_at", "d.id", "d.by"),
    Kind.ESCALATION: _Source("'' AS what, '[]' AS how", "escalations AS d", "true", "d.escalated_at", "d.id", "d.by"),
    Kind.ABUSE: _Source("d.category AS what, '[]' AS how", "reports AS d", "d.abusive_at IS NOT NULL", "d.abusive_at",
                        "d.id", "d.abusive_by"),
    Kind.UNMASKING: _Source("'' AS what, '[]' AS how, d.reason AS reason", "unmaskings AS d", "true", "d.at", "d.id",
                            "d.by"),
}  # fmt: skip
# Of one person: through that person's decisions, not through everybody's measures.
_MEASURES_OF = _Source("m.act AS what, json_array(m.state) AS how",
                       "decisions AS d INDEXED BY decisions_with_measures "
                       "CROSS JOIN measures AS m ON m.decision_id = d.id", "d.measures <> '[]'", "d.decided_at",
                       "m.id", "d.by")  # fmt: skip

_REOPENED_BY = replace(SOURCES[Kind.REOPENING], tables="decisions AS d INDEXED BY decisions_reopened_by")
_OF_ONE = {Kind.MEASURE: _MEASURES_OF, Kind.REOPENING: _REOPENED_BY}


def record(db: Database, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Page:
    """A page of the record as `who` may see it, of these servers (none: of all); without the promotions of models."""
    kinds = [kind for kind in asked.kinds() if kind in SOURCES]
    return merged(_looked(db, kind, asked, guilds, who, now) for kind in kinds)


def _looked(db: Database, kind: Kind, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Looked:
    source = _OF_ONE.get(kind, SOURCES[kind]) if asked.by else SOURCES[kind]
    slots: dict[str, Any] = {"now": stamp(now), "who": who, "by": asked.by, "near": NEAR if guilds else PAGE + 1}
    where = [source.where]
    if asked.by:
        where.append(f"{source.by} = :by")
    if asked.after is not None:
        slots["at"], slots["id"] = bound(asked.after, kind)
        where.append(f"({source.at}, {source.id}) < (:at, :id)")
    flag = "m.flag_id" if kind is Kind.MEASURE else "d.flag_id"
    rows = db.execute(
        f"""SELECT {source.columns}, {source.at} AS at, {source.id} AS id, {source.by} AS by, {flag} AS flag,
            flags.guild_id AS guild, {_BLIND} AS blind
            FROM {source.tables} CROSS JOIN flags ON flags.id = {flag}
            WHERE {" AND ".join(where)} ORDER BY {source.at} DESC, {source.id} DESC LIMIT :near""",  # noqa: S608  # fixed texts
        slots,
    ).fetchall()
    end = Place(rows[-1]["at"], kind, rows[-1]["id"]) if len(rows) == slots["near"] else None
    seen = [row for row in rows if not guilds or row["guild"] in guilds]
    return Looked([_entry(kind, row) for row in seen if not (row["blind"] and kind is Kind.MEASURE)], end)


def _entry(kind: Kind, row: Mapping[str, Any]) -> Entry:
    blind = row["blind"] and kind is Kind.DECISION
    return Entry(
        Place(row["at"], kind, row["id"]),
        datetime.fromisoformat(row["at"]),
        row["by"],
        row["flag"],
        "" if blind else row["what"],
        () if blind else tuple(json.loads(row["how"])),
        row["reason"] if kind is Kind.UNMASKING else "",
    )
