"""How do several changes become one? A transaction that takes the write lock first, or that is part of a larger one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def at_once(db: Database) -> Iterator[None]:
    """All of it or nothing; what is read in it is still so when it is written. Inside another one, a part of that."""
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
