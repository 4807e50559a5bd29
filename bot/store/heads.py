"""How far had the record come, and who says so? A head is its newest entry's digest, signed: whoever keeps one can
tell later if anything before it was changed. That a head was signed is an entry of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.chain import Head
from bot.store.keeping import stamp
from bot.store.transaction import at_once

_TIP = """SELECT tip.seq, tip.digest, newest.kind FROM record_tip AS tip
    LEFT JOIN record AS newest ON newest.seq = tip.seq"""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with the signature (64 bytes) over `head.written()` and the public key (32 bytes) that it is to be checked
    with."""

    head: Head
    public: bytes
    signature: bytes


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
        SignedHead(
            Head(row["seq"], bytes.fromhex(row["digest"]), row["at"]),
            bytes.fromhex(row["public"]),
            bytes.fromhex(row["signature"]),
        )
        for row in rows
    ]
