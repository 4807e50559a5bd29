"""Which cases are held, and what keeps their data where they are? A table that deeds alone write, and guards.

A hold and its release are deeds, and the chain holds those; triggers keep `holds` to them, so that no case is held, and
none released, without one. What is held is guarded by the database itself: whatever would forget it is refused.

A note may go, as the person whom it may name can ask; all else of a decision stays. It goes once its key has gone
(store/chain.py), so that it cannot be emptied without the record showing it.

A notice that is told to nobody any more is void. It was a row that was deleted: then the record had lost one.
"""

from __future__ import annotations

from bot.store.schema_record import TRIGGERS

ERASED = "—"  # what stands where a reason must not be empty

_HELD = "EXISTS (SELECT 1 FROM holds WHERE flag_id = {flag})"
_REFUSED = "BEGIN SELECT RAISE(ABORT, 'the case is held'); END"


def _guard(name: str, event: str, flag: str, what: str = "true") -> str:
    """A trigger that refuses to take anything from a held case."""
    return f"CREATE TRIGGER {name} BEFORE {event} WHEN ({what}) AND {_HELD.format(flag=flag)} {_REFUSED}"


def _lost(column: str, empty: str = "NULL") -> str:
    return f"OLD.{column} IS NOT {empty} AND NEW.{column} IS {empty}"


def _notes_may_go(table: str, kind: str, stay: str, note: str = "note", empty: str = "") -> tuple[str, ...]:
    """All columns stay, save that the note becomes empty once its key has gone."""
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
    return (
        f"DROP TRIGGER {table}_stay",
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OF {stay} ON {table} {refused}",
        f"""CREATE TRIGGER {table}_notes_stay BEFORE UPDATE OF {note} ON {table}
        WHEN NEW.{note} <> '{empty}' OR EXISTS (
            SELECT 1 FROM record WHERE subject = OLD.id AND kind = '{kind}' AND words_key IS NOT NULL
        ) {refused}""",  # noqa: S608  # our tables
        _guard(f"{table}_held", f"UPDATE OF {note} ON {table}", "OLD.flag_id"),
    )


_HOLDS = (
    """
    CREATE TABLE holds (
        flag_id INTEGER PRIMARY KEY REFERENCES flags (id),
        deed_id INTEGER NOT NULL REFERENCES deeds (id)
    ) STRICT
    """,
    # A release goes first in a deed of both; of a case that is held already, the first hold stays.
    """
    CREATE TRIGGER holds_begin AFTER INSERT ON deeds WHEN NEW.kind = 'hold'
    BEGIN INSERT OR IGNORE INTO holds SELECT value, NEW.id FROM json_each(NEW.facts, '$.cases'); END
    """,
    """
    CREATE TRIGGER holds_end AFTER INSERT ON deeds WHEN NEW.kind = 'release'
    BEGIN DELETE FROM holds WHERE flag_id IN (SELECT value FROM json_each(NEW.facts, '$.cases')); END
    """,
    # Cards and pages say whether a case is held.
    *(
        f"""
        CREATE TRIGGER holds_show_{event.lower()} AFTER {event} ON holds
        BEGIN
            UPDATE flags SET version = version + 1 WHERE id = {row}.flag_id;
            UPDATE cards SET due = (SELECT version FROM flags WHERE id = {row}.flag_id) WHERE flag_id = {row}.flag_id;
        END
        """  # noqa: S608  # fixed texts
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
)
_GUARDS = (
    _guard("flags_held", "UPDATE OF text, spans, author_id, message_id, reply_to ON flags", "OLD.id",
           "NEW.text IS NOT OLD.text OR NEW.spans <> OLD.spans OR NEW.author_id <> OLD.author_id "
           "OR NEW.message_id <> OLD.message_id OR NEW.reply_to <> OLD.reply_to"),
    _guard("statements_held", "UPDATE OF author_id ON statements", "OLD.flag_id"),
    _guard("appeals_held", "UPDATE OF words, answer ON appeals", "OLD.flag_id",
           f"({_lost('words')}) OR ({_lost('answer')})"),
    _guard("reports_held", "UPDATE OF words, target_id, message_id ON reports", "OLD.flag_id"),
    _guard("reporters_held", "DELETE ON reporters",
           "(SELECT flag_id FROM reports WHERE id = OLD.report_id)"),
)  # fmt: skip
_NOTICES = (
    """
    CREATE TABLE notices_anew (
        id INTEGER PRIMARY KEY,
        statement_id INTEGER NOT NULL REFERENCES statements (id),
        news TEXT NOT NULL CHECK (news IN ('statement', 'granted', 'rejected', 'withdrawn')),
        state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'waiting', 'received', 'void')),
        made_at TEXT NOT NULL,
        tried_at TEXT,
        told_at TEXT,
        UNIQUE (statement_id, news)
    ) STRICT
    """,
    """
    INSERT INTO notices_anew (id, statement_id, news, state, made_at, tried_at, told_at)
    SELECT id, statement_id, news, state, made_at, tried_at, told_at FROM notices
    """,
    "DROP TABLE notices",
    "ALTER TABLE notices_anew RENAME TO notices",
    "CREATE INDEX notices_due ON notices (id) WHERE state = 'due'",
    "CREATE INDEX notices_waiting ON notices (statement_id) WHERE state = 'waiting'",
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
    *(trigger for trigger in TRIGGERS if " ON notices" in trigger),
)
_INDEXES = (
    # What is to be found of one person, or beside one message, without reading every flag.
    "CREATE INDEX flags_by_reply ON flags (reply_to) WHERE reply_to <> ''",
    "CREATE INDEX reports_of_target ON reports (target_id) WHERE target_id <> ''",
)

M022 = (
    *_HOLDS,
    *_notes_may_go("decisions", "decision", "id, flag_id, step, by, motives, measures, decided_at"),
    *_notes_may_go("opinions", "opinion", "id, flag_id, after, read, kind, by, lean, motives, given_at"),
    *_notes_may_go("escalations", "escalation", "id, flag_id, by, escalated_at"),
    *_notes_may_go("unmaskings", "unmasking", "id, flag_id, by, at", "reason", ERASED),
    *_GUARDS,
    *_NOTICES,
    *_INDEXES,
)
