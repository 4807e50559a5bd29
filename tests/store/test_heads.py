"""Is a head signed once for each state of the record, by whoever signs, and kept as it was signed?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.keys.signing import Signer, is_signed
from bot.store import open_database
from bot.store.heads import heads, latest, sign_head
from bot.store.keeping import keep
from tests.builders import FLAGGED, NOW, flag, kept, post

PATH = "uppsikt.db"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / PATH)
    yield opened
    opened.close()


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer.of(tmp_path / PATH)


def test_an_empty_record_has_no_head(db: Database, signer: Signer) -> None:
    """There is nothing to sign before the first entry."""
    assert sign_head(db, signer.sign, signer.public, NOW) is None
    assert latest(db) is None


def test_a_head_is_of_the_newest_entry_and_signed(db: Database, signer: Signer) -> None:
    """Its number and digest are the newest entry's, and the signature is by the key that stands beside it."""
    keep(db, kept(flag(), flag(post(2, FLAGGED))))
    head = sign_head(db, signer.sign, signer.public, NOW)
    signed = latest(db)
    assert head is not None
    assert signed is not None
    assert signed.head == head
    newest = db.execute("SELECT seq, digest FROM record WHERE kind <> 'head' ORDER BY seq DESC").fetchone()
    assert (head.seq, head.digest) == (newest["seq"], bytes(newest["digest"]))
    assert is_signed(head.written(), signed.signature, signed.public)
    assert not is_signed(head.written() + b" ", signed.signature, signed.public)


def test_the_same_state_is_signed_once_and_the_next_anew(db: Database, signer: Signer) -> None:
    """Signing twice changes nothing; another entry, or another key, is another head."""
    keep(db, kept(flag()))
    assert sign_head(db, signer.sign, signer.public, NOW) is not None
    assert sign_head(db, signer.sign, signer.public, NOW + timedelta(days=1)) is None
    other = Signer(bytes(32))
    assert sign_head(db, other.sign, other.public, NOW) is not None
    keep(db, kept(flag(post(2, FLAGGED))))
    assert sign_head(db, signer.sign, signer.public, NOW) is not None
    assert [each.head.seq for each in heads(db)] == [4, 2, 1]


def test_what_was_signed_stays(db: Database, signer: Signer) -> None:
    """No head can be changed or removed."""
    keep(db, kept(flag()))
    sign_head(db, signer.sign, signer.public, NOW)
    for statement in ("UPDATE record_heads SET seq = 7", "DELETE FROM record_heads"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(statement)
