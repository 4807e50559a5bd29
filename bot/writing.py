"""How does a file come to be there, whole or not at all? Written beside its place, then moved there in one step.

It is private to its owner, and never takes the place of a file that is there.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import BadInput, StoreError, StoreFull, StoreReadOnly

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def free(out: Path) -> None:
    """BadInput where a file cannot be made at this place."""
    if out.exists() or out.is_symlink():
        raise BadInput(f"{out} exists already; name a new file")
    if not out.parent.is_dir():
        raise BadInput(f"{out}: its folder does not exist; make it first")


@contextmanager
def draft(out: Path, content: bytes) -> Iterator[Path]:
    """The content on the disk beside its place, for `place`; nothing of it stays once this is left."""
    free(out)
    beside = out.with_name(f".{out.name[:100]}.{secrets.token_hex(8)}")
    try:
        with _told(out), os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def place(beside: Path, out: Path) -> None:
    """Move a draft to its place; BadInput where another file has come there meanwhile."""
    with _told(out):
        try:
            os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # of two writers, one has it
        except FileExistsError:
            raise BadInput(f"{out} exists already; name a new file") from None
        beside.replace(out)
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """The system's errors as ours, with the name of the file that was wanted."""
    try:
        yield
    except PermissionError as problem:
        raise StoreReadOnly(f"{out} cannot be written; check who owns its folder") from problem
    except OSError as problem:
        if problem.errno in _FULL:
            raise StoreFull(f"{out}: no room on the disk; make room. Nothing was written") from problem
        raise StoreError(f"{out}: {problem.strerror}. Nothing was written") from problem
