"""How is a backup made? A copy of one moment, checked, locked where a key is given, and only then given its name.

A backup is in its folder whole, with its name, or not at all. Without a key it is a database that any tool reads, and
the secret is not in it: with both, whoever has a backup could write another record. With a key it holds the secret too,
so that it alone is enough to begin again on another machine.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from bot.config import Settings
from bot.core.backups import LOCKED, PLAIN, next_name, too_many
from bot.core.deeds import Deed, DeedKind
from bot.core.errors import BadInput, StoreBusy, StoreFull
from bot.core.ledger import BACKUP, Line
from bot.keys import secret
from bot.keys.bundle import DATABASE, SECRET, lock_up
from bot.keys.locking import check_recipients
from bot.store import chain, ledger, open_database
from bot.store.connection import translated
from bot.store.copying import Copied, copy, flush, remove
from bot.store.keeping import stamp
from bot.store.transaction import at_once

DRAFT = ".uppsikt-draft-"  # what a backup is called until it is whole
_ROOM = 1.02  # of a database's size, that must be free


@dataclass(frozen=True, slots=True)
class Rules:
    """Where backups of a database lie, to which age keys they are locked, and how many are kept."""

    database: Path
    folder: Path
    recipients: Sequence[str] = ()
    keep: int = 7
    locked_days: int = 0


def folder_of(settings: Settings, database: Path) -> Path:
    """Where backups of a database lie; a relative path counts from the configuration's folder."""
    named = settings.backup.folder
    return settings.folder / named if named else database.parent / "backups"


def rules_of(
    settings: Settings, database: Path, folder: Path | None = None, recipients: Sequence[str] = (),
    keep: int | None = None, locked_days: int | None = None,
) -> Rules:  # fmt: skip
    """The configuration's rules, where the caller has none of its own."""
    mine = settings.backup
    to = recipients or mine.recipients
    days = mine.locked_days if locked_days is None else locked_days
    return Rules(database, folder or folder_of(settings, database), tuple(to), keep or mine.keep, days)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is there: its file, its bytes, their SHA-256, and how long the record was."""

    file: Path
    size: int
    sha256: str
    seq: int


def back_up(rules: Rules, by: str, reason: str, now: datetime) -> Made:
    """Make one, put it on record, and remove what is more than is kept; nothing half-made stays where that fails."""
    check_recipients(rules.recipients)
    with translated(rules.folder), alone(rules):
        return make(rules, by, reason, now)


def make(rules: Rules, by: str, reason: str, now: datetime) -> Made:
    """As `back_up`, for whoever has the folder alone already."""
    draft = _draft(rules)
    try:
        copied, size = _copied(rules, draft)
        name = next_name(now, LOCKED if rules.recipients else PLAIN, names_in(rules.folder))
        with draft.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        made = Made(rules.folder / name, size, digest, copied.seq)
        _put_in_place(rules, draft, made, copied, Deed(DeedKind.BACKUP, by, reason, now, _facts(made, copied)))
    finally:
        remove(draft)
    for name in too_many(ours(rules), rules.keep):
        (rules.folder / name).unlink()
    return made


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [each.name for each in folder.iterdir()]


def ours(rules: Rules) -> list[str]:
    """The backups of this database that lie in the folder, as its ledger knows them: others' may lie there too."""
    known = {line.name for line in ledger.read(rules.database) if line.folder == str(rules.folder.absolute())}
    return [name for name in names_in(rules.folder) if name in known]


@contextmanager
def alone(rules: Rules) -> Iterator[None]:
    """With the folder there, private, to ourselves, and without what an earlier run left half-made."""
    if not rules.folder.parent.is_dir():
        raise BadInput(f"{rules.folder}: its parent folder does not exist; make it first, or name another with --to")
    rules.folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(rules.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusy(f"{rules.folder}: another backup is being made there; try again when it is done") from None
        for place in {rules.folder, rules.database.parent}:
            for left in place.glob(f"{DRAFT}*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


def note_backup(rules: Rules, made: Made, copied: Copied, covers: int, now: datetime) -> None:
    """Remember in the ledger what a file holds: `covers`, every deed below that entry of the record."""
    ledger.add(
        rules.database,
        Line(
            BACKUP,
            stamp(now),
            copied.seq,
            copied.digest.hex(),
            name=made.file.name,
            folder=str(made.file.parent.absolute()),
            sha256=made.sha256,
            covers=covers,
            flags=copied.flags,
        ),
    )


def _draft(rules: Rules) -> Path:
    return rules.folder / f"{DRAFT}{os.getpid()}"


def _copied(rules: Rules, draft: Path) -> tuple[Copied, int]:
    """The draft of a backup, locked where it is to be, on the disk; its bytes.

    What is not locked yet lies beside the database, and never in a folder that may be on another machine.
    """
    if not rules.recipients:
        _room(rules.database, draft.parent)
        copied = copy(rules.database, draft)
        flush(draft)
        return copied, draft.stat().st_size
    _room(rules.database, rules.database.parent)
    _room(rules.database, draft.parent)
    plain = rules.database.with_name(f"{DRAFT}{os.getpid()}-plain")
    try:
        copied = copy(rules.database, plain)
        kept = secret.place_of(rules.database)
        members = [(DATABASE, plain), *([(SECRET, kept)] if kept.exists() else [])]
        lock_up(members, draft, rules.recipients)
    finally:
        remove(plain)
    return copied, draft.stat().st_size


def _room(database: Path, folder: Path) -> None:
    """Said beforehand where it can be known; the copy itself fails as clearly."""
    if not database.exists():
        return
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < database.stat().st_size * _ROOM:
        raise StoreFull(f"{folder}: the disk has no room for a backup of {database.stat().st_size:,} bytes; make room")


def _facts(made: Made, copied: Copied) -> dict[str, object]:
    return {
        "sha256": made.sha256,
        "size": made.size,
        "seq": copied.seq,
        "digest": copied.digest.hex(),
        "locked": made.file.name.endswith(LOCKED),
    }


def _put_in_place(rules: Rules, draft: Path, made: Made, copied: Copied, deed: Deed) -> None:
    """Named and on record, or neither."""
    with closing(open_database(rules.database, create=False)) as db, translated(rules.database):
        try:
            with at_once(db):
                chain.note(db, deed)
                note_backup(rules, made, copied, copied.seq, deed.at)  # first: no file of ours is unknown to it
                draft.rename(made.file)
                ledger.on_disk(rules.folder)
        except BaseException:
            with suppress(FileNotFoundError):
                made.file.unlink()
            raise
