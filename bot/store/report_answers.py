"""What are reporters told of a decision? Written with it, in its own transaction, as statements of reasons are.

Nothing of what befell whom is in it: only whether the moderators found that the rules were broken. What was not sent
before the outcome changed is not sent any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.flags import Decision, State, Step
from bot.core.reports import Answer, Category, Mine, Outcome
from bot.store.keeping import stamp
from bot.store.report_weights import recount
from bot.store.transaction import at_once

_OUTCOMES = {Step.UPHOLD: Outcome.UPHELD, Step.DISMISS: Outcome.DISMISSED}
# The outcome that a reporter was told last, or has in the queue.
TOLD = """(SELECT outcome FROM answers WHERE report_id = reporters.report_id AND state <> 'void'
    AND outcome <> 'abusive' ORDER BY id DESC LIMIT 1)"""
ANSWER = """SELECT answers.*, reporters.who, reporters.language FROM answers
    CROSS JOIN reporters ON reporters.report_id = answers.report_id"""


def decided(db: Database, decision: Decision) -> None:
    """A decision was saved: whoever reported the case is to be told, unless the same was told before."""
    outcome = _OUTCOMES.get(decision.step)
    if outcome is None:
        return
    of_flag = "SELECT id FROM reports WHERE flag_id = ?"
    unsaid(db, decision.flag)
    db.execute(
        f"""INSERT INTO answers (report_id, outcome, changed, made_at)
        SELECT report_id, ?, {TOLD} IS NOT NULL, ? FROM reporters
        WHERE report_id IN ({of_flag}) AND {TOLD} IS NOT ?""",  # noqa: S608  # fixed texts
        [str(outcome), stamp(decision.takes_effect_at), decision.flag, str(outcome)],
    )


def unsaid(db: Database, flag: int) -> None:
    """What was not sent of a case's outcome is not sent any more."""
    db.execute(
        """UPDATE answers SET state = 'void' WHERE state = 'due' AND outcome <> 'abusive'
        AND report_id IN (SELECT id FROM reports WHERE flag_id = ?)""",
        [flag],
    )


def known(db: Database, report: int, state: State, at: datetime) -> None:
    """A report met a case that is decided already: its receipt tells the outcome, which is thereby told."""
    db.execute(
        "INSERT INTO answers (report_id, outcome, state, made_at, told_at) VALUES (?, ?, 'received', ?, ?)",
        [report, str(state), stamp(at), stamp(at)],
    )


def due(db: Database, after: int, limit: int, now: datetime | None = None) -> list[Answer]:
    """What is to be told by now, in the order in which it happened."""
    by_now = "9" if now is None else stamp(now)
    rows = db.execute(
        f"{ANSWER} WHERE answers.state = 'due' AND answers.id > ? AND answers.made_at <= ? ORDER BY answers.id LIMIT ?",
        [after, by_now, limit],
    )
    return [_answer(row) for row in rows.fetchall()]


def trying(db: Database, answer: Answer, at: datetime) -> None:
    """Note that an answer is about to be sent."""
    db.execute("UPDATE answers SET tried_at = ? WHERE id = ?", [stamp(at), answer.id])


def told(db: Database, answer: Answer, at: datetime) -> None:
    """Note that it was sent."""
    db.execute("UPDATE answers SET state = 'sent', told_at = ? WHERE id = ?", [stamp(at), answer.id])


def waits(db: Database, answer: Answer) -> None:
    """Note that it cannot be sent."""
    db.execute("UPDATE answers SET state = 'waiting' WHERE id = ? AND state = 'due'", [answer.id])


def mine(db: Database, who: str, limit: int) -> list[Mine]:
    """A person's own reports, newest first, with what became of each as it is now."""
    rows = db.execute(
        """SELECT reports.id, reports.category, reports.made_at, reports.abusive_at, flags.state FROM reporters
        CROSS JOIN reports ON reports.id = reporters.report_id CROSS JOIN flags ON flags.id = reports.flag_id
        WHERE reporters.who = ? ORDER BY reporters.made_at DESC, reports.id DESC LIMIT ?""",
        [who, limit],
    ).fetchall()
    return [_mine(row) for row in rows]


def shown_mine(db: Database, who: str, at: datetime) -> None:
    """Note that a person has read what waited."""
    db.execute(
        """UPDATE answers SET state = 'received', told_at = ? WHERE state = 'waiting'
        AND report_id IN (SELECT report_id FROM reporters WHERE who = ?)""",
        [stamp(at), who],
    )


def mark_abusive(db: Database, flag: int, report: int, by: str, guilds: Sequence[str], at: datetime) -> bool:
    """A moderator of these servers finds a report of a case abusive; False where it was marked, or is none."""
    with at_once(db):
        marked = db.execute(
            """UPDATE reports SET abusive_at = ?, abusive_by = ? WHERE id = ? AND flag_id = ? AND abusive_at IS NULL
            AND guild_id IN (SELECT value FROM json_each(?))""",
            [stamp(at), by, report, flag, json.dumps(list(guilds))],
        ).rowcount
        if not marked:
            return False
        db.execute(
            """INSERT INTO answers (report_id, outcome, made_at)
            SELECT report_id, 'abusive', ? FROM reporters WHERE report_id = ?""",
            [stamp(at), report],
        )
        recount(db, flag)
        return True


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer(
        row["id"],
        row["report_id"],
        row["who"],
        row["language"],
        Outcome(row["outcome"]),
        bool(row["changed"]),
        row["tried_at"] is not None,
    )


def _mine(row: Mapping[str, Any]) -> Mine:
    state = State(row["state"])
    outcome = None if state is State.PENDING else Outcome(state)
    at = datetime.fromisoformat(row["made_at"])
    return Mine(row["id"], Category(row["category"]), at, outcome, row["abusive_at"] is not None)
