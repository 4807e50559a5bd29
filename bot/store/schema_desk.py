"""Which tables hold when moderators were told, what each of them has had to read, and what each has chosen?"""

from __future__ import annotations

M008 = (
    """
    CREATE INDEX flags_untold ON flags ((urgency >= 3), id)
    WHERE announced_at IS NULL AND state = 'pending' AND text IS NOT NULL
    """,
    "CREATE TABLE tellings (channel_id TEXT PRIMARY KEY, told_at TEXT NOT NULL) STRICT",
    "CREATE TABLE pings (flag_id INTEGER PRIMARY KEY REFERENCES flags (id), pinged_at TEXT NOT NULL) STRICT",
    """
    CREATE TABLE exposure (
        who TEXT NOT NULL,
        day TEXT NOT NULL,
        cases INTEGER NOT NULL CHECK (cases >= 0),
        severe INTEGER NOT NULL CHECK (severe BETWEEN 0 AND cases),
        PRIMARY KEY (who, day)
    ) STRICT
    """,
    # Today's alone: without it a case would count each time that it is looked at.
    """
    CREATE TABLE exposed (
        who TEXT NOT NULL,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        day TEXT NOT NULL,
        PRIMARY KEY (day, who, flag_id)
    ) STRICT
    """,
    """
    CREATE TABLE care (
        who TEXT PRIMARY KEY,
        paused_until TEXT,
        day_limit INTEGER NOT NULL DEFAULT 0 CHECK (day_limit >= 0),
        nudged_at TEXT
    ) STRICT
    """,
)
