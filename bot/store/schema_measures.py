"""Which tables hold measures: what is to be carried out after a decision, how far it has come, what card shows it?"""

from __future__ import annotations

M005 = (
    # A time-out ends `seconds` after `asked_at`, however late it is carried out.
    """
    CREATE TABLE measures (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        decision_id INTEGER NOT NULL REFERENCES decisions (id),
        act TEXT NOT NULL CHECK (act IN ('delete', 'warn', 'timeout', 'handover')),
        seconds INTEGER CHECK ((act = 'timeout') = (seconds IS NOT NULL)),
        state TEXT NOT NULL CHECK (state IN ('due', 'done', 'void', 'undoing', 'undone')),
        hindrance TEXT,
        tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
        asked_at TEXT NOT NULL,
        again_at TEXT NOT NULL,
        done_at TEXT,
        undone_at TEXT,
        UNIQUE (decision_id, act)
    ) STRICT
    """,
    "CREATE INDEX measures_by_flag ON measures (flag_id)",
    "CREATE INDEX measures_open ON measures (again_at, id) WHERE state IN ('due', 'undoing')",
    "ALTER TABLE flags ADD COLUMN acted_at TEXT",
    "CREATE INDEX flags_acted ON flags (guild_id, acted_at, flagged_at) WHERE acted_at IS NOT NULL",
    "ALTER TABLE cards ADD COLUMN kind TEXT NOT NULL DEFAULT 'review' CHECK (kind IN ('review', 'handover'))",
    """
    CREATE TRIGGER measures_begin AFTER INSERT ON measures
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.flag_id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.flag_id) WHERE flag_id = NEW.flag_id;
    END
    """,
    # Another try that failed for the same reason is nothing that a card should say.
    """
    CREATE TRIGGER measures_show AFTER UPDATE OF state, hindrance ON measures
    WHEN OLD.state <> NEW.state OR OLD.hindrance IS NOT NEW.hindrance
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.flag_id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.flag_id) WHERE flag_id = NEW.flag_id;
    END
    """,
)
