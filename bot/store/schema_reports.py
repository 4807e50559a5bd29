"""Which tables hold what members report, who they are, what they are told, and who has asked for who they are?

`reporters` is the only table with a reporter in it. It is kept apart from the reports, so that whoever reads a case
does not pass it, and it is emptied first.
"""

from __future__ import annotations

M009 = (
    # What a flag is about: words, as `kind` says, or what a report describes, a person or something elsewhere.
    """
    ALTER TABLE flags ADD COLUMN about TEXT NOT NULL DEFAULT 'words'
    CHECK (about IN ('words', 'person', 'elsewhere'))
    """,
    "ALTER TABLE flags ADD COLUMN flood INTEGER NOT NULL DEFAULT 0 CHECK (flood IN (0, 1))",
    "ALTER TABLE flags ADD COLUMN unanswered_at TEXT",
    "ALTER TABLE flags ADD COLUMN leads_told_at TEXT",
    # Urgency counts in finer steps, see core/urgency.py: 0 to 2 became hundreds, threats have three thousand more.
    "UPDATE flags SET urgency = iif(urgency >= 3, 3000 + 100 * (urgency - 3), 100 * urgency)",
    "UPDATE readings SET urgency = iif(urgency >= 3, 3000 + 100 * (urgency - 3), 100 * urgency)",
    "DROP INDEX flags_untold",
    """
    CREATE INDEX flags_untold ON flags ((urgency >= 2000), id)
    WHERE announced_at IS NULL AND state = 'pending' AND text IS NOT NULL
    """,
    "CREATE INDEX flags_unanswered ON flags (id) WHERE unanswered_at IS NOT NULL AND leads_told_at IS NULL",
    "CREATE INDEX flags_about ON flags (author_id, guild_id, id) WHERE about = 'person' AND state = 'pending'",
    """
    CREATE TABLE reports (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        guild_id TEXT NOT NULL,
        target_id TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        message_id TEXT NOT NULL,
        category TEXT NOT NULL CHECK (category IN ('hate', 'threat', 'harassment', 'spam', 'other')),
        against TEXT NOT NULL CHECK (json_valid(against)),
        hurt TEXT NOT NULL CHECK (hurt IN ('me', 'somebody', 'nobody')),
        words TEXT,
        trusted INTEGER NOT NULL CHECK (trusted IN (0, 1)),
        weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1),
        made_at TEXT NOT NULL,
        abusive_at TEXT,
        abusive_by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX reports_by_flag ON reports (flag_id, id)",
    "CREATE INDEX reports_by_target ON reports (guild_id, target_id, made_at)",
    "CREATE INDEX reports_by_time ON reports (made_at, flag_id)",
    "CREATE INDEX reports_with_words ON reports (flag_id) WHERE words IS NOT NULL",
    """
    CREATE TABLE reporters (
        report_id INTEGER PRIMARY KEY REFERENCES reports (id),
        who TEXT NOT NULL,
        language TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reporters_by_who ON reporters (who, made_at)",
    "CREATE INDEX reporters_by_time ON reporters (made_at)",
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        report_id INTEGER NOT NULL REFERENCES reports (id),
        outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'dismissed', 'abusive')),
        changed INTEGER NOT NULL DEFAULT 0 CHECK (changed IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'waiting', 'received', 'void')),
        made_at TEXT NOT NULL,
        tried_at TEXT,
        told_at TEXT
    ) STRICT
    """,
    "CREATE INDEX answers_due ON answers (id) WHERE state = 'due'",
    "CREATE INDEX answers_by_report ON answers (report_id, id)",
    # Who has asked who reported a case, and why.
    """
    CREATE TABLE unmaskings (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER unmaskings_stay BEFORE UPDATE ON unmaskings
    BEGIN SELECT RAISE(ABORT, 'unmaskings are append-only'); END
    """,
    """
    CREATE TRIGGER unmaskings_remain BEFORE DELETE ON unmaskings
    BEGIN SELECT RAISE(ABORT, 'unmaskings are append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER unmaskings_once BEFORE INSERT ON unmaskings
    WHEN EXISTS (SELECT 1 FROM unmaskings WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'unmaskings are append-only'); END
    """,
    """
    CREATE TRIGGER flags_reported_show AFTER UPDATE OF flood, unanswered_at ON flags
    WHEN OLD.flood <> NEW.flood OR OLD.unanswered_at IS NOT NEW.unanswered_at
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.id) WHERE flag_id = NEW.id;
    END
    """,
    # As flags_show does: whoever changes what a card should show of its reports, the card is behind.
    """
    CREATE TRIGGER reports_come AFTER INSERT ON reports
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.flag_id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.flag_id) WHERE flag_id = NEW.flag_id;
    END
    """,
    """
    CREATE TRIGGER reports_show AFTER UPDATE OF words, abusive_at ON reports
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.flag_id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.flag_id) WHERE flag_id = NEW.flag_id;
    END
    """,
)
