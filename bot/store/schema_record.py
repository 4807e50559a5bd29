"""Which tables hold the record that nobody can quietly change? A chain of entries, its keys, its end, its heads, deeds.

Triggers write it, in the transaction of whatever they record, so that no code can forget to: whoever adds a row to one
of the tables below, or changes one of the columns that count, has an entry appended. `uppsikt_entry` is a function of
our connections alone (store/chain.py): other programs can read everything, and cannot write what is recorded.
"""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.covered import COVERED, Covered

_TABLES = (
    # `words`, `words_key` are NULL where there are none. The keys go with what they seal.
    """
    CREATE TABLE record (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        subject INTEGER NOT NULL,
        at TEXT NOT NULL,
        facts BLOB NOT NULL CHECK (length(facts) = 32),
        words BLOB CHECK (length(words) = 32),
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        facts_key BLOB CHECK (length(facts_key) = 16),
        words_key BLOB CHECK (length(words_key) = 16)
    ) STRICT
    """,
    "CREATE INDEX record_of ON record (kind, subject)",
    """
    CREATE TABLE record_tip (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        code BLOB NOT NULL
    ) STRICT
    """,
    "INSERT INTO record_tip VALUES (1, 0, zeroblob(32), zeroblob(0))",
    # Digest, public key and signature in hex.
    """
    CREATE TABLE record_heads (
        id INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL,
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        at TEXT NOT NULL,
        public TEXT NOT NULL CHECK (length(public) = 64),
        signature TEXT NOT NULL CHECK (length(signature) = 128)
    ) STRICT
    """,
    """
    CREATE TABLE deeds (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (length(kind) > 0),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        reason TEXT NOT NULL,
        facts TEXT NOT NULL CHECK (json_valid(facts)),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX deeds_by_kind ON deeds (kind, id)",
    "CREATE INDEX deeds_record ON deeds (at, id)",
    # A view to write through: what `uppsikt_entry` gives is worked out once, and taken apart here.
    """
    CREATE VIEW record_new AS
    SELECT kind, subject, at, true AS spoken, digest AS packed FROM record WHERE false
    """,
    """
    CREATE TRIGGER record_append INSTEAD OF INSERT ON record_new
    BEGIN
        INSERT INTO record (seq, kind, subject, at, facts_key, words_key, facts, words, digest)
        SELECT seq + 1, NEW.kind, NEW.subject, NEW.at, substr(NEW.packed, 1, 16),
            iif(NEW.spoken, substr(NEW.packed, 17, 16), NULL), substr(NEW.packed, 33, 32),
            iif(NEW.spoken, substr(NEW.packed, 65, 32), NULL), substr(NEW.packed, 97, 32) FROM record_tip;
        UPDATE record_tip SET seq = seq + 1, digest = substr(NEW.packed, 97, 32), code = substr(NEW.packed, 129, 32);
    END
    """,
)
_STAY = "SELECT RAISE(ABORT, 'the record is append-only')"
_GUARDS = (
    f"""
    CREATE TRIGGER record_stays BEFORE UPDATE OF seq, kind, subject, at, facts, words, digest ON record
    BEGIN {_STAY}; END
    """,
    # Keys only ever go.
    f"""
    CREATE TRIGGER record_keys_stay BEFORE UPDATE OF facts_key, words_key ON record
    WHEN (NEW.facts_key IS NOT NULL AND NEW.facts_key IS NOT OLD.facts_key)
        OR (NEW.words_key IS NOT NULL AND NEW.words_key IS NOT OLD.words_key)
    BEGIN {_STAY}; END
    """,
    f"CREATE TRIGGER record_remains BEFORE DELETE ON record BEGIN {_STAY}; END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"""
    CREATE TRIGGER record_once BEFORE INSERT ON record
    WHEN NEW.seq <> (SELECT seq + 1 FROM record_tip)
    BEGIN {_STAY}; END
    """,  # noqa: S608  # fixed texts
    f"CREATE TRIGGER record_tip_remains BEFORE DELETE ON record_tip BEGIN {_STAY}; END",
    f"CREATE TRIGGER record_heads_stay BEFORE UPDATE ON record_heads BEGIN {_STAY}; END",
    f"CREATE TRIGGER record_heads_remain BEFORE DELETE ON record_heads BEGIN {_STAY}; END",
    f"""
    CREATE TRIGGER record_heads_once BEFORE INSERT ON record_heads
    WHEN EXISTS (SELECT 1 FROM record_heads WHERE id = NEW.id) BEGIN {_STAY}; END
    """,  # noqa: S608  # fixed texts
    f"CREATE TRIGGER deeds_stay BEFORE UPDATE ON deeds BEGIN {_STAY}; END",
    f"CREATE TRIGGER deeds_remain BEFORE DELETE ON deeds BEGIN {_STAY}; END",
    f"""
    CREATE TRIGGER deeds_once BEFORE INSERT ON deeds
    WHEN EXISTS (SELECT 1 FROM deeds WHERE id = NEW.id) BEGIN {_STAY}; END
    """,  # noqa: S608  # fixed texts
)


def appended(covered: Covered, row: str, source: str = "") -> str:
    """A statement that appends the entry of a row: NEW within a trigger, else of a table that `source` names."""
    return f"""INSERT INTO record_new (kind, subject, at, spoken, packed)
        SELECT '{covered.kind}', {row}{covered.id}, {covered.at.format(row=row)}, {bool(covered.words)},
            uppsikt_entry(tip.seq + 1, tip.digest, '{covered.kind}', {row}{covered.id}, {covered.at.format(row=row)},
                {covered.values(row)})
        FROM record_tip AS tip {source}"""  # noqa: S608  # fixed texts, put together here


def _triggers(covered: Covered) -> list[str]:
    """What appends an entry when a row comes, and when what may change of it does."""
    name = f"record_{covered.kind.replace('-', '_')}"
    entry = appended(covered, "NEW.")
    made = [
        f"""CREATE TRIGGER {name}_comes AFTER INSERT ON {covered.table} WHEN {covered.inserts.format(row="NEW.")}
        BEGIN {entry}; END"""
    ]
    if covered.changes:
        differs = " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in covered.changes)
        made.append(
            f"""CREATE TRIGGER {name}_changes AFTER UPDATE OF {", ".join(covered.changes)} ON {covered.table}
            WHEN {differs} BEGIN {entry}; END"""
        )
    return made


def _what_is_there(covered: Covered) -> str:
    """The rows that are there before there is a record, with their moments."""
    row = f"{covered.table}."
    return f"""SELECT {covered.at.format(row=row)} AS at, '{covered.kind}' AS kind, {row}{covered.id} AS subject
        FROM {covered.table} WHERE {covered.inserts.format(row=row)}"""  # noqa: S608  # fixed texts


TABLES = (*_TABLES, *_GUARDS)
TRIGGERS = tuple(trigger for covered in COVERED for trigger in _triggers(covered))
THERE = " UNION ALL ".join(_what_is_there(covered) for covered in COVERED)


def fill(db: Database) -> None:
    """Entries for what is there already, in the order in which it came; from here on it cannot be quietly changed."""
    order = {covered.kind: place for place, covered in enumerate(COVERED)}
    known = {covered.kind: covered for covered in COVERED}
    found = sorted((at, order[kind], subject, kind) for at, kind, subject in db.execute(THERE).fetchall())
    for _, _, subject, kind in found:
        it = known[kind]
        row = f"{it.table}."
        db.execute(appended(it, row, f"CROSS JOIN {it.table} WHERE {row}{it.id} = ?"), [subject])
