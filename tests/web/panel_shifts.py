"""Which sudden shifts has a panel under test noticed? One that goes on, one of each ending, one of another server."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.core.tuning.drift import Ending, Kind, Shift
from bot.store import shifts
from bot.store.connection import open_database
from tests.builders import MARKET, NOW, SQUARE
from tests.web.panel_cases import ELSEWHERE

DAY = timedelta(days=1)


def shift(path: Path) -> None:
    """The oldest first."""
    with closing(open_database(path)) as db:
        for back, kind, channel in (
            (100, Kind.MORE, SQUARE.id), (30, Kind.SCORES, ""), (20, Kind.UNREAD, MARKET.id),
            (9, Kind.FEWER, ELSEWHERE.id), (1, Kind.MORE, SQUARE.id),
        ):  # fmt: skip
            at = NOW - back * DAY
            shifts.ended(db, 1, Ending.OVER, at)
            shifts.noticed(db, [Shift(kind, channel, at - timedelta(hours=6), 6, 0.03, 0.2, 1e-4)], at)
        shifts.ended(db, 2, Ending.SETTLED, NOW - 16 * DAY)
        shifts.ended(db, 3, Ending.OVER, NOW - 19 * DAY)
