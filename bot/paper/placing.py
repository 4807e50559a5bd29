"""How does a file that people keep come to its place? Whole, for its owner alone, and never over another file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import BadInput


@contextmanager
def placed(path: Path, content: bytes) -> Iterator[None]:
    """Write a file beside its place, and put it there when the body has ended well; after an error nothing remains.

    So what the body puts on record is there before anybody can take the file. BadInput where there is such a file
    already, or no such folder; OSError where it cannot be written.
    """
    _free(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        _write(draft, content)
        yield
        _move(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _free(path: Path) -> None:
    if not path.parent.is_dir():
        raise BadInput(f"{path}: its folder does not exist; make it first")
    if path.exists() or path.is_symlink():
        raise BadInput(f"{path} exists already; name a new file, or move that one away")


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # all of it or nothing, and never over one that is there
    except FileExistsError:
        raise BadInput(f"{path} was made by somebody else meanwhile; name a new file") from None
    except OSError:  # a memory stick's file system knows no links
        _free(path)
        draft.replace(path)


def rewrite(path: Path, content: bytes) -> None:
    """Put new content in the place of a file of ours, in one step; OSError where it cannot be written."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        _write(draft, content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
