"""What tests of backups do again and again: a town's database, forgetting in it, and looking at files' bytes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot.core.deeds import Deed, DeedKind, Gone
from bot.store import chain, open_database
from bot.store.keeping import keep
from bot.store.transaction import at_once
from bot.store.verifying import verify
from tests.builders import NOW, flag, kept, post


def mark(number: int) -> str:
    """A word that stands in the number-th flag's text alone."""
    return f"MARKE{number:05d}SLUT"


def flags(path: Path, *numbers: int) -> None:
    """Flags with a text and an author of their own."""
    with closing(open_database(path)) as db:
        keep(db, kept(*(flag(post(n, f"{mark(n)} och mer", author=f"member{n:05d}")) for n in numbers)))


def forget(path: Path, *numbers: int, wholly: bool = False, kind: DeedKind = DeedKind.FORGETTING) -> None:
    """Forget these flags' texts, and `wholly` whose they are, with the deed that says so."""
    gone = Gone({"flag": numbers}, {"flag": numbers} if wholly else {})
    with closing(open_database(path)) as db, at_once(db):
        chain.gone(db, gone)
        for number in numbers:
            db.execute("UPDATE flags SET text = NULL, spans = '[]' WHERE id = ?", [number])
            if wholly:
                db.execute("UPDATE flags SET author_id = '', message_id = 'erased-' || id WHERE id = ?", [number])
        chain.note(db, Deed(kind, "Maja", "because it is due", NOW, gone.facts()))


def texts(path: Path) -> dict[int, str | None]:
    """The flags' texts."""
    with closing(open_database(path)) as db:
        return {row["id"]: row["text"] for row in db.execute("SELECT id, text FROM flags ORDER BY id").fetchall()}


def deeds(path: Path) -> list[str]:
    """What was done, in order."""
    with closing(open_database(path)) as db:
        return [row["kind"] for row in db.execute("SELECT kind FROM deeds ORDER BY id").fetchall()]


def is_sound(path: Path) -> bool:
    """Whether it is a whole database, and its record too."""
    with closing(open_database(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    return verify(path).is_whole


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file in a folder and below."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def found_in(folder: Path, words: Sequence[str]) -> list[str]:
    """Which of the words stand in some file."""
    everything = bytes_of(folder)
    return [word for word in words if word.encode() in everything or word.encode("utf-16-le") in everything]
