"""The port AnchorStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.core.anchors import Anchor
from bot.core.deeds import MACHINE, Deed, DeedKind
from bot.keys.signing import Signer
from bot.store.chain import note
from bot.store.heads import latest, sign_head
from bot.store.thread import SqliteStore


class SqliteAnchors:
    """The record's heads."""

    def __init__(self, store: SqliteStore, path: Path) -> None:
        self._store = store
        self._path = path

    async def signed(self, at: datetime) -> Anchor | None:
        return await self._store.do(lambda db: sign(db, self._path, at))

    async def last_posted(self) -> datetime | None:
        return await self._store.do(_last_posted)

    async def posted(self, anchor: Anchor, at: datetime) -> None:
        deed = Deed(DeedKind.ANCHOR, MACHINE, "", at, {"seq": anchor.head.seq, "digest": anchor.head.digest.hex()})
        await self._store.do(lambda db: note(db, deed))


def sign(db: Database, path: Path, at: datetime) -> Anchor | None:
    """The head of a record as it is now, signed with its database's key; None while nothing is on record."""
    signer = Signer.of(path)
    sign_head(db, signer.sign, signer.public, at)
    last = latest(db)
    return None if last is None else Anchor(last.head, last.public, last.signature)


def _last_posted(db: Database) -> datetime | None:
    row = db.execute("SELECT at FROM deeds WHERE kind = ? ORDER BY id DESC LIMIT 1", [str(DeedKind.ANCHOR)]).fetchone()
    return None if row is None else datetime.fromisoformat(row["at"])
