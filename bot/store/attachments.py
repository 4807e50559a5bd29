"""Which files hung on a message that was flagged? Their names, sizes and digests, for as long as its text is kept."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from bot.core.messages import File


def keep_files(db: Database, flag: int, files: Iterable[File]) -> None:
    """Part of the transaction that saves the flag."""
    for file in files:
        name = file.name.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be in the database
        db.execute(
            "INSERT INTO attachments (flag_id, name, size, sha256) VALUES (?, ?, ?, ?)",
            [flag, name, file.size, file.sha256],
        )


def files_of(db: Database, flag: int) -> list[File]:
    """In their order; none once they are forgotten."""
    rows = db.execute("SELECT name, size, sha256 FROM attachments WHERE flag_id = ? ORDER BY id", [flag]).fetchall()
    return [File(row["name"], row["size"], row["sha256"]) for row in rows]
