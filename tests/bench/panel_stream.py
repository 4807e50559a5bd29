"""`python -m tests.bench.panel_stream DB…`: messages stream in, kept as a bot keeps them.

A busy municipality: ten batches a second of twenty messages each, and every tenth of them with a flag.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.core.ports import Kept, Tally
from bot.store.connection import open_database
from bot.store.keeping import keep
from tests.bench.panel_seed import CHANNELS, flag

EVERY = 0.1  # seconds
BATCH, FLAGGED = 20, 10


def stream(paths: list[Path]) -> None:
    """Into each file the same."""
    databases = [open_database(path) for path in paths]
    print("streaming", flush=True)
    for number in count(10_000_000):
        now = datetime.now(UTC)
        flags = [flag(number)] if number % FLAGGED == 0 else []
        tally = Tally(CHANNELS[number % len(CHANNELS)].id, now, BATCH, len(flags))
        for db in databases:
            keep(db, Kept(now, flags, tallies=[tally]))
        time.sleep(EVERY)


if __name__ == "__main__":
    stream([Path(each) for each in sys.argv[1:]])
