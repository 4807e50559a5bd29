"""What has been forgotten since a backup was made? So that restoring it, or keeping it, brings nothing of it back.

The record says so too, but it is in the database, and a database is restored because it is lost. Beside it lies a file
with a line for each deed that made something go, each backup and each restore, in the order in which they came: kinds
and numbers of rows, never a name or a text. A line is written before its transaction ends: if it breaks off between,
something is named that is still there, and at most too much is forgotten.

Restoring begins another course of events, in which numbers of rows are given out anew; what a later line says of a row
holds for a backup of an earlier course only where the row was there before they parted (`until`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core.deeds import Gone

DEED, BACKUP, RESTORE = "deed", "backup", "restore"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened while the record's newest entry was `seq` (its digest in hex)."""

    what: str
    at: str
    seq: int
    digest: str
    kind: str = ""  # of a deed
    gone: Gone = field(default_factory=Gone)
    cases: tuple[int, ...] = ()  # that a hold or a restriction is about
    reports: tuple[int, ...] = ()  # of which nobody is to know who made them
    persons: tuple[str, ...] = ()  # keyed codes of ids that were erased
    name: str = ""  # of a backup's file
    folder: str = ""
    sha256: str = ""
    covers: int = 0  # of a backup: deeds below this entry are in it already; of a restore: the entry it went back to
    flags: int = 0  # the highest number of a case that was given out

    @property
    def makes_go(self) -> bool:
        """Whether something is gone since, and not only held."""
        return any(self.gone.facts().values()) or bool(self.reports or self.persons)

    def written(self) -> str:
        """The line, without an end."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "gone"}
        return json.dumps({**{key: value for key, value in plain.items() if value}, **self.gone.facts()})


def read_line(written: str) -> Line | None:
    """None for what is no whole line: it broke off while it was written, and so did what it was about."""
    try:
        raw = json.loads(written)
        gone = Gone(raw.pop("words", {}), raw.pop("rows", {}))
        known = {key: value for key, value in raw.items() if key in Line.__dataclass_fields__}
        lists = {key: tuple(known[key]) for key in ("cases", "reports", "persons") if key in known}
        return Line(**{"seq": 0, "digest": "", **known, **lists, "gone": gone})
    except (ValueError, TypeError, AttributeError):
        return None


@dataclass(frozen=True, slots=True)
class Later:
    """A deed that a backup does not hold. `until`: it is about rows whose first entry is at most this; None: all."""

    line: Line
    until: int | None


def later_than(lines: Sequence[Line], backup: Line) -> list[Later]:
    """The deeds after a backup that is among the lines."""
    place = lines.index(backup)
    begins = max((n for n in range(place) if lines[n].what == RESTORE), default=-1) + 1
    until: int | None = None
    found = []
    for n in range(begins, len(lines)):
        line = lines[n]
        if line.what == RESTORE and n > place:
            until = line.covers if until is None else min(until, line.covers)
        elif line.what == DEED and (until is not None or line.seq >= backup.covers):
            found.append(Later(line, until))
    return found


def backup_named(lines: Iterable[Line], name: str, folder: str) -> Line | None:
    """The newest line about a file of that name in a folder."""
    return _last(line for line in lines if line.what == BACKUP and (line.name, line.folder) == (name, folder))


def backup_of(lines: Iterable[Line], sha256: str, digest: str) -> Line | None:
    """The newest line about a file with that content, or made at that end of the record."""
    backups = [line for line in lines if line.what == BACKUP]
    whole = _last(line for line in backups if line.sha256 == sha256)
    return whole or _last(line for line in backups if line.digest == digest)


def _last(lines: Iterable[Line]) -> Line | None:
    found = list(lines)
    return found[-1] if found else None
