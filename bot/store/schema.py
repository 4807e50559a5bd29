"""Which tables are there? A migration for each change; once released, a migration is never edited.

Times are ISO 8601 in UTC. Messages that were not flagged leave counts by channel and hour, and nothing else.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("uppsikt")


@migrations()
def m001_flags_and_marks(db: Database) -> None:
    """Channels with their marks, flags, decisions, counts, unseen intervals, files that were replayed."""
    for statement in _M001:
        db.execute(statement)


_M001 = (
    """
    CREATE TABLE channels (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        guild_id TEXT NOT NULL,
        parent_id TEXT NOT NULL DEFAULT '',
        mark INTEGER NOT NULL DEFAULT 0 CHECK (mark >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE flags (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'title', 'name')),
        message_id TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
        guild_id TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        author_id TEXT NOT NULL,
        reply_to TEXT NOT NULL DEFAULT '',
        text TEXT,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        threat REAL NOT NULL CHECK (threat BETWEEN 0 AND 1),
        motives TEXT NOT NULL CHECK (json_valid(motives)),
        targets TEXT NOT NULL CHECK (json_valid(targets)),
        spans TEXT NOT NULL CHECK (json_valid(spans)),
        reasons TEXT NOT NULL CHECK (json_valid(reasons)),
        thresholds TEXT NOT NULL CHECK (json_valid(thresholds)),
        language TEXT NOT NULL,
        model TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'upheld', 'dismissed')),
        posted_at TEXT NOT NULL,
        flagged_at TEXT NOT NULL,
        withdrawn_at TEXT,
        announced_at TEXT,
        UNIQUE (message_id, kind, revision)
    ) STRICT
    """,
    "CREATE INDEX flags_by_state ON flags (state, id)",
    "CREATE INDEX flags_unannounced ON flags (id) WHERE announced_at IS NULL",
    """
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        step TEXT NOT NULL CHECK (step IN ('uphold', 'dismiss')),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        motives TEXT NOT NULL CHECK (json_valid(motives)),
        note TEXT NOT NULL DEFAULT '',
        decided_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX decisions_by_flag ON decisions (flag_id)",
    """
    CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
    """,
    """
    CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER decisions_once BEFORE INSERT ON decisions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
    """,
    """
    CREATE TABLE counts (
        channel_id TEXT NOT NULL,
        hour TEXT NOT NULL,
        read INTEGER NOT NULL CHECK (read >= 0),
        flagged INTEGER NOT NULL CHECK (flagged >= 0),
        unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
        PRIMARY KEY (channel_id, hour)
    ) STRICT
    """,
    """
    CREATE TABLE unseen (
        id INTEGER PRIMARY KEY,
        channel_id TEXT NOT NULL,
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        read_back INTEGER NOT NULL CHECK (read_back >= 0),
        why TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE files (
        file TEXT PRIMARY KEY,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        lines INTEGER NOT NULL CHECK (lines >= 0),
        read_at TEXT NOT NULL
    ) STRICT
    """,
)
