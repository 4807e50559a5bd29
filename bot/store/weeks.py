"""What was counted in each week? Sums that are kept as it happens; and what two readers made of the same case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlite_utils import Database

from bot.core.agreement import Pair, Reading
from bot.core.opinions import Lean
from bot.core.weeks import Week, gathered
from bot.store.keeping import stamp

FIGURES = """SELECT week, figure, label, n FROM week_figures
    WHERE week >= ?1 AND (?2 = '[]' OR guild_id IN (SELECT value FROM json_each(?2)))"""
# As store/opinions has them, of the latest answers alone.
PAIRS = """WITH latest AS (
        SELECT opinions.* FROM opinions INDEXED BY opinions_record CROSS JOIN flags ON flags.id = opinions.flag_id
        WHERE given_at >= ?2 AND given_at < ?4 AND opinions.kind <> 'asked'
        AND (?1 = '[]' OR flags.guild_id IN (SELECT value FROM json_each(?1)))
        ORDER BY given_at DESC, opinions.id DESC LIMIT ?3
    )
    SELECT one.lean, one.motives, latest.lean AS other_lean, latest.motives AS other_motives FROM latest
    CROSS JOIN opinions AS one ON one.flag_id = latest.flag_id AND one.after = latest.after AND one.kind = 'asked'
    WHERE latest.kind = 'second'
    UNION ALL
    SELECT decisions.step, decisions.motives, latest.lean, latest.motives
    FROM latest CROSS JOIN decisions ON decisions.id = latest.read"""


def weeks(db: Database, guilds: Sequence[str], mondays: Sequence[date]) -> list[Week]:
    """These weeks, of these servers together (none: of all)."""
    rows = db.execute(FIGURES, [str(mondays[0]), json.dumps(list(guilds))]).fetchall()
    found: dict[str, list[tuple[str, str, int]]] = {str(monday): [] for monday in mondays}
    for row in rows:
        if row["week"] in found:
            found[row["week"]].append((row["figure"], row["label"], row["n"]))
    return [gathered(monday, found[str(monday)]) for monday in mondays]


def pairs(
    db: Database, guilds: Sequence[str], since: datetime, limit: int, until: datetime | None = None
) -> list[Pair]:
    """The latest readings of one case by two people, each blind to the other; up to a moment, where one is given."""
    end = "9" if until is None else stamp(until)
    rows = db.execute(PAIRS, [json.dumps(list(guilds)), stamp(since), limit, end]).fetchall()
    return [(_reading(row["lean"], row["motives"]), _reading(row["other_lean"], row["other_motives"])) for row in rows]


def _reading(lean: str, motives: str) -> Reading:
    return Reading(Lean(lean), frozenset(json.loads(motives)))
