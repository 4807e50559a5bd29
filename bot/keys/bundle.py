"""What is in a locked backup? A tar archive of the database and its secret, inside an age file.

It is read as it is locked: nothing of it is ever written without the lock.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator, Sequence
from io import RawIOBase
from pathlib import Path

from bot.core.errors import Refused
from bot.keys.locking import lock, unlock

CHUNK = 1 << 20
DATABASE, SECRET = "uppsikt.db", "uppsikt.db.key"


def lock_up(members: Sequence[tuple[str, Path]], out: Path, recipients: Sequence[str]) -> None:
    """Write a new file that only these keys' holders can read, with these files under these names."""
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        lock(_Chunks(_archive(members)), file, recipients)  # type: ignore[arg-type]  # readable is all that is asked
        file.flush()
        os.fsync(file.fileno())


def unlock_into(locked: Path, folder: Path, identity: str) -> tuple[Path, Path | None]:
    """The database and its secret, in an empty folder; Refused where they do not come out whole."""
    archive = folder / "unlocked.tar"
    with locked.open("rb") as source, archive.open("xb") as target:
        unlock(source, target, identity)
    try:
        with tarfile.open(archive) as opened:
            for name in (DATABASE, SECRET):
                if name in opened.getnames():
                    opened.extract(name, folder, filter="data")
    except tarfile.TarError as problem:
        raise Refused(f"{locked}: what is inside is no backup of ours") from problem
    archive.unlink()
    database, secret = folder / DATABASE, folder / SECRET
    if not database.is_file():
        raise Refused(f"{locked}: what is inside is no backup of ours")
    return database, secret if secret.is_file() else None


def _archive(members: Sequence[tuple[str, Path]]) -> Iterator[bytes]:
    """A tar archive, piece by piece."""
    for name, path in members:
        told = tarfile.TarInfo(name)
        told.size, told.mode = path.stat().st_size, 0o600
        yield told.tobuf(tarfile.PAX_FORMAT)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
        yield bytes(-told.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


class _Chunks(RawIOBase):
    """Pieces, read as a file is."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
