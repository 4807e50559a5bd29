"""How far had the record come, and who says so? A head is its newest entry's digest, signed: whoever keeps one can
tell later if anything before it was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.chain import Head
from bot.store.keeping import stamp
from bot.store.transaction import at_once


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with the signature (64 bytes) over `head.written()` and the public key (32 bytes) that it is to be checked
    with."""

    head: Head
    public: bytes
    signature: bytes


def sign_head(db: Database, signer: Callable[[bytes], bytes], public: bytes, at: datetime) -> Head | None:
    """Sign the newest entry; None where there is no entry, or where this key has signed it already."""
    with at_once(db):
        tip = db.execute("SELECT seq, digest FROM record_tip").fetchone()
        head = Head(tip["seq"], bytes(tip["digest"]), stamp(at))
        if not head.seq or _is_signed(db, head, public):
            return None
        db.execute(
            "INSERT INTO record_heads (seq, digest, at, public, signature) VALUES (?, ?, ?, ?, ?)",
            [head.seq, head.digest, head.at, public, signer(head.written())],
        )
        return head


def latest(db: Database) -> SignedHead | None:
    """The head that was signed last, or None where none was."""
    rows = heads(db, 1)
    return rows[0] if rows else None


def heads(db: Database, count: int = -1) -> list[SignedHead]:
    """So many heads, all for a negative number, the newest first."""
    rows = db.execute(
        "SELECT seq, digest, at, public, signature FROM record_heads ORDER BY id DESC LIMIT ?", [count]
    ).fetchall()
    return [
        SignedHead(Head(row["seq"], bytes(row["digest"]), row["at"]), bytes(row["public"]), bytes(row["signature"]))
        for row in rows
    ]


def _is_signed(db: Database, head: Head, public: bytes) -> bool:
    return (
        db.execute(
            "SELECT 1 FROM record_heads WHERE seq = ? AND digest = ? AND public = ?", [head.seq, head.digest, public]
        ).fetchone()
        is not None
    )
