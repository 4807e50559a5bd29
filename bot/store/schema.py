"""Which tables are there? A migration for each change; once released, a migration is never edited.

Times are ISO 8601 in UTC. Messages that were not flagged leave counts by channel and hour, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database, Migrations

from bot.store.schema_audit import M012
from bot.store.schema_clock import M020
from bot.store.schema_desk import M008
from bot.store.schema_evidence import M010, fill
from bot.store.schema_evidence_files import M021
from bot.store.schema_measures import M005
from bot.store.schema_numbers import M025
from bot.store.schema_opinions import M007
from bot.store.schema_packs import M017
from bot.store.schema_panel import M015
from bot.store.schema_panel_deeds import M030
from bot.store.schema_panel_reading import M016
from bot.store.schema_panel_weeks import M018
from bot.store.schema_persons import M023
from bot.store.schema_recalibration import M013
from bot.store.schema_record import TABLES, TRIGGERS
from bot.store.schema_record import fill as fill_record
from bot.store.schema_reports import M009
from bot.store.schema_retention import M022
from bot.store.schema_shadow import M014
from bot.store.schema_statements import M006
from bot.store.schema_tuning import M011

migrations = Migrations("uppsikt")


def _run(db: Database, statements: Iterable[str]) -> None:
    """One after another, within the migration's transaction."""
    for statement in statements:
        db.execute(statement)


@migrations()
def m001_flags_and_marks(db: Database) -> None:
    """Channels with their marks, flags, decisions, counts, unseen intervals, files that were replayed."""
    _run(db, _M001)


@migrations()
def m002_cards_and_queue(db: Database) -> None:
    """Which messages show which flag, who saw it first, and the order of the queue."""
    _run(db, _M002)


@migrations()
def m003_handling(db: Database) -> None:
    """Indexes by time, so that asking how quickly flags are handled does not read every flag there ever was."""
    _run(db, _M003)


@migrations()
def m004_reopening(db: Database) -> None:
    """A decided flag can be reopened, and a decision holds the measures that were chosen with it."""
    _run(db, _M004)


@migrations()
def m005_measures(db: Database) -> None:
    """What is to be carried out after a decision, how far it has come, and what kind of card shows it."""
    _run(db, M005)


@migrations()
def m006_statements_and_appeals(db: Database) -> None:
    """What authors are told of decisions, what they say to it, and a member's cases by time."""
    _run(db, M006)


@migrations()
def m007_opinions(db: Database) -> None:
    """What others say of a case, whom it waits for, who is to read it again, and what was handed to the leads."""
    _run(db, M007)


@migrations()
def m008_telling_and_care(db: Database) -> None:
    """When moderators were told, what each of them has had to read, and what each has chosen."""
    _run(db, M008)


@migrations()
def m009_reports(db: Database) -> None:
    """What members report, who they are, and what they are told."""
    _run(db, M009)


@migrations()
def m010_scores(db: Database) -> None:
    """What thresholds are judged by: scores of flags, and counts of the scores of what was let through."""
    _run(db, M010)
    fill(db)


@migrations()
def m011_changes_of_thresholds(db: Database) -> None:
    """What thresholds were proposed, by whom and why, upon which figures, and what became of it."""
    _run(db, M011)


@migrations()
def m012_audit(db: Database) -> None:
    """What was drawn though nobody flagged it, from how many, and the dice's secret."""
    _run(db, M012)


@migrations()
def m013_recalibrations(db: Database) -> None:
    """What scores mean in a community by what was decided there, by whom and why, and what took it back."""
    _run(db, M013)


@migrations()
def m014_shadows_and_shifts(db: Database) -> None:
    """What is tried beside what is in force, with its counts, and sudden shifts that admins are told of."""
    _run(db, M014)


@migrations()
def m015_panel(db: Database) -> None:
    """Who may come in at the panel: links that work once, and sessions."""
    _run(db, M015)


@migrations()
def m016_panel_reading(db: Database) -> None:
    """What lets the panel list cases at a cost that does not grow with them."""
    _run(db, M016)


@migrations()
def m017_scores_packed(db: Database) -> None:
    """The narrow rows of days that are over, packed, so that very many are read at once."""
    _run(db, M017)


@migrations()
def m018_panel_weeks(db: Database) -> None:
    """Sums by week for the map and the week, and the record's indexes."""
    _run(db, M018)


@migrations()
def m019_record(db: Database) -> None:
    """A chain of everything that is answered for, and deeds that have no other table."""
    _run(db, TABLES)
    fill_record(db)
    _run(db, TRIGGERS)


@migrations()
def m020_clock(db: Database) -> None:
    """When a case's time is up, and since when it is."""
    _run(db, M020)


@migrations()
def m021_attachments(db: Database) -> None:
    """What is known of the files of flagged messages: name, size, digest."""
    _run(db, M021)


@migrations()
def m022_retention(db: Database) -> None:
    """Cases that are held, notes that may go, and notices that are void instead of deleted."""
    _run(db, M022)


@migrations()
def m023_restrictions(db: Database) -> None:
    """Which cases are restricted at the request of whom they are about."""
    _run(db, M023)


@migrations()
def m025_numbers(db: Database) -> None:
    """Which numbers of cases were given out before a backup was restored."""
    _run(db, M025)


@migrations()
def m030_panel_deeds(db: Database) -> None:
    """The record's indexes for what concerns no single case, and the week's for what shifted."""
    _run(db, M030)


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

_M002 = (
    "ALTER TABLE flags ADD COLUMN urgency INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE flags ADD COLUMN seen_at TEXT",
    "ALTER TABLE flags ADD COLUMN edited_at TEXT",
    # Grows with whatever a card should show, whoever changed it: a decision, a deletion, the text's end.
    "ALTER TABLE flags ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
    # As core/urgency.py counts it, for the flags that are there already.
    """
    UPDATE flags SET urgency =
        3 * EXISTS (
            SELECT 1 FROM json_each(reasons) WHERE value ->> 'rule' = 'threshold' AND value ->> 'label' = 'threat'
        ) + coalesce((
            SELECT (max(value ->> 'value') >= 0.9) + (max(value ->> 'value') >= 0.7) FROM json_each(reasons)
        ), 0)
    """,
    """
    CREATE INDEX flags_queue ON flags (guild_id, urgency DESC, id)
    WHERE state = 'pending' AND text IS NOT NULL
    """,
    """
    CREATE TABLE cards (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        channel_id TEXT NOT NULL,
        message_id TEXT NOT NULL,
        shown INTEGER NOT NULL,
        due INTEGER NOT NULL,
        UNIQUE (flag_id, message_id)
    ) STRICT
    """,
    "CREATE INDEX cards_behind ON cards (id) WHERE shown < due",
    """
    CREATE TRIGGER flags_show AFTER UPDATE OF state, text, withdrawn_at, edited_at ON flags
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.id) WHERE flag_id = NEW.id;
    END
    """,
)

_M003 = (
    "CREATE INDEX flags_open ON flags (guild_id, flagged_at) WHERE state = 'pending' AND text IS NOT NULL",
    "CREATE INDEX flags_seen ON flags (guild_id, seen_at, flagged_at) WHERE seen_at IS NOT NULL",
    "CREATE INDEX decisions_by_time ON decisions (decided_at, flag_id)",
)

# SQLite cannot change a CHECK: the table is made anew, and its triggers with it.
_M004 = (
    """
    CREATE TABLE decisions_anew (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        step TEXT NOT NULL CHECK (step IN ('uphold', 'dismiss', 'reopen')),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        motives TEXT NOT NULL CHECK (json_valid(motives)),
        note TEXT NOT NULL DEFAULT '',
        measures TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(measures)),
        decided_at TEXT NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO decisions_anew (id, flag_id, step, by, motives, note, decided_at)
    SELECT id, flag_id, step, by, motives, note, decided_at FROM decisions
    """,
    "DROP TABLE decisions",
    "ALTER TABLE decisions_anew RENAME TO decisions",
    "CREATE INDEX decisions_by_flag ON decisions (flag_id)",
    "CREATE INDEX decisions_by_time ON decisions (decided_at, flag_id, step)",
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
)
