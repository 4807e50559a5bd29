"""What is a backup called, which are kept, and which hold something that has been forgotten since?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

PLAIN, LOCKED = ".db", ".tar.age"
_NAME = re.compile(r"uppsikt-(\d{8}T\d{6}Z)(?:-(\d+))?(\.db|\.tar\.age)")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A file of ours among others in a folder; the order is that of time."""

    made: datetime
    number: int  # of those made in one second
    suffix: str

    @property
    def name(self) -> str:
        more = f"-{self.number}" if self.number else ""
        return f"uppsikt-{self.made:%Y%m%dT%H%M%SZ}{more}{self.suffix}"

    @property
    def is_locked(self) -> bool:
        return self.suffix == LOCKED


def read_name(name: str) -> Backup | None:
    """What a file's name says; None where it is none of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        made = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    backup = Backup(made, int(found[2] or 0), found[3])
    return backup if backup.name == name else None


def among(names: Iterable[str]) -> list[Backup]:
    """Ours, the oldest first."""
    return sorted(found for name in names if (found := read_name(name)) is not None)


def next_name(now: datetime, suffix: str, taken: Collection[str]) -> str:
    """A name that nothing in the folder has."""
    made = now.astimezone(UTC).replace(microsecond=0)
    number = 0
    while (name := Backup(made, number, suffix).name) in taken or Backup(made, number, _other(suffix)).name in taken:
        number += 1
    return name


def too_many(names: Iterable[str], keep: int) -> list[str]:
    """Those to remove so that the newest `keep` stay."""
    return [each.name for each in among(names)[:-keep]]


def _other(suffix: str) -> str:
    return PLAIN if suffix == LOCKED else LOCKED
