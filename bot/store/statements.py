"""What is an author to be told? Written with the decision that it is about, in the decision's own transaction, so that
no decision is ever kept without its statement, and no statement without its decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.flags import Decision, Step
from bot.core.statements import News, Notice, Outcome, against_author
from bot.store.keeping import stamp


def follow(db: Database, decision: Decision, number: int) -> None:
    """A decision was saved under this number: begin the statement of it, and end the one that it replaces."""
    if decision.step is Step.REOPEN:
        return
    ended = _end(db, decision)
    if against_author(decision.measures):
        _begin(db, decision, number)
    elif ended is not None:
        _tell(db, ended, _how(db, ended), decision.takes_effect_at)


def _begin(db: Database, decision: Decision, number: int) -> None:
    made = db.execute(
        "INSERT INTO statements (flag_id, decision_id, author_id) SELECT id, ?, author_id FROM flags WHERE id = ?",
        [number, decision.flag],
    )
    _tell(db, int(made.lastrowid or 0), News.STATEMENT, decision.takes_effect_at)


def unsaid(db: Database, flag: int, at: datetime) -> None:
    """A decision was taken back before anything of it was told: its statement is told to nobody."""
    last = "SELECT max(id) FROM statements WHERE flag_id = ? AND ended_at IS NULL"
    untold = f"statement_id = ({last}) AND state = 'due' AND tried_at IS NULL"
    if db.execute(f"UPDATE notices SET state = 'void' WHERE {untold}", [flag]).rowcount:  # noqa: S608  # fixed texts
        db.execute(f"UPDATE statements SET ended_at = ? WHERE id = ({last})", [stamp(at), flag])  # noqa: S608  # as above


def _end(db: Database, decision: Decision) -> int | None:
    """End the statement that stood until now; its number. An appeal that is still open has nothing left to decide."""
    row = db.execute(
        "SELECT id FROM statements WHERE flag_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1", [decision.flag]
    ).fetchone()
    if row is None:
        return None
    at = stamp(decision.at)
    db.execute("UPDATE statements SET ended_at = ? WHERE id = ?", [at, row["id"]])
    db.execute(
        "UPDATE appeals SET outcome = ?, decided_at = ? WHERE statement_id = ? AND outcome IS NULL",
        [str(Outcome.OVERTAKEN), at, row["id"]],
    )
    return int(row["id"])


def _how(db: Database, statement: int) -> News:
    """By the appeal, or otherwise."""
    row = db.execute("SELECT outcome FROM appeals WHERE statement_id = ?", [statement]).fetchone()
    return News.GRANTED if row is not None and row["outcome"] == Outcome.GRANTED else News.WITHDRAWN


def _tell(db: Database, statement: int, news: News, at: datetime) -> None:
    db.execute("INSERT INTO notices (statement_id, news, made_at) VALUES (?, ?, ?)", [statement, str(news), stamp(at)])


def tell_rejected(db: Database, statement: int, at: datetime) -> None:
    """An appeal was rejected."""
    _tell(db, statement, News.REJECTED, at)


def is_untold(db: Database, flag: int) -> bool:
    """Whether something that a flag's author is to be told waits, because nothing can be sent."""
    query = """SELECT 1 FROM statements CROSS JOIN notices ON notices.statement_id = statements.id
        AND notices.state = 'waiting' WHERE statements.flag_id = ? LIMIT 1"""
    return db.execute(query, [flag]).fetchone() is not None


def trying(db: Database, notice: Notice, at: datetime) -> None:
    """Note that a notice is about to be sent."""
    db.execute("UPDATE notices SET tried_at = ? WHERE id = ?", [stamp(at), notice.id])


def told(db: Database, notice: Notice, at: datetime) -> None:
    """Note that it was sent."""
    db.execute("UPDATE notices SET state = 'sent', told_at = ? WHERE id = ?", [stamp(at), notice.id])


def waits(db: Database, notice: Notice) -> None:
    """Note that it cannot be sent."""
    db.execute("UPDATE notices SET state = 'waiting' WHERE id = ? AND state = 'due'", [notice.id])


def received(db: Database, notices: Sequence[Notice], at: datetime) -> None:
    """Note that the author has read them."""
    with db.atomic():
        for notice in notices:
            db.execute(
                "UPDATE notices SET state = 'received', told_at = ? WHERE id = ? AND state = 'waiting'",
                [stamp(at), notice.id],
            )
