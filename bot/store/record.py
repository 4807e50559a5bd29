"""What stands on record? Each kind read from the end of its own index, no further than a page needs.

What somebody may still have to read again, blind, is not told here: not how it was decided, nor what was done then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.record import NEAR, PAGE, Asked, Entry, Kind, Looked, Page, Place, Tuned, bound, merged
from bot.core.tuning.changes import EVERYWHERE, Where
from bot.store.keeping import stamp
from bot.store.record_sources import BLIND, OF_ONE, SOURCES, Source


def record(db: Database, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Page:
    """A page of the record as `who` may see it, of these servers (none: of all); without the promotions of models.

    What was tuned is told whatever place it is of: which of them somebody may look at is a rule of thresholds.
    """
    kinds = [kind for kind in asked.kinds() if kind in SOURCES]
    return merged(_looked(db, kind, asked, guilds, who, now) for kind in kinds)


def _looked(db: Database, kind: Kind, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Looked:
    source = (OF_ONE if asked.by else SOURCES)[kind]
    slots: dict[str, Any] = {"now": stamp(now), "who": who, "by": asked.by, "near": NEAR if guilds else PAGE + 1}
    where = [source.where]
    if asked.by:
        where.append(f"{source.by} = :by")
    if asked.after is not None:
        slots["at"], slots["id"] = bound(asked.after, kind)
        where.append(f"({source.at}, {source.id}) < (:at, :id)")
    rows = db.execute(
        f"""SELECT {source.columns}, {source.at} AS at, {source.id} AS id, {source.by} AS by, {_of_case(source)},
            {source.hidden} AS hidden FROM {source.tables} {_with_case(source)}
            WHERE {" AND ".join(where)} ORDER BY {source.at} DESC, {source.id} DESC LIMIT :near""",  # noqa: S608  # fixed texts
        slots,
    ).fetchall()
    end = Place(rows[-1]["at"], kind, rows[-1]["id"]) if len(rows) == slots["near"] else None
    seen = [row for row in rows if not guilds or row["guild"] is None or row["guild"] in guilds]
    return Looked([_entry(kind, dict(row)) for row in seen if not row["hidden"]], end)


def _of_case(source: Source) -> str:
    if not source.flag:
        return f"NULL AS flag, {source.guild} AS guild, false AS blind"
    return f"{source.flag} AS flag, flags.guild_id AS guild, {BLIND} AS blind"


def _with_case(source: Source) -> str:
    return f"CROSS JOIN flags ON flags.id = {source.flag}" if source.flag else ""


def _entry(kind: Kind, row: Mapping[str, Any]) -> Entry:
    blind = row["blind"] and kind is Kind.DECISION
    return Entry(
        Place(row["at"], kind, row["id"]),
        datetime.fromisoformat(row["at"]),
        row["by"],
        row["flag"],
        "" if blind else row["what"],
        () if blind else tuple(json.loads(row["how"])),
        row.get("reason", ""),
        _tuned(row) if "number" in row else None,
    )


def _tuned(row: Mapping[str, Any]) -> Tuned:
    sets = json.loads(row.get("sets") or "{}")
    if "scope" in row:
        where = EVERYWHERE if row["scope"] == "everywhere" else Where(**{row["scope"]: row["place"]})
        return Tuned(row["number"], [(where, sets)], row["undoes"])
    return Tuned(row["number"], [(Where(channel=place), limits) for place, limits in sets.items()], row["undoes"])
