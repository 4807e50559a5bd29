"""How far had the record come, and who says so? A head is its newest entry's digest, signed: whoever keeps one can
tell later if anything before it was changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from bot.core.chain import Head
from bot.core.heads import SignedHead
from bot.store.keeping import stamp
from bot.store.transaction import at_once


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


def latest(db: Database, public: bytes | None = None) -> SignedHead | None:
    """The head that was signed last, by this key where one is named; None where none was."""
    rows = heads(db, 1, public)
    return rows[0] if rows else None


def heads(db: Database, count: int = -1, public: bytes | None = None) -> list[SignedHead]:
    """So many heads, all for a negative number, by one key or by any, the newest first."""
    rows = db.execute(
        """SELECT seq, digest, at, public, signature FROM record_heads WHERE coalesce(public = ?, true)
        ORDER BY id DESC LIMIT ?""",
        [public, count],
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
