"""How can what is guarded be changed after all? In a copy only, while its guards are away, within one transaction.

What stands before a change is lifted; what comes after one (the record's entries among it) goes on. The guards of the
record and of deeds stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

_GUARDS = """SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name NOT GLOB 'record*'
    AND tbl_name <> 'deeds' AND (sql LIKE '%BEFORE UPDATE%' OR sql LIKE '%BEFORE DELETE%') ORDER BY name"""


@contextmanager
def lifted(db: Database) -> Iterator[None]:
    """Without guards; part of whatever transaction is open, so that a break leaves them in place."""
    guards = db.execute(_GUARDS).fetchall()
    for guard in guards:
        db.execute(f'DROP TRIGGER main."{guard["name"]}"')
    yield
    for guard in guards:
        db.execute(guard["sql"])
