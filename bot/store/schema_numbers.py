"""Which number has the next case, after a backup was restored? One that no case ever had.

Cards, links and deeds name a case by its number. Those of cases that came after the backup are still about, and must
never lead to another case.
"""

from __future__ import annotations

M025 = (
    """
    CREATE TABLE numbers (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        flags INTEGER NOT NULL CHECK (flags >= 0)
    ) STRICT
    """,
    "INSERT INTO numbers VALUES (1, 0)",
)
