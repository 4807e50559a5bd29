"""Who looks through the record, and who signs how far it has come?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.core.anchors import Anchor
from bot.core.errors import BadInput
from bot.core.verification import Verified
from bot.keys.signing import Signer, is_signed
from bot.store.connection import existing
from bot.store.heads import latest, sign_head
from bot.store.verifying import verify


def verified(db: Path, anchors: Sequence[Anchor] = ()) -> Verified:
    """What is found in the record; BadInput where an anchor is not what somebody signed."""
    for anchor in anchors:
        if not is_signed(anchor.head.written(), anchor.signature, anchor.public):
            raise BadInput(f"the anchor of entry {anchor.head.seq} is not as it was signed; copy it again, whole")
    return verify(db, [anchor.head for anchor in anchors])


def anchored(db: Path, at: datetime) -> Anchor | None:
    """The head of the record as it is now, signed; None where nothing is on record yet."""
    with existing(db) as database:
        signer = Signer.of(db)
        sign_head(database, signer.sign, signer.public, at)
        last = latest(database)
        return None if last is None else Anchor(last.head, last.public, last.signature)
