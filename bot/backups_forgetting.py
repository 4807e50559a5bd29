"""What of the bot's own backups, when something has been forgotten? Nothing of it stays in them either.

A backup that anybody can read is written anew, without what has gone. One that is locked cannot be, since the key that
opens it is not here: it is removed once there is a fresh one, at once, or after as many days as `locked_days` says.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from bot.backing_up import DRAFT, Made, Rules, alone, make, names_in, note_backup, ours
from bot.core.backups import Backup, among
from bot.core.deeds import MACHINE, Deed, DeedKind
from bot.core.ledger import BACKUP, Line, backup_named, later_than
from bot.store import as_in_present, chain, ledger, open_database
from bot.store.connection import translated
from bot.store.copying import Copied, as_one_file, ends, flush, is_readable, remove
from bot.store.guards import lifted
from bot.store.transaction import at_once

REASON = "forgotten since the backup was made"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many backups were written anew, and how many removed."""

    rewritten: int = 0
    removed: int = 0


def after_forgetting(rules: Rules, now: datetime) -> Reached:
    """Let every backup of this database forget what it has forgotten; call it when its own bytes are gone.

    Also in folders where a backup was once put with --to, as long as they are there.
    """
    if not rules.database.exists():
        return Reached()
    found = Reached()
    for folder in folders(rules):
        here = replace(rules, folder=folder)
        with translated(folder), alone(here):
            found = _add(found, _in_folder(here, now))
    return found


def folders(rules: Rules) -> list[Path]:
    """Where there are backups of the database."""
    known = {Path(line.folder) for line in ledger.read(rules.database) if line.what == BACKUP and line.folder}
    there = (each for each in known | {rules.folder.absolute()} if each.is_dir())
    return sorted(each for each in there if among(names_in(each)))


def _in_folder(rules: Rules, now: datetime) -> Reached:
    reached = Reached()
    for each in among(names_in(rules.folder)):
        if not each.is_locked:
            reached = _add(reached, _plain(rules, each, now))
    due = [each for each in among(ours(rules)) if each.is_locked and _is_due(rules, each, now)]
    if due and rules.recipients:
        make(rules, MACHINE, "in place of those that hold what was forgotten since", now)
    for each in due:
        (rules.folder / each.name).unlink(missing_ok=True)  # the fresh one may have been one too many
    return _add(reached, Reached(removed=len(due)))


def _gone_since(rules: Rules, backup: Backup) -> list[Line] | None:
    """The deeds that made something go that a backup may hold; None where the ledger does not know it."""
    lines = ledger.read(rules.database)
    line = backup_named(lines, backup.name, str(rules.folder.absolute()))
    return None if line is None else [each.line for each in later_than(lines, line) if each.line.makes_go]


def _is_due(rules: Rules, backup: Backup, now: datetime) -> bool:
    """Whether something that a locked one holds was forgotten so long ago."""
    before = now - timedelta(days=rules.locked_days)
    return any(datetime.fromisoformat(each.at) <= before for each in _gone_since(rules, backup) or ())


def _plain(rules: Rules, backup: Backup, now: datetime) -> Reached:
    """Write one anew where it holds what has gone; one of ours that is torn is removed: nobody knows what it holds."""
    gone = _gone_since(rules, backup)
    if gone == []:
        return Reached()
    file = rules.folder / backup.name
    draft = rules.folder / f"{DRAFT}{os.getpid()}"
    shutil.copyfile(file, draft)
    draft.chmod(0o600)
    try:
        if gone is not None and not is_readable(draft):
            file.unlink()
            return Reached(removed=1)
        covers = _followed(draft, rules.database, now, is_known=gone is not None)
        if covers is None:
            return Reached()
        copied = as_one_file(draft)
        flush(draft)
        _replace(rules, draft, file, copied, covers, now)
    finally:
        remove(draft)
    return Reached(rewritten=1)


def _followed(draft: Path, database: Path, now: datetime, *, is_known: bool) -> int | None:
    """Let a copy forget; up to which entry of the record it has followed, None where there was nothing to forget."""
    with closing(open_database(draft, copy_of=database)) as db, translated(draft):
        with as_in_present.beside(db, database):
            if not is_known and not as_in_present.is_behind(db):
                return None
            covers = ends(db, "present").seq
            with at_once(db), lifted(db):
                gone = as_in_present.follow(db)
                chain.note(db, Deed(DeedKind.FORGETTING, MACHINE, REASON, now, gone.facts()))
        return covers


def _replace(rules: Rules, draft: Path, file: Path, copied: Copied, covers: int, now: datetime) -> None:
    with draft.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    made = Made(file, draft.stat().st_size, digest, copied.seq)
    draft.replace(file)
    ledger.on_disk(file.parent)
    note_backup(rules, made, copied, covers, now)  # last: until then the next run does it again


def _add(one: Reached, other: Reached) -> Reached:
    return Reached(one.rewritten + other.rewritten, one.removed + other.removed)
