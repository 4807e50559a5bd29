"""What have authors appealed in a panel under test? Two upheld cases, of a server each, in hostile words."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Step
from bot.core.measures import Act, Measure
from bot.core.statements import Statement
from bot.store import appeals, review
from bot.store.connection import open_database
from tests.builders import NOW, decision
from tests.web.panel_cases import COLLEAGUE, MEMBER, Case

WORDS = "<script>alert(2)</script> Det var \u202eironi\u202c."
DAYS = 180


def appeal(path: Path) -> None:
    """The author of two upheld cases finds that they should not have been."""
    with closing(open_database(path)) as db:
        appealed(db, Case.UPHELD)
        warned(db, Case.ELSEWHERE, NOW - timedelta(hours=3))
        appealed(db, Case.ELSEWHERE)


def warned(db: Database, flag: int, at: datetime) -> None:
    """A colleague upholds a case, and its author is warned."""
    review.rule(db, decision(flag, Step.UPHOLD, COLLEAGUE, at=at, measures=(Measure(Act.WARN),)))


def appealed(db: Database, flag: int, author: str = MEMBER, words: str = WORDS) -> None:
    made = appeals.appeal(db, flag, author, words, "sv", NOW, DAYS)
    assert isinstance(made, Statement), made
