"""Which tables hold what is tried beside what is in force, and what shifted? Counts and rates alone."""

from __future__ import annotations

M014 = (
    """
    CREATE TABLE shadows (
        id INTEGER PRIMARY KEY,
        thresholds TEXT NOT NULL CHECK (json_valid(thresholds)),
        model TEXT NOT NULL DEFAULT '',
        model_id TEXT NOT NULL DEFAULT '',
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        why TEXT NOT NULL,
        started_at TEXT NOT NULL,
        until TEXT NOT NULL,
        against TEXT NOT NULL DEFAULT '',
        ended_at TEXT,
        ending TEXT CHECK (ending IN ('stopped', 'finished', 'failed', 'changed')),
        problem TEXT NOT NULL DEFAULT '',
        CHECK ((ended_at IS NULL) = (ending IS NULL))
    ) STRICT
    """,
    # One at a time: two would share the classifier's spare time, and neither would be done.
    "CREATE UNIQUE INDEX shadows_running ON shadows ((1)) WHERE ended_at IS NULL",
    """
    CREATE TABLE shadow_counts (
        shadow_id INTEGER NOT NULL REFERENCES shadows (id),
        channel_id TEXT NOT NULL,
        hour TEXT NOT NULL,
        read INTEGER NOT NULL CHECK (read >= 0),
        live INTEGER NOT NULL CHECK (live >= 0),
        candidate INTEGER NOT NULL CHECK (candidate >= 0),
        common INTEGER NOT NULL CHECK (common BETWEEN 0 AND min(live, candidate)),
        skipped INTEGER NOT NULL CHECK (skipped >= 0),
        seconds REAL NOT NULL CHECK (seconds >= 0),
        PRIMARY KEY (shadow_id, channel_id, hour)
    ) STRICT
    """,
    """
    CREATE TABLE shifts (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        since TEXT NOT NULL,
        hours INTEGER NOT NULL CHECK (hours > 0),
        before REAL NOT NULL,
        now REAL NOT NULL,
        p REAL NOT NULL CHECK (p BETWEEN 0 AND 1),
        noticed_at TEXT NOT NULL,
        told_at TEXT,
        ended_at TEXT,
        ending TEXT CHECK (ending IN ('over', 'settled')),
        CHECK ((ended_at IS NULL) = (ending IS NULL))
    ) STRICT
    """,
    # Of one thing one event is open: what is noticed again every hour is told once.
    "CREATE UNIQUE INDEX shifts_open ON shifts (kind, channel_id) WHERE ended_at IS NULL",
    "CREATE INDEX shifts_untold ON shifts (id) WHERE told_at IS NULL",
)
