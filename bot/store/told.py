"""How are statements and notices read back? Each with its case as it is now, and with what its author said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.statements import Appeal, News, Notice, Outcome, Statement
from bot.store.keeping import stamp
from bot.store.review import case, decision_of

Row = Mapping[str, Any]


def statement(db: Database, flag: int) -> Statement | None:
    """The latest statement of a flag."""
    query = "SELECT * FROM statements WHERE flag_id = ? ORDER BY id DESC LIMIT 1"
    row = db.execute(query, [flag]).fetchone() if flag < 2**63 else None
    return None if row is None else _statement(db, row)


def appealed(db: Database, appeal: int) -> Statement | None:
    """The statement that an appeal is about."""
    query = "SELECT * FROM statements WHERE id = (SELECT statement_id FROM appeals WHERE id = ?)"
    row = db.execute(query, [appeal]).fetchone() if appeal < 2**63 else None
    return None if row is None else _statement(db, row)


def statements_of(db: Database, author: str, limit: int) -> list[Statement]:
    """An author's own, newest first."""
    rows = db.execute("SELECT * FROM statements WHERE author_id = ? ORDER BY id DESC LIMIT ?", [author, limit])
    return [_statement(db, row) for row in rows.fetchall()]


def appeals_of(db: Database, flag: int) -> list[Appeal]:
    """What an author has said to decisions about one flag, the oldest first."""
    rows = db.execute("SELECT * FROM appeals WHERE flag_id = ? ORDER BY id", [flag]).fetchall()
    about = db.execute("SELECT restricted_at FROM flags WHERE id = ?", [flag]).fetchone()
    return [_appeal(row, restricted=about["restricted_at"] is not None) for row in rows]


def due(db: Database, after: int, limit: int, now: datetime | None = None) -> list[Notice]:
    """What is to be told by now, in the order in which it happened."""
    query = "SELECT * FROM notices WHERE state = 'due' AND id > ? AND made_at <= ? ORDER BY id LIMIT ?"
    rows = db.execute(query, [after, "9" if now is None else stamp(now), limit])
    return [_notice(db, row) for row in rows.fetchall()]


def waiting(db: Database, author: str, limit: int) -> list[Notice]:
    """What waits for an author, in the order in which it happened."""
    query = """SELECT notices.* FROM statements CROSS JOIN notices ON notices.statement_id = statements.id
        AND notices.state = 'waiting' WHERE statements.author_id = ? ORDER BY notices.id LIMIT ?"""
    return [_notice(db, row) for row in db.execute(query, [author, limit]).fetchall()]


def _notice(db: Database, row: Row) -> Notice:
    found = db.execute("SELECT * FROM statements WHERE id = ?", [row["statement_id"]]).fetchone()
    made = datetime.fromisoformat(row["made_at"])
    return Notice(row["id"], News(row["news"]), _statement(db, found), made, row["tried_at"] is not None)


def _statement(db: Database, row: Row) -> Statement:
    about = case(db, row["flag_id"])
    assert about is not None, "flags are never deleted"
    decision = decision_of(db.execute("SELECT * FROM decisions WHERE id = ?", [row["decision_id"]]).fetchone())
    appeal = db.execute("SELECT * FROM appeals WHERE statement_id = ?", [row["id"]]).fetchone()
    said = None if appeal is None else _appeal(appeal, restricted=about.restricted)
    return Statement(row["id"], about, decision, _moment(row["ended_at"]), said)


def _appeal(row: Row, *, restricted: bool) -> Appeal:
    """Of a restricted case nobody reads what was said of it either."""
    words, answer = ("", "") if restricted else (row["words"], row["answer"])
    return Appeal(
        row["id"],
        datetime.fromisoformat(row["made_at"]),
        words,
        row["language"],
        None if row["outcome"] is None else Outcome(row["outcome"]),
        row["by"],
        answer,
        _moment(row["decided_at"]),
        row["version"],
        None if row["card_message_id"] is None else (row["card_channel_id"], row["card_message_id"]),
    )


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
