"""Which tables hold what others say of a case, whom it waits for, who reads it again, what was handed to the leads?"""

from __future__ import annotations

M007 = (
    # Whom an open flag waits for, as core/opinions.py counts: anyone, another, a joint decision, the leads.
    "ALTER TABLE flags ADD COLUMN waits INTEGER NOT NULL DEFAULT 0 CHECK (waits BETWEEN 0 AND 3)",
    # A queue for each: nobody reads past what is for others.
    "DROP INDEX flags_queue",
    """
    CREATE INDEX flags_queue ON flags (guild_id, waits, urgency DESC, id)
    WHERE state = 'pending' AND text IS NOT NULL
    """,
    """
    CREATE TRIGGER flags_wait_show AFTER UPDATE OF waits ON flags
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.id) WHERE flag_id = NEW.id;
    END
    """,
    # What is decided waits for nobody, whoever decided it; what was escalated stays with the leads if it is reopened.
    """
    CREATE TRIGGER flags_wait_no_more AFTER UPDATE OF state ON flags
    WHEN NEW.state <> 'pending' AND NEW.waits IN (1, 2)
    BEGIN UPDATE flags SET waits = 0 WHERE id = NEW.id; END
    """,
    """
    CREATE TABLE opinions (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        after INTEGER NOT NULL,
        read INTEGER REFERENCES decisions (id),
        kind TEXT NOT NULL CHECK (kind IN ('asked', 'second', 'drawn')),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        lean TEXT NOT NULL CHECK (lean IN ('uphold', 'dismiss', 'unsure')),
        motives TEXT NOT NULL CHECK (json_valid(motives)),
        note TEXT NOT NULL DEFAULT '',
        given_at TEXT NOT NULL,
        CHECK ((kind = 'drawn') = (read IS NOT NULL))
    ) STRICT
    """,
    # One of each kind between two decisions: of two second readers at once, one is first.
    "CREATE UNIQUE INDEX opinions_by_flag ON opinions (flag_id, after, kind)",
    """
    CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        decision_id INTEGER NOT NULL UNIQUE REFERENCES decisions (id),
        guild_id TEXT NOT NULL,
        urgency INTEGER NOT NULL,
        by TEXT NOT NULL,
        until TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    "CREATE INDEX readings_open ON readings (guild_id, urgency DESC, flag_id) WHERE ended_at IS NULL",
    "CREATE UNIQUE INDEX readings_of_flag ON readings (flag_id) WHERE ended_at IS NULL",
    "CREATE INDEX readings_until ON readings (until) WHERE ended_at IS NULL",
    # What is open again, or has no text any more, is not read again.
    """
    CREATE TRIGGER readings_end AFTER UPDATE OF state, text ON flags
    WHEN NEW.state = 'pending' OR NEW.text IS NULL
    BEGIN
        UPDATE readings SET ended_at = strftime('%Y-%m-%dT%H:%M:%fZ') WHERE flag_id = NEW.id AND ended_at IS NULL;
    END
    """,
    """
    CREATE TABLE escalations (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL UNIQUE REFERENCES flags (id),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        note TEXT NOT NULL DEFAULT '',
        escalated_at TEXT NOT NULL,
        told_at TEXT
    ) STRICT
    """,
    "CREATE INDEX escalations_untold ON escalations (id) WHERE told_at IS NULL",
    """
    CREATE TRIGGER opinions_stay BEFORE UPDATE ON opinions
    BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END
    """,
    """
    CREATE TRIGGER opinions_remain BEFORE DELETE ON opinions
    BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END
    """,
    """
    CREATE TRIGGER opinions_once BEFORE INSERT ON opinions
    WHEN EXISTS (SELECT 1 FROM opinions WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'opinions are append-only'); END
    """,
    """
    CREATE TRIGGER escalations_stay BEFORE UPDATE OF id, flag_id, by, note, escalated_at ON escalations
    BEGIN SELECT RAISE(ABORT, 'escalations are append-only'); END
    """,
    """
    CREATE TRIGGER escalations_remain BEFORE DELETE ON escalations
    BEGIN SELECT RAISE(ABORT, 'escalations are append-only'); END
    """,
    """
    CREATE TRIGGER escalations_once BEFORE INSERT ON escalations
    WHEN EXISTS (SELECT 1 FROM escalations WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'escalations are append-only'); END
    """,
)
