"""How much stands in the database? Each number by one index or one pass, without reading a text."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.core.amounts import Amounts

_COUNTED = """SELECT (SELECT count(*) FROM flags) AS cases,
    (SELECT count(*) FROM flags WHERE text IS NOT NULL) AS texts,
    (SELECT count(*) FROM holds) AS held,
    (SELECT count(*) FROM flags WHERE restricted_at IS NOT NULL) AS restricted,
    (SELECT count(*) FROM reports) AS reports,
    (SELECT count(*) FROM reporters) AS reporters,
    (SELECT count(*) FROM appeals) AS appeals,
    (SELECT min(flagged_at) FROM flags WHERE text IS NOT NULL) AS oldest"""


def amounts(db: Database) -> Amounts:
    """What is kept now."""
    found = db.execute(_COUNTED).fetchone()
    oldest = found["oldest"] and datetime.fromisoformat(found["oldest"])
    names = ("cases", "texts", "held", "restricted", "reports", "reporters", "appeals")
    return Amounts(**{name: int(found[name]) for name in names}, oldest=oldest)
