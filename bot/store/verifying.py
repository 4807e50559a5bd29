"""Is the record as it was written, and is everything as the record says? Reads it all once, and changes nothing.

Three things are looked at: that each entry follows from the one before it, up to an end that is where it was left; that
the newest entry of each row is of the row as it stands there, and each row has one; that what is gone was removed by a
deed that says so. It is read in one transaction: what a bot writes meanwhile is not seen.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.core.chain import GENESIS, Entry, Head, link, over
from bot.core.errors import BadInput, StoreError
from bot.core.verification import Finding, Verified, What
from bot.keys.secret import part, secret_of
from bot.keys.signing import is_signed
from bot.store.chain import TIP
from bot.store.connection import blank, translated
from bot.store.verifying_rows import rows

SLACK = timedelta(hours=1)  # so far two entries may be out of order: moments are taken before they are saved
DATED = {"flag", "decision", "deed", "head"}  # by our clock, as it was then; others tell when something happened
_ENTRIES = "SELECT seq, kind, subject, at, facts, words, digest FROM record ORDER BY seq"
_GUARDS = """SELECT type || ' ' || name, sql FROM sqlite_master
    WHERE type IN ('trigger', 'view') OR (name LIKE 'record%' AND sql IS NOT NULL)"""
_STATES = """SELECT flags.id FROM flags LEFT JOIN decisions AS last
    ON last.id = (SELECT max(id) FROM decisions WHERE flag_id = flags.id)
    WHERE flags.state IS NOT CASE last.step WHEN 'uphold' THEN 'upheld' WHEN 'dismiss' THEN 'dismissed'
    ELSE 'pending' END"""


@dataclass
class _Chain:
    """What reading the chain gives: its end, the digests that are asked for, and where its dates run backwards."""

    wanted: Collection[int]
    seq: int = 0
    digest: bytes = GENESIS
    digests: dict[int, bytes] = field(default_factory=dict)
    latest: str = ""
    backwards: int | None = None


@dataclass(frozen=True)
class _Signed:
    """A head as it stands there; what is no hex there, nobody signed."""

    id: int
    head: Head
    public: bytes
    signature: bytes

    @classmethod
    def of(cls, row: Sequence[Any]) -> _Signed:
        digest, public, signature = (_bytes(row[place]) for place in (2, 4, 5))
        return cls(row[0], Head(row[1], digest, str(row[3])), public, signature)

    def holds(self, read: _Chain) -> bool:
        """Whether its signature is, and the record is as long and ends as it says."""
        signed = is_signed(self.head.written(), self.signature, self.public)
        return signed and read.digests.get(self.head.seq) == self.head.digest


def _bytes(written: object) -> bytes:
    try:
        return bytes.fromhex(str(written))
    except ValueError:
        return b""


def verify(path: Path, anchors: Sequence[Head] = ()) -> Verified:
    """Look through the record of a database; StoreError or BadInput where it has none that can be read."""
    with translated(path):
        if not path.is_file():
            raise BadInput(f"{path}: there is no such database; check the path")
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={_mode(path)}", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            return _verified(Database(connection), path, anchors)
        finally:
            connection.close()


def _mode(path: Path) -> str:
    """Where it can be written to, SQLite takes away at the end what it keeps beside the file while it reads."""
    return "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"


def _verified(db: Database, path: Path, anchors: Sequence[Head]) -> Verified:
    guards = list(_guards(db, path))
    secret = secret_of(path)
    heads = list(map(_Signed.of, db.execute("SELECT id, seq, digest, at, public, signature FROM record_heads")))
    read = _Chain({each.head.seq for each in heads} | {anchor.seq for anchor in anchors})
    findings = [*guards, *_chain(db, read), *_tip(db, read, secret)]
    bad = [each for each in heads if not each.holds(read)]
    findings += [Finding(What.HEAD, each.head.seq, table="record_heads", row=each.id) for each in bad]
    findings += [Finding(What.ANCHOR, each.seq) for each in anchors if read.digests.get(each.seq) != each.digest]
    findings += rows(db)
    findings += [Finding(What.STATE, table="flags", row=row[0]) for row in db.execute(_STATES)]
    good = [each for each in heads if each not in bad]
    signers = list(dict.fromkeys(each.public for each in good))
    last = max((each.head.seq for each in good), default=None)
    return Verified(read.seq, findings, len(heads), last, signers, secret is not None, read.backwards)


@lru_cache(1)
def _ours() -> Mapping[str, str]:
    """What protects the record, as our migrations make it."""
    made = blank()
    try:
        return dict(map(tuple, made.execute(_GUARDS)))
    finally:
        made.close()


def _guards(db: Database, path: Path) -> Iterator[Finding]:
    """What protects the record is there as our migrations make it, and nothing besides."""
    there, ours = dict(map(tuple, db.execute(_GUARDS))), _ours()
    if "table record" not in there:
        raise StoreError(f"{path} has no record: it is of an earlier version, or of another program; "
                         "any other command of Uppsikt brings it up to date")  # fmt: skip
    for name in sorted(there.keys() | ours.keys()):
        if there.get(name) != ours.get(name):
            yield Finding(What.GUARD, name=name)


def _chain(db: Database, read: _Chain) -> Iterator[Finding]:
    """Each entry follows from the one before it; after one that does not, the rest is held against it as it stands."""
    for row in db.execute(_ENTRIES):
        seq, kind, subject, at, facts, words, digest = row
        if seq != read.seq + 1:
            yield Finding(What.GAP, read.seq + 1, seq - 1)
        elif digest != link(read.digest, seq, kind, subject, at, facts, words):
            yield Finding(What.ENTRY, seq)
        read.seq, read.digest = seq, digest
        if seq in read.wanted:
            read.digests[seq] = digest
        if kind in DATED and at > read.latest:
            read.latest = at
        elif kind in DATED and read.backwards is None and _is_long_before(at, read.latest):
            read.backwards = seq


def _is_long_before(at: str, latest: str) -> bool:
    try:
        return datetime.fromisoformat(at) < datetime.fromisoformat(latest) - SLACK
    except ValueError:
        return True


def _tip(db: Database, read: _Chain, secret: bytes | None) -> Iterator[Finding]:
    tips = [tuple(row) for row in db.execute("SELECT seq, digest, code FROM record_tip")]
    if len(tips) != 1:
        yield Finding(What.TIP, read.seq)
        return
    seq, digest, code = tips[0]
    if seq > read.seq:
        yield Finding(What.GAP, read.seq + 1, seq)
        return
    is_ours = secret is None or not seq or code == over(part(secret, TIP), seq, digest)
    if (seq, digest) != (read.seq, read.digest) or not is_ours:
        yield Finding(What.TIP, read.seq)


def entries_of(db: Database, kind: str, subject: int) -> list[Entry]:
    """The entries of one row, the oldest first."""
    rows = db.execute(
        "SELECT seq, kind, subject, at, facts, words, digest FROM record WHERE kind = ? AND subject = ? ORDER BY seq",
        [kind, subject],
    )
    return [Entry(*row) for row in rows]
