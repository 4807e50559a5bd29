"""How does a backup take the database's place, while the bot runs, and bring nothing back that was forgotten since?

Everything is done to a draft beside the database first: unlocked, checked, brought up to date, made to forget and
hold what was forgotten and held later, put on record, written anew. What is there now is set aside as a backup. Then
the draft takes its place in one transaction: broken off anywhere, the database is as it was, or as it is to be.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from bot.backing_up import DRAFT, Rules, alone, make
from bot.core.deeds import Deed, DeedKind, Gone, together
from bot.core.errors import BadInput, Refused, StoreBusy
from bot.core.ledger import DEED, RESTORE, Later, Line, backup_of, later_than
from bot.keys import secret
from bot.keys.bundle import unlock_into
from bot.store import as_in_present, chain, forgetting_again, ledger, numbers, open_database
from bot.store.connection import translated
from bot.store.copying import Copied, as_one_file, ends, is_open, is_readable, look, replace
from bot.store.guards import lifted
from bot.store.keeping import stamp
from bot.store.transaction import at_once

UNKNOWN = 100_000  # cases that may have come since the last that is known of, where the database is lost
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: which backup, what was set aside, what was forgotten again, and whether that could be known."""

    sha256: str
    aside: Path | None
    gone: Gone
    is_known: bool
    was_open: bool  # in another program

    @property
    def forgotten(self) -> int:
        """How many rows lost something."""
        return len({(kind, row) for each in (self.gone.words, self.gone.rows) for kind in each for row in each[kind]})


def restore(file: Path, rules: Rules, identity: str | None, by: str, reason: str, now: datetime, *,
            force: bool = False) -> Restored:  # fmt: skip
    """Put a backup in the database's place. Refused where it is not this database's, unless `force`."""
    database = rules.database
    if not database.parent.is_dir():
        raise BadInput(f"{database}: its folder does not exist; make it first")
    if file.resolve() == database.resolve():
        raise BadInput(f"{file} is the database itself; name a backup")
    with translated(database), alone(rules):
        folder = database.with_name(f"{DRAFT}{os.getpid()}-restore")
        folder.mkdir(mode=0o700)
        try:
            return _restored(file, rules, identity, Deed(DeedKind.RESTORE, by, reason, now), folder, force)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _restored(file: Path, rules: Rules, identity: str | None, deed: Deed, folder: Path, force: bool) -> Restored:
    with file.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    draft, key = _unpacked(file, folder, identity)
    with _key_brought(key, rules.database):
        found = look(draft, rules.database)
        known = _known(file, rules.database, digest, found, force)
        gone = _follow(draft, rules.database, known, deed)
        as_one_file(draft)
        aside = _set_aside(rules, known, deed)
        replace(draft, rules.database)
    at = known.before or Copied(0, bytes(32), 0)
    line = Line(RESTORE, stamp(deed.at), at.seq, at.digest.hex(), covers=known.found.seq, flags=known.least)
    ledger.add(rules.database, line)
    return Restored(digest, aside, gone, _is_sure(known), known.is_open)


def identity_in(file: Path) -> str:
    """The text of an identity's file; BadInput where that is no text."""
    try:
        return file.read_text("ascii")
    except UnicodeDecodeError:
        raise BadInput(f"{file} holds no age identity: give the file that age-keygen wrote") from None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a backup: where its record ends, its line in the ledger, the deeds that it lacks.

    `before`: where the record of the database that is there now ends; None where none is there that can be read.
    """

    sha256: str
    found: Copied
    line: Line | None
    later: list[Later]
    before: Copied | None
    least: int  # the highest number of a case that was given out, as far as is known
    is_open: bool
    is_earlier: bool  # the record that is there now begins as the backup's does


def _known(file: Path, database: Path, sha256: str, found: Copied, force: bool) -> _Known:
    lines = ledger.read(database)
    line = backup_of(lines, sha256, found.digest.hex())
    before = _ends_now(database)
    is_earlier = _is_earlier(database, found, before)
    if not force and line is None and (lines or before) and not is_earlier:
        raise Refused(
            f"{file} is no backup of {database}, or one of before there was a record: what has been forgotten since is "
            "not known; say --force to restore it all the same"
        )
    later = [Later(each, None) for each in lines if each.what == DEED] if line is None else later_than(lines, line)
    least = max([found.flags, before.flags if before else 0, *(each.flags for each in lines)])
    return _Known(sha256, found, line, later, before, least, is_open(database), is_earlier)


def _is_sure(known: _Known) -> bool:
    """Whether it is known what was forgotten since: by the ledger, or by the record that is there now."""
    return known.line is not None or known.is_earlier


def _is_earlier(database: Path, found: Copied, before: Copied | None) -> bool:
    """Whether the record of a backup is the beginning of the one that is there now."""
    if before is None or found.seq == 0:
        return False
    with closing(open_database(database)) as db, translated(database):
        row = db.execute("SELECT digest FROM record WHERE seq = ?", [found.seq]).fetchone()
    return row is not None and bytes(row["digest"]) == found.digest


def _ends_now(database: Path) -> Copied | None:
    """Where the record of the database that is there ends; None where none is, or it cannot be read any more."""
    if not is_readable(database):
        return None
    with closing(open_database(database)) as db, translated(database):
        return ends(db)


def _unpacked(file: Path, folder: Path, identity: str | None) -> tuple[Path, Path | None]:
    """A draft to work on, and the secret where the backup holds it."""
    with file.open("rb") as opened:
        is_plain = opened.read(len(_SQLITE)) == _SQLITE
    if is_plain:
        draft = folder / "draft.db"
        shutil.copyfile(file, draft)
        draft.chmod(0o600)
        return draft, None
    if identity is None:
        raise BadInput(f"{file} is locked, or no backup: give the file with the identity that opens it with --identity")
    return unlock_into(file, folder, identity)


@contextmanager
def _key_brought(key: Path | None, database: Path) -> Iterator[None]:
    """The backup's secret beside the database, where it has none; taken away again if nothing comes of the restore."""
    place = secret.place_of(database)
    is_ours = key is not None and not place.exists()
    if key is not None and is_ours:
        os.link(key, place)
    try:
        yield
    except BaseException:
        if is_ours:
            place.unlink(missing_ok=True)
        raise


def _follow(draft: Path, database: Path, known: _Known, deed: Deed) -> Gone:
    """What was forgotten since goes from the draft, what is held is held in it, and all of it is on record there."""
    with closing(open_database(draft, copy_of=database)) as db, translated(draft), ExitStack() as beside:
        if known.before:
            beside.enter_context(as_in_present.beside(db, database))
        with at_once(db), lifted(db):
            gone = [as_in_present.follow(db)] if known.before else []
            gone.append(forgetting_again.again(db, known.later, database))
            both = together(gone)
            chain.note(db, replace_fields(deed, facts={**_facts(known), **both.facts()}))
            if known.before:
                as_in_present.hold(db, deed.at)
            else:
                forgetting_again.hold(db, known.later, deed)
                forgetting_again.sign_all_out(db)
            numbers.go_on_after(db, known.least + (0 if known.before else UNKNOWN))
            if known.is_open:
                numbers.note_gap(db, deed.at)
        return both


def _facts(known: _Known) -> dict[str, object]:
    return {
        "sha256": known.sha256,
        "back_to": {"seq": known.found.seq, "digest": known.found.digest.hex()},
        "before": known.before and {"seq": known.before.seq, "digest": known.before.digest.hex()},
    }


def _set_aside(rules: Rules, known: _Known, deed: Deed) -> Path | None:
    """What is there now: as a backup, or as it is where it cannot be read; None where there is nothing."""
    database = rules.database
    if known.before:
        return make(replace_fields(rules, keep=rules.keep + 1), deed.by, "before a restore", deed.at).file
    if not database.exists() or not database.stat().st_size:
        return None
    if known.is_open:
        raise StoreBusy(f"{database} cannot be read, and another program has it open; stop that first")
    aside = database.with_name(f"{database.name}.torn-{deed.at:%Y%m%dT%H%M%SZ}")
    for beside in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(database.with_name(database.name + beside), aside.with_name(aside.name + beside))
            aside.with_name(aside.name + beside).chmod(0o600)
    return aside
