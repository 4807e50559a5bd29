"""Which tables hold the audit sample? What was drawn with its odds, from how many, and the secret of the dice.

`audits` names flags; what nobody flagged and nobody drew leaves a count by channel and hour in `audit_counts`, and
nothing else.
"""

from __future__ import annotations

M012 = (
    """
    CREATE TABLE audits (
        flag_id INTEGER PRIMARY KEY REFERENCES flags (id),
        stratum TEXT NOT NULL,
        odds REAL NOT NULL CHECK (odds > 0 AND odds <= 1),
        drawn_at TEXT NOT NULL,
        forgotten_at TEXT
    ) STRICT
    """,
    "CREATE INDEX audits_kept ON audits (flag_id) WHERE forgotten_at IS NULL",
    """
    CREATE TABLE audit_counts (
        hour TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        stratum TEXT NOT NULL,
        odds REAL NOT NULL CHECK (odds > 0 AND odds <= 1),
        let_through INTEGER NOT NULL CHECK (let_through >= 0),
        drawn INTEGER NOT NULL CHECK (drawn BETWEEN 0 AND let_through),
        PRIMARY KEY (hour, channel_id, stratum, odds)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE auditing (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        salt BLOB NOT NULL,
        is_on INTEGER NOT NULL DEFAULT 0 CHECK (is_on IN (0, 1))
    ) STRICT
    """,
)
