"""Is the record as it was written, and is everything as the record says? Reads it all once, and changes nothing.

Three things are looked at: that each entry follows from the one before it, up to an end that is where it was left; that
the newest entry of each row is of the row as it stands there, and each row has one; that what is gone was removed by a
deed that says so. It is read in one transaction: what a bot writes meanwhile is not seen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.chain import GENESIS, Entry, Head, link, over
from bot.core.errors import BadInput, StoreError
from bot.core.verification import Finding, Verified, What
from bot.keys.secret import part, secret_of
from bot.keys.signing import is_signed
from bot.store.chain import TIP
from bot.store.connection import blank, translated
from bot.store.verifying_rows import rows

SLACK = timedelta(hours=1)  # so far two entries may be out of order: moments are of what happened, not of its saving
_ENTRIES = "SELECT seq, kind, subject, at, facts, words, digest FROM record ORDER BY seq"
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


def verify(path: Path, anchors: Sequence[Head] = ()) -> Verified:
    """Look through the record of a database; StoreError or BadInput where it has none that can be read."""
    with translated(path):
        if not path.is_file():
            raise BadInput(f"{path}: there is no such database; check the path")
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("BEGIN")
            return _verified(Database(connection), path, anchors)
        finally:
            connection.close()


def _verified(db: Database, path: Path, anchors: Sequence[Head]) -> Verified:
    guards = list(_guards(db, path))
    secret = secret_of(path)
    heads = [(row[0], Head(row[1], bytes.fromhex(row[2]), row[3]), row[4], row[5]) for row in db.execute(
        "SELECT id, seq, digest, at, public, signature FROM record_heads ORDER BY id")]  # fmt: skip
    read = _Chain({head.seq for _, head, _, _ in heads} | {anchor.seq for anchor in anchors})
    findings = [*guards, *_chain(db, read), *_tip(db, read, secret)]
    signed = [_head(number, head, public, signature, read) for number, head, public, signature in heads]
    findings += [finding for finding in signed if finding is not None]
    findings += [Finding(What.ANCHOR, each.seq) for each in anchors if read.digests.get(each.seq) != each.digest]
    findings += rows(db)
    findings += [Finding(What.STATE, table="flags", row=row[0]) for row in db.execute(_STATES)]
    good = [head.seq for (_, head, _, _), finding in zip(heads, signed, strict=True) if finding is None]
    signers = list(dict.fromkeys(bytes.fromhex(public) for _, _, public, _ in heads))
    return Verified(read.seq, findings, len(heads), max(good, default=None), signers, secret is not None,
                    read.backwards)  # fmt: skip


def _guards(db: Database, path: Path) -> Iterator[Finding]:
    """What protects the record is there as our migrations make it, and nothing besides."""
    query = (
        "SELECT type || ' ' || name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR name LIKE 'record%'"
    )
    there = {name: sql for name, sql in db.execute(query) if not name.startswith("index sqlite_")}
    if "table record" not in there:
        raise StoreError(f"{path} has no record: it is of an earlier version, or of another program; "
                         "any other command of Uppsikt brings it up to date")  # fmt: skip
    made = blank()
    try:
        ours = {name: sql for name, sql in made.execute(query) if not name.startswith("index sqlite_")}
    finally:
        made.close()
    for name in sorted(there.keys() | ours.keys()):
        if there.get(name) != ours.get(name):
            yield Finding(What.GUARD, name=name)


def _chain(db: Database, read: _Chain) -> Iterator[Finding]:
    """Each entry follows from the one before it; after one that does not, what follows is held against it as it stands."""
    for row in db.execute(_ENTRIES):
        seq, kind, subject, at, facts, words, digest = row
        if seq != read.seq + 1:
            yield Finding(What.GAP, read.seq + 1, seq - 1)
        elif digest != link(read.digest, seq, kind, subject, at, facts, words):
            yield Finding(What.ENTRY, seq)
        read.seq, read.digest = seq, digest
        if seq in read.wanted:
            read.digests[seq] = digest
        if at > read.latest:
            read.latest = at
        elif read.backwards is None and _is_long_before(at, read.latest):
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


def _head(number: int, head: Head, public: str, signature: str, read: _Chain) -> Finding | None:
    signed = is_signed(head.written(), bytes.fromhex(signature), bytes.fromhex(public))
    holds = signed and read.digests.get(head.seq) == head.digest
    return None if holds else Finding(What.HEAD, head.seq, table="record_heads", row=number)


def entries_of(db: Database, kind: str, subject: int) -> list[Entry]:
    """The entries of one row, the oldest first."""
    rows = db.execute(
        "SELECT seq, kind, subject, at, facts, words, digest FROM record WHERE kind = ? AND subject = ? ORDER BY seq",
        [kind, subject],
    )
    return [Entry(*row) for row in rows]
