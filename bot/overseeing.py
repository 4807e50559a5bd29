"""How long do cases take, and how was supervision done in a month? Asked from the terminal, of a database at hand.

A statement of a month names nobody, and ends with the head of the record as it was when it was made. That it was made,
and its SHA-256, are on record in the transaction in which its file comes to its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.config import ZONE, Settings
from bot.core.clock import Running
from bot.core.deeds import Deed, DeedKind
from bot.core.errors import BadInput
from bot.core.supervision import Period, Supervision
from bot.paper.document import Document
from bot.paper.written import as_html, as_pdf
from bot.recording import anchored
from bot.statement_document import Made, statement
from bot.store import chain, clock, supervising
from bot.store.clock_running import running
from bot.store.connection import existing
from bot.store.transaction import at_once
from bot.writing import draft, free, placing

SHOWN = 20  # running cases
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Overview:
    """How the clock stands at a moment, and how a month went."""

    now: datetime
    running: Running
    month: Supervision


def month_of(written: str | None, now: datetime) -> Period:
    """A month by Swedish clocks, as YYYY-MM; the one that `now` is in where none is written. BadInput."""
    match = _MONTH.fullmatch(written or f"{now.astimezone(ZONE):%Y-%m}")
    if match is None or int(match[1]) < 2000:
        raise BadInput(f"--month {written!a}: write a year and a month, such as 2026-01")
    year, month = int(match[1]), int(match[2])
    since = datetime(year, month, 1, tzinfo=ZONE)
    if since > now:
        raise BadInput(f"--month {written}: it has not begun yet")
    return Period(since, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=ZONE))


def so_far(period: Period, now: datetime) -> Period:
    """Of a month that is not over, what there is of it."""
    return Period(period.since, min(period.until, now))


def overview(db: Path, settings: Settings, period: Period, now: datetime) -> Overview:
    """Which cases run now, and how a month went; what nobody has worked out yet is worked out."""
    rules = settings.clock_rules()
    with existing(db) as database:
        while clock.work_out(database, rules):
            pass
        return Overview(
            now, running(database, (), rules, now, SHOWN), supervising.supervision(database, so_far(period, now), rules)
        )


def make_statement(db: Path, settings: Settings, period: Period, out: Path, by: str, at: datetime) -> None:
    """Write a month's statement, as HTML or PDF by the file's name. BadInput, StoreError; then nothing is written."""
    written = _format(out)
    free(out)
    with existing(db) as database:
        found = supervising.supervision(database, so_far(period, at), settings.clock_rules())
    content = written(statement(found, Made(by, at, anchored(db, at), is_over=period.until <= at)))
    facts = {"month": f"{period.since:%Y-%m}", "sha256": sha256(content).hexdigest()}
    with existing(db) as database, draft(out, content) as beside, placing(beside, out) as place, at_once(database):
        chain.note(database, Deed(DeedKind.STATEMENT, by, "", at, facts))
        place()


def _format(out: Path) -> Callable[[Document], bytes]:
    formats = {".html": as_html, ".pdf": as_pdf}
    try:
        return formats[out.suffix.lower()]
    except KeyError:
        raise BadInput(f"{out}: name a file that ends in .html or .pdf") from None
