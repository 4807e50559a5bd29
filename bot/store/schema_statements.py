"""Which tables hold what authors are told, and what they say to it?"""

from __future__ import annotations

M006 = (
    """
    CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        decision_id INTEGER NOT NULL UNIQUE REFERENCES decisions (id),
        author_id TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    "CREATE INDEX statements_by_author ON statements (author_id, id)",
    "CREATE INDEX statements_by_flag ON statements (flag_id, id)",
    """
    CREATE TABLE notices (
        id INTEGER PRIMARY KEY,
        statement_id INTEGER NOT NULL REFERENCES statements (id),
        news TEXT NOT NULL CHECK (news IN ('statement', 'granted', 'rejected', 'withdrawn')),
        state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'waiting', 'received')),
        made_at TEXT NOT NULL,
        tried_at TEXT,
        told_at TEXT,
        UNIQUE (statement_id, news)
    ) STRICT
    """,
    "CREATE INDEX notices_due ON notices (id) WHERE state = 'due'",
    "CREATE INDEX notices_waiting ON notices (statement_id) WHERE state = 'waiting'",
    """
    CREATE TABLE appeals (
        id INTEGER PRIMARY KEY,
        statement_id INTEGER NOT NULL UNIQUE REFERENCES statements (id),
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        guild_id TEXT NOT NULL,
        words TEXT,
        language TEXT NOT NULL,
        made_at TEXT NOT NULL,
        outcome TEXT CHECK (outcome IN ('granted', 'rejected', 'overtaken')),
        by TEXT NOT NULL DEFAULT '',
        answer TEXT,
        decided_at TEXT CHECK ((decided_at IS NULL) = (outcome IS NULL)),
        version INTEGER NOT NULL DEFAULT 0,
        shown INTEGER,
        card_channel_id TEXT,
        card_message_id TEXT
    ) STRICT
    """,
    "CREATE INDEX appeals_by_flag ON appeals (flag_id, id)",
    "CREATE INDEX appeals_open ON appeals (guild_id, id) WHERE outcome IS NULL",
    "CREATE INDEX appeals_behind ON appeals (id) WHERE shown IS NULL OR shown < version",
    "CREATE INDEX flags_of_author ON flags (author_id, guild_id, id)",
    "CREATE INDEX flags_upheld_of_author ON flags (author_id, guild_id, id) WHERE state = 'upheld'",
    # As flags_show does for flags: whoever changes what an appeal's card should show, the card is behind.
    """
    CREATE TRIGGER appeals_show AFTER UPDATE OF words, outcome ON appeals
    BEGIN UPDATE appeals SET version = version + 1 WHERE id = NEW.id; END
    """,
    """
    CREATE TRIGGER appeals_show_flags AFTER UPDATE OF text, withdrawn_at, state ON flags
    BEGIN UPDATE appeals SET version = version + 1 WHERE flag_id = NEW.id; END
    """,
    # A flag's cards say whether its author could not be reached.
    """
    CREATE TRIGGER notices_show AFTER UPDATE OF state ON notices
    WHEN (NEW.state = 'waiting') <> (OLD.state = 'waiting')
    BEGIN
        UPDATE flags SET version = version + 1
        WHERE id = (SELECT flag_id FROM statements WHERE id = NEW.statement_id);
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = cards.flag_id)
        WHERE flag_id = (SELECT flag_id FROM statements WHERE id = NEW.statement_id);
    END
    """,
)
