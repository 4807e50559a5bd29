"""Is not a byte left of 1,000 random people of 100,000, after they were erased, in any file? And how long does it take?

The same town as the tests have (tests/erasing_town.py), every twentieth with all that can be known of somebody. Every
file beside the database is read, byte by byte, in UTF-8 and UTF-16.
"""

from __future__ import annotations

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.core.deeds import Deed, DeedKind
from bot.store import open_database
from bot.store.erasing import erase_person, scrub
from bot.store.verifying import verify
from tests.builders import NOW
from tests.erasing_town import found, of, settle, who

PEOPLE, GOING, BUSY = 100_000, 1_000, 20
DEED = Deed(DeedKind.ERASURE, "Eva", "på egen begäran", NOW + timedelta(days=1))


def erasing() -> dict[str, float]:
    """Bytes' marks of the erased that are left, of all others that are lost, seconds, and what the record says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uppsikt.db"
        db = open_database(path)
        try:
            settle(db, PEOPLE, BUSY)
            going = random.Random(1).sample(range(1, PEOPLE + 1), GOING)
            staying = set(range(1, PEOPLE + 1)) - set(going)
            missing = len(of(going) - found(path))
            begun = time.perf_counter()
            for number in going:
                erase_person(db, who(number), DEED)
            erased = time.perf_counter()
            scrub(db)
            scrubbed = time.perf_counter()
            after = found(path)
            return {
                "not_there_before": missing,
                "left": len(of(going) & after),
                "lost": len(of(staying) - after),
                "seconds_each": (erased - begun) / GOING,
                "seconds_scrub": scrubbed - erased,
                "megabytes": path.stat().st_size / 1e6,
                "findings": len(verify(path).findings),
            }
        finally:
            db.close()
