"""Which messages show which flag, and which of them are behind what was saved?

A trigger moves `due` with the flag's version, whoever changed it; `shown` moves when the message was brought up to
date. So a card that could not be updated is known to be behind, also after a restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from bot.core.cases import Card, CardKind, Told
from bot.store.keeping import stamp


def announced(db: Database, told: Told, at: datetime) -> None:
    """Note that the moderators were told, and by which cards."""
    with db.atomic():
        for flag in told.flags:
            db.execute("UPDATE flags SET announced_at = ? WHERE id = ?", [stamp(at), flag])
        for card in told.cards:
            shown(db, card)


def shown(db: Database, card: Card) -> None:
    """Note which version a card shows; a card that was not known is known from then on."""
    db.execute(
        """INSERT INTO cards (flag_id, channel_id, message_id, shown, kind, due)
        SELECT id, ?, ?, ?, ?, version FROM flags WHERE id = ?
        ON CONFLICT (flag_id, message_id) DO UPDATE SET shown = excluded.shown""",
        [card.channel, card.message, card.version, str(card.kind), card.flag],
    )


def gone(db: Database, card: Card) -> None:
    """Forget a card whose message is gone."""
    db.execute("DELETE FROM cards WHERE flag_id = ? AND message_id = ?", [card.flag, card.message])


def of_flag(db: Database, flag: int) -> list[Card]:
    """The cards of a flag."""
    return [_card(row) for row in db.execute("SELECT * FROM cards WHERE flag_id = ? ORDER BY id", [flag]).fetchall()]


def behind(db: Database, after: int, limit: int) -> list[Card]:
    """Cards that show less than what was saved, by their ids from `after` on."""
    rows = db.execute("SELECT * FROM cards WHERE shown < due AND id > ? ORDER BY id LIMIT ?", [after, limit])
    return [_card(row) for row in rows.fetchall()]


def _card(row: Mapping[str, object]) -> Card:
    return Card(
        int(str(row["flag_id"])),
        str(row["channel_id"]),
        str(row["message_id"]),
        int(str(row["shown"])),
        int(str(row["id"])),
        CardKind(str(row["kind"])),
    )
