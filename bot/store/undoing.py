"""What is taken back of a decision that was a slip? The flag is open again, and what was not told yet never is."""

from __future__ import annotations

from sqlite_utils import Database

from bot.core.cases import Ruling, can_undo
from bot.core.flags import Decision
from bot.store import report_answers, statements
from bot.store.queries import StoreReader
from bot.store.review import case
from bot.store.transaction import at_once


def undo(db: Database, taken_back: Decision) -> Ruling | None:
    """Reopen a flag if this person has decided it last, a moment ago; else it stays as it is.

    What was chosen to be done is held as long, and waits for the next decision then, as after every reopening.
    """
    with at_once(db):
        before = case(db, taken_back.flag)
        if before is None or not can_undo(before, taken_back.by, taken_back.at):
            return None if before is None else Ruling(before, False)
        StoreReader(db).decide(taken_back)
        statements.unsaid(db, taken_back.flag, taken_back.at)
        report_answers.unsaid(db, taken_back.flag)
        after = case(db, taken_back.flag)
        assert after is not None, "flags are never deleted"
        return Ruling(after, True)
