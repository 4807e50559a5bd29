"""How is an entry appended, and how do keys go with what they seal?

Triggers append (schema_record.py); what they cannot work out themselves is a function of the connection: SQLite has no
SHA-256, and the secret is not in the database.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from bot.core.chain import KEY_BYTES, Value, link, over, seal
from bot.core.deeds import Deed, Gone
from bot.keys.secret import make_secret, part
from bot.store import ledger
from bot.store.keeping import stamp, storable

TIP = "tip"  # what the secret's part for the newest entry is called


def register(connection: sqlite3.Connection, path: Path) -> None:
    """Let this connection append: `uppsikt_entry`, which the triggers call. The secret is made with the first entry."""
    secret: list[bytes] = []

    def entry(seq: int, before: bytes, kind: str, subject: int, at: str, spoken: int, *values: Value) -> bytes:
        if not secret:
            secret.append(part(make_secret(path), TIP))
        keys = os.urandom(2 * KEY_BYTES)
        facts = seal(keys[:KEY_BYTES], values[spoken:])
        words = seal(keys[KEY_BYTES:], values[:spoken]) if spoken else bytes(32)
        digest = link(before, seq, kind, subject, at, facts, words if spoken else None)
        return keys + facts + words + digest + over(secret[0], seq, digest)

    connection.create_function("uppsikt_entry", -1, entry)


def forget_words(db: Database, kind: str, subjects: Iterable[int]) -> None:
    """What these rows' entries say of their words can never be known again; say so in a deed (`Gone`)."""
    _forget(db, kind, subjects, "words_key = NULL")


def forget_rows(db: Database, kind: str, subjects: Iterable[int]) -> None:
    """What these rows' entries say can never be known again, words and facts; say so in a deed (`Gone`)."""
    _forget(db, kind, subjects, "words_key = NULL, facts_key = NULL")


def gone(db: Database, what: Gone) -> None:
    """Keys go with what they sealed; call it in the transaction that removes it, with the deed that says so."""
    for kind, subjects in what.words.items():
        forget_words(db, kind, subjects)
    for kind, subjects in what.rows.items():
        forget_rows(db, kind, subjects)


def note(db: Database, deed: Deed, persons: tuple[str, ...] = ()) -> int:
    """Put a deed on record; its number. Part of whatever transaction is open.

    `persons`: ids of whom nothing is to be left. They stand nowhere; a restored backup is searched for them.
    """
    ledger.of_deed(db, deed, persons)
    cursor = db.execute(
        "INSERT INTO deeds (kind, by, reason, facts, at) VALUES (?, ?, ?, ?, ?)",
        [
            str(deed.kind),
            storable(deed.by.strip()),
            storable(deed.reason.strip()),
            json.dumps(dict(deed.facts), ensure_ascii=False),
            stamp(deed.at),
        ],
    )
    return int(cursor.lastrowid or 0)


def _forget(db: Database, kind: str, subjects: Iterable[int], keys: str) -> None:
    db.execute(
        f"UPDATE record SET {keys} WHERE kind = ? AND subject IN (SELECT value FROM json_each(?))",  # noqa: S608  # fixed
        [kind, json.dumps(list(subjects))],
    )
