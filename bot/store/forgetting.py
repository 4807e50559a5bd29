"""What is forgotten, and how? Text whose time is up becomes NULL, and leaves the file's bytes with it.

A sample that came to nothing is forgotten sooner, and whose it was with it: nobody had flagged it.

An appeal needs the text that it is about: both stay while it is open, and go together.

`secure_delete` overwrites freed pages, but not what stays behind within a page when its rows are moved to others: the
file is written anew (VACUUM), and truncating the WAL removes the copy that the last commits left there.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.config import ZONE
from bot.core.care import day_of
from bot.core.errors import StoreBusy
from bot.core.retention import Retention
from bot.store import appeals
from bot.store.audits import forget_stale
from bot.store.care import forget_care
from bot.store.keeping import stamp
from bot.store.panel import forget_panel
from bot.store.reports import forget_reporters
from bot.store.score_packs import pack_up
from bot.store.scores import roll_up


def forget(db: Database, retention: Retention, now: datetime) -> int:
    """Forget the text of flags whose time is up, and what moderators read long ago; in how many flags.

    StoreBusy where its bytes could not be removed yet.
    """
    decided, pending = retention.limits(now)
    forget_care(db, now, day_of(now, ZONE))
    with db.atomic():
        count = db.execute(
            """UPDATE flags SET text = NULL, spans = '[]' WHERE text IS NOT NULL AND (
                (state = 'pending' AND flagged_at < ?) OR
                (state <> 'pending' AND (SELECT max(decided_at) FROM decisions WHERE flag_id = flags.id) < ?
                AND NOT EXISTS (
                    SELECT 1 FROM appeals WHERE flag_id = flags.id AND coalesce(decided_at >= ?, made_at >= ?)
                ))
            )""",
            [stamp(pending), stamp(decided), stamp(decided), stamp(pending)],
        ).rowcount
        count += forget_stale(db, retention.audits(now), now)
        appeals.forget(db, decided, pending)
        forget_reporters(db, retention.reporters(now))
        forget_panel(db, now)
    roll_up(db, now)
    pack_up(db, now)
    db.execute("VACUUM")
    busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreBusy("forgotten, but another program keeps the old text in the file: stop it, and run this again")
    return int(count)
