"""Which cases of a member were upheld? Found by author, at a cost that does not grow with the number of flags.

What is restricted counts against nobody while it is (GDPR art. 18).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.flags import State
from bot.core.history import LATELY, Earlier, Entry, Standing
from bot.core.statements import Outcome
from bot.store.keeping import stamp
from bot.store.queries import FlagRow, measure_of

EARLIER = """SELECT flags.id, max(decisions.decided_at) AS at
    FROM flags CROSS JOIN decisions ON decisions.flag_id = flags.id
    WHERE flags.author_id = ? AND flags.guild_id = ? AND flags.state = 'upheld' AND flags.id <> ?
    AND flags.restricted_at IS NULL
    GROUP BY flags.id HAVING at >= ? ORDER BY flags.id"""
HISTORY = """SELECT flags.id, flags.state, decisions.motives, decisions.measures, decisions.decided_at,
        (SELECT coalesce(outcome, 'open') FROM appeals WHERE flag_id = flags.id ORDER BY id DESC LIMIT 1) AS appeal
    FROM flags CROSS JOIN decisions ON decisions.id =
        (SELECT max(id) FROM decisions WHERE flag_id = flags.id AND step = 'uphold')
    WHERE flags.author_id = ? AND flags.guild_id IN (SELECT value FROM json_each(?)) AND flags.restricted_at IS NULL
    ORDER BY decisions.decided_at DESC, flags.id DESC LIMIT ?"""


def earlier(db: Database, row: FlagRow) -> list[Earlier]:
    """The cases of a flag's author that are upheld, decided within the time before the flag or since."""
    if not row.author_id:  # nobody's any more, as many others are: not one person's
        return []
    since = stamp(row.flagged_at - LATELY)
    rows = db.execute(EARLIER, [row.author_id, row.guild_id, row.id, since]).fetchall()
    return [Earlier(each["id"], datetime.fromisoformat(each["at"])) for each in rows]


def history(db: Database, author: str, guilds: Sequence[str], limit: int) -> list[Entry]:
    """The cases of a member that were ever upheld, the latest first."""
    rows = db.execute(HISTORY, [author, json.dumps(list(guilds)), limit]).fetchall()
    return [_entry(row) for row in rows]


def _entry(row: Mapping[str, Any]) -> Entry:
    measures = tuple(measure_of(each) for each in json.loads(row["measures"]))
    at = datetime.fromisoformat(row["decided_at"])
    return Entry(row["id"], at, tuple(json.loads(row["motives"])), measures, _standing(row["state"], row["appeal"]))


def _standing(state: str, appeal: str | None) -> Standing:
    if state == State.PENDING:
        return Standing.REOPENED
    if state == State.DISMISSED:
        return Standing.PARDONED if appeal == Outcome.GRANTED else Standing.REVERSED
    if appeal == Outcome.REJECTED:
        return Standing.CONFIRMED
    return Standing.APPEALED if appeal == "open" else Standing.STANDS
