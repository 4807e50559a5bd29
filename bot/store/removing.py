"""How do words, and what tells whose they are, leave their tables? With the keys of their seals, one kind at a time.

Each takes numbers of rows that are not held (the database refuses what is), and tells what is gone, for the deed that
its caller notes in the same transaction. The keys go first: a note stays in its row as long as its key is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.deeds import Gone
from bot.store.chain import gone
from bot.store.keeping import stamp
from bot.store.schema_retention import ERASED

_THESE = "IN (SELECT value FROM json_each(:these))"
_HELD = "(SELECT flag_id FROM holds)"
_UNTIED = """UPDATE flags SET message_id = 'erased-' || id, revision = 0, author_id = '', reply_to = '',
    posted_at = substr(posted_at, 1, 13) || ':00:00.000+00:00' WHERE id"""


def together(parts: Iterable[Gone]) -> Gone:
    """What several steps removed, as one."""
    words: dict[str, set[int]] = {}
    rows: dict[str, set[int]] = {}
    for part in parts:
        for kind, numbers in part.words.items():
            words.setdefault(kind, set()).update(numbers)
        for kind, numbers in part.rows.items():
            rows.setdefault(kind, set()).update(numbers)
    return Gone(_sorted(words), _sorted(rows))


def texts(db: Database, flags: Sequence[int]) -> Gone:
    """The words of these flags. A title is its thread's name too: that goes from wherever it stands."""
    named = _titled(db, flags)
    what = Gone({"flag": flags}, {"flag": named} if named else {})
    gone(db, what)
    _run(db, f"UPDATE channels SET name = '' WHERE (id, name) IN ({_TITLES} {_THESE})", flags)  # noqa: S608  # fixed
    _run(db, "UPDATE flags SET channel = '' WHERE id", named)
    _run(db, "UPDATE flags SET text = NULL, spans = '[]' WHERE id", flags)
    return what


def reports(db: Database, numbers: Sequence[int]) -> Gone:
    """What these reports say in words."""
    what = Gone({"report": numbers})
    gone(db, what)
    _run(db, "UPDATE reports SET words = NULL WHERE words IS NOT NULL AND id", numbers)
    return what


def reporters(db: Database, numbers: Sequence[int]) -> Gone:
    """Who made these reports, and so whom to answer. No entry of the record holds it."""
    _run(db, "DELETE FROM answers WHERE report_id", numbers)
    _run(db, "DELETE FROM reporters WHERE report_id", numbers)
    return Gone()


def appeals(db: Database, numbers: Sequence[int]) -> Gone:
    """What these appeals say, and the answers to them."""
    what = Gone({"appeal": numbers, "ruling": numbers})
    gone(db, what)
    _run(db, "UPDATE appeals SET words = NULL, answer = NULL WHERE id", numbers)
    return what


def ties(db: Database, flags: Sequence[int], now: datetime) -> Gone:
    """Whose these cases are, which message it was (its moment tells that too) and every note on them.

    What has not been carried out or told can be so no more. What was decided, when and by whom stays.
    """
    _settle(db, flags, now)
    replies = _replies(db, flags)
    rows = {
        "flag": [*flags, *replies],
        "statement": _of(db, "statements", flags),
        "report": _of(db, "reports", flags),
    }
    words = {kind: _noted(db, table, note, flags) for kind, table, note, _ in _NOTES}
    what = Gone(words, rows)
    gone(db, what)
    for kind, table, note, empty in _NOTES:
        _run(db, f"UPDATE {table} SET {note} = '{empty}' WHERE id", words[kind])  # noqa: S608  # our tables
    _run(db, "UPDATE statements SET author_id = '' WHERE flag_id", flags)
    _run(db, "UPDATE reports SET target_id = '', message_id = '' WHERE flag_id", flags)
    _run(db, "UPDATE flags SET reply_to = '' WHERE id", replies)
    _run(db, "UPDATE scores SET posted = posted / 3600 * 3600 WHERE flag_id", flags)
    _run(db, _UNTIED, flags)
    return what


_NOTES = (
    ("decision", "decisions", "note", ""),
    ("opinion", "opinions", "note", ""),
    ("escalation", "escalations", "note", ""),
    ("unmasking", "unmaskings", "reason", ERASED),
)
_TITLES = "SELECT channel_id, text FROM flags WHERE kind = 'title' AND id"


def _titled(db: Database, flags: Sequence[int]) -> list[int]:
    """The flags whose channel is called by a title that is among these; not what is held."""
    if not _numbers(db, "SELECT id FROM flags WHERE kind = 'title' AND id", flags):
        return []
    query = f"SELECT id FROM flags WHERE id NOT IN {_HELD} AND (channel_id, channel) IN ({_TITLES}"  # noqa: S608  # fixed
    return _numbers(db, query, flags, ")")


def _settle(db: Database, flags: Sequence[int], now: datetime) -> None:
    """Nobody is left to carry anything out upon, to tell, or to answer."""
    _run(db, "UPDATE measures SET state = 'void' WHERE state = 'due' AND flag_id", flags)
    told = _of(db, "statements", flags)
    _run(db, "UPDATE notices SET state = 'void' WHERE state IN ('due', 'waiting') AND statement_id", told)
    over = "UPDATE appeals SET outcome = 'overtaken', decided_at = :now WHERE outcome IS NULL AND flag_id"
    _run(db, over, flags, now=stamp(now))


def _replies(db: Database, flags: Sequence[int]) -> list[int]:
    """Other flags that name one of these messages as what they answer; not what is held."""
    query = f"""SELECT id FROM flags WHERE reply_to <> '' AND id NOT {_THESE} AND id NOT IN {_HELD}
        AND reply_to IN (SELECT message_id FROM flags WHERE id"""  # noqa: S608  # fixed texts
    return _numbers(db, query, flags, ")")


def _of(db: Database, table: str, flags: Sequence[int]) -> list[int]:
    return _numbers(db, f"SELECT id FROM {table} WHERE flag_id", flags)  # noqa: S608  # our tables


def _noted(db: Database, table: str, note: str, flags: Sequence[int]) -> list[int]:
    return _numbers(db, f"SELECT id FROM {table} WHERE {note} NOT IN ('', '{ERASED}') AND flag_id", flags)  # noqa: S608


def _numbers(db: Database, query: str, these: Sequence[int], end: str = "") -> list[int]:
    """The numbers that a query finds, whose last column is to be one of these."""
    rows = db.execute(f"{query} {_THESE} {end}", {"these": json.dumps(list(these))}).fetchall()
    return [int(row[0]) for row in rows]


def _run(db: Database, change: str, these: Sequence[int], **slots: str) -> None:
    """Change the rows whose column, the last that is named, is one of these."""
    if these:
        query = change if _THESE in change else f"{change} {_THESE}"
        db.execute(query, {"these": json.dumps(list(these)), **slots})


def _sorted(found: dict[str, set[int]]) -> dict[str, list[int]]:
    return {kind: sorted(numbers) for kind, numbers in found.items() if numbers}
