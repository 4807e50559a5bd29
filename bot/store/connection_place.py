"""Which database does a connection write for? A draft that is to take a database's place writes with that one's secret.

Asked of the connection itself, so that whoever has it need not be handed a path as well.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database


def register_place(connection: sqlite3.Connection, path: Path | None) -> None:
    """`path`: beside which what is forgotten is noted; None: nowhere, as in a copy."""
    connection.create_function("uppsikt_place", 0, lambda: None if path is None else str(path))


def place(db: Database) -> Path | None:
    """Beside which database this connection notes what is forgotten."""
    found = db.execute("SELECT uppsikt_place()").fetchone()[0]
    return None if found is None else Path(found)
