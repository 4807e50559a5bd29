"""Where is the database's secret? In a file of its own beside it, so that who has a copy of the one lacks the other.

32 random bytes, in hex; readable for its owner alone. From it come the key of the record's newest entry and the key
that signs heads and packages. It is made with the first thing that needs it, and is in no backup that is not locked.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.core.errors import StoreError, StoreReadOnly

BYTES = 32


def place_of(database: Path) -> Path:
    """The file of a database's secret."""
    return database.with_name(database.name + ".key")


def secret_of(database: Path) -> bytes | None:
    """The secret, or None where there is none; StoreError where the file holds something else."""
    place = place_of(database)
    try:
        written = place.read_text("ascii").strip()
        found = bytes.fromhex(written)
    except FileNotFoundError:
        return None
    except PermissionError as problem:
        raise StoreReadOnly(f"{place} cannot be read; check who owns it") from problem
    except (UnicodeDecodeError, ValueError, IsADirectoryError) as problem:
        raise _torn(place) from problem
    if len(found) != BYTES:
        raise _torn(place)
    return found


def make_secret(database: Path) -> bytes:
    """The secret, made where there is none; of two programs that make it at once, both have the same."""
    found = secret_of(database)
    if found is not None:
        return found
    place = place_of(database)
    draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another program was first: its secret is ours
            os.link(draft, place)  # all of it or nothing, and never over one that is there
    except PermissionError as problem:
        raise StoreReadOnly(f"{place} cannot be written; check who owns its folder") from problem
    finally:
        draft.unlink(missing_ok=True)
    made = secret_of(database)
    assert made is not None, "it was written, or another program's was"
    return made


def part(secret: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, 32 bytes."""
    return hmac.digest(secret, purpose.encode(), "sha256")


def _torn(place: Path) -> StoreError:
    return StoreError(f"{place} is no secret of ours: put the right file back, or move it away and a new one is made")
