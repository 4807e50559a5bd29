"""Who else can read what is ours? Each file with something personal or secret in it is to be its owner's alone."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.backing_up import folder_of
from bot.config import Settings
from bot.core.errors import Refused
from bot.keys import secret
from bot.store import ledger

log = logging.getLogger(__name__)

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Loose:
    """A file or folder that others can get at, and how that is mended."""

    path: Path
    is_secret: bool

    def __str__(self) -> str:
        mode = 700 if self.path.is_dir() else 600
        return f"{self.path} can be read or changed by others: chmod {mode} {self.path}"


def loose(settings: Settings, database: Path | None = None) -> list[Loose]:
    """All of ours that others can get at; the secret first."""
    path = database or settings.database
    found = [Loose(each, False) for each in _ours(settings, path) if _is_loose(each)]
    kept = secret.place_of(path)
    return [Loose(kept, True)] * _is_loose(kept) + found


def guard(settings: Settings, database: Path | None = None) -> None:
    """Refused where others can read the secret, since then anybody could write another record; else a warning each."""
    for each in loose(settings, database):
        if each.is_secret:
            raise Refused(f"{each}, and whoever could read it may have written to the record: look at who that was")
        log.warning("%s", each)


def _ours(settings: Settings, database: Path) -> Iterator[Path]:
    for end in ("", "-wal", "-shm"):
        yield database.with_name(database.name + end)
    yield ledger.place_of(database)
    folder = folder_of(settings, database)
    if folder.is_dir():
        yield folder
        if os.access(folder, os.R_OK | os.X_OK):
            yield from (each for each in sorted(folder.iterdir()) if not each.is_symlink())


def _is_loose(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS)
