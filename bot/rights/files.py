"""How do documents reach the disk? Whole, for their owner's eyes alone, and never over something that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import BadInput


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A place beside `target`, which it takes at the end; after an error nothing does. BadInput where one is there."""
    _free(target)
    with _beside(target) as folder:
        place = folder / target.name
        yield place
        _move(place, target)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target`, as `new_file`."""
    _free(target)
    with _beside(target) as folder:
        place = folder / target.name
        place.mkdir(mode=0o700)
        yield place
        _move(place, target)


def write(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, and wait until the disk has them."""
    for path, content in files.items():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _free(target: Path) -> None:
    if os.path.lexists(target):
        raise BadInput(f"{target} exists already; name a new one with --out")
    if not target.parent.is_dir():
        raise BadInput(f"{target}: its folder does not exist; make it first")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".uppsikt-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _move(place: Path, target: Path) -> None:
    _free(target)  # somebody may have put something there meanwhile
    place.rename(target)
