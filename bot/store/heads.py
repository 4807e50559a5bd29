"""How far had the record come, and who says so? A head is its newest entry's digest, signed: whoever keeps one can
tell later if anything before it was changed. That a head was signed is an entry of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from bot.core.chain import Head
from bot.core.heads import SignedHead
from bot.store.keeping import stamp
from bot.store.transaction import at_once

_TIP = """SELECT tip.seq, tip.digest, newest.kind FROM record_tip AS tip
    LEFT JOIN record AS newest ON newest.seq = tip.seq"""


def sign_head(db: Database, signer: Callable[[bytes], bytes], public: bytes, at: datetime) -> Head | None:
    """Sign the newest entry; None where there is no entry, or where nothing came since this key signed last."""
    with at_once(db):
        tip = db.execute(_TIP).fetchone()
        last = latest(db)
        if not tip["seq"] or (tip["kind"] == "head" and last is not None and last.public == public):
            return None
        head = Head(tip["seq"], bytes(tip["digest"]), stamp(at))
        db.execute(
            "INSERT INTO record_heads (seq, digest, at, public, signature) VALUES (?, ?, ?, ?, ?)",
            [head.seq, head.digest.hex(), head.at, public.hex(), signer(head.written()).hex()],
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
        [None if public is None else public.hex(), count],
    ).fetchall()
    return [
        SignedHead(
            Head(row["seq"], bytes.fromhex(row["digest"]), row["at"]),
            bytes.fromhex(row["public"]),
            bytes.fromhex(row["signature"]),
        )
        for row in rows
    ]
