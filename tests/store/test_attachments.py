"""Is what is known of attached files kept with what is flagged, and forgotten with its text?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.messages import File
from bot.core.retention import Retention
from bot.store import open_database
from bot.store.attachments import files_of
from bot.store.forgetting import forget
from bot.store.keeping import keep
from tests.builders import FLAGGED, NOW, bytes_beside, flag, kept, post

FILES = (File("planterad-bild.png", 12), File("brev \udc00.txt", 3, "ab" * 32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


def test_files_are_kept_once_and_in_order(db: Database) -> None:
    """Read a second time, a message has no more files; a broken name is kept as far as it can be."""
    for _ in range(2):
        keep(db, kept(flag(post(1, FLAGGED, files=FILES))))
    assert files_of(db, 1) == [FILES[0], File("brev ?.txt", 3, "ab" * 32)]


def test_files_go_with_the_text(db: Database, path: Path) -> None:
    """Not a byte of a file's name or digest stays once its message is forgotten; other messages keep theirs."""
    keep(db, kept(flag(post(1, FLAGGED, files=FILES), at=NOW - timedelta(days=4000))))
    keep(db, kept(flag(post(2, FLAGGED, files=(File("kvar.png", 1),)))))
    forget(db, Retention(180, 365), NOW)
    assert files_of(db, 1) == []
    assert files_of(db, 2) == [File("kvar.png", 1)]
    left = bytes_beside(path)
    assert b"planterad" not in left
    assert b"ab" * 32 not in left
