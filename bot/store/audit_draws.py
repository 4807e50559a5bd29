"""Which of a batch's unflagged messages are drawn, and how many were there? In the transaction that saves the batch.

The odds are halved by what was drawn of the day so far, which only the database knows for sure. A message is counted
and drawn once: what lies behind its channel's mark was read before, and gets no second chance.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from sqlite_utils import Database

from bot.core.flags import Flag
from bot.core.ports import Kept
from bot.core.tuning.audit import LetThrough, halved

Insert = Callable[[Flag], bool]  # saves a flag; False where it was there


class Draws:
    """The draws of one batch, in the order of its messages; made before the batch moves any mark."""

    def __init__(self, db: Database, kept: Kept, insert: Insert) -> None:
        self._db = db
        self._insert = insert
        self._marks: dict[str, int] = {}
        self._drawn: dict[str, int] = {}  # by day
        self._counted: dict[tuple[str, str, str, float], list[int]] = {}  # let through and drawn
        for channel in {each.channel for each in kept.changes if isinstance(each, LetThrough)}:
            row = db.execute("SELECT mark FROM channels WHERE id = ?", [channel]).fetchone()
            self._marks[channel] = 0 if row is None else row["mark"]

    def take(self, message: LetThrough) -> None:
        """Count a message that was let through, and draw it if its dice say so."""
        if int(message.message) <= self._marks[message.channel]:
            return
        self._marks[message.channel] = int(message.message)
        hour = message.at.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
        odds = halved(message.odds, self._drawn_on(hour[:10]), message.per_day)
        is_drawn = message.flag is not None and message.dice < odds and self._draw(message.flag, message.stratum, odds)
        self._drawn[hour[:10]] += is_drawn
        counted = self._counted.setdefault((hour, message.channel, message.stratum, odds), [0, 0])
        counted[0] += 1
        counted[1] += is_drawn

    def count(self) -> None:
        """Add what was taken to the counts, once for each kind: a batch has few kinds and many messages."""
        self._db.conn.executemany(
            """INSERT INTO audit_counts (hour, channel_id, stratum, odds, let_through, drawn) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET let_through = let_through + excluded.let_through,
            drawn = drawn + excluded.drawn""",
            [(*kind, *counts) for kind, counts in self._counted.items()],
        )

    def _drawn_on(self, day: str) -> int:
        if day not in self._drawn:
            query = "SELECT coalesce(sum(drawn), 0) FROM audit_counts WHERE hour >= ? AND hour < ?"
            self._drawn[day] = int(self._db.execute(query, [f"{day}T", f"{day}U"]).fetchone()[0])
        return self._drawn[day]

    def _draw(self, flag: Flag, stratum: str, odds: float) -> bool:
        """Save it; a case that members' reports alone have made of it meanwhile was let through too, and is drawn."""
        is_new, post = self._insert(flag), flag.message
        drawn = self._db.execute(
            """INSERT OR IGNORE INTO audits (flag_id, stratum, odds, drawn_at)
            SELECT id, ?, ?, ? FROM flags WHERE message_id = ? AND kind = ? AND revision = ? AND (? OR NOT EXISTS (
                SELECT 1 FROM json_each(reasons) WHERE value ->> 'rule' <> 'report'
            ))""",
            [
                stratum,
                odds,
                flag.flagged_at.astimezone(UTC).isoformat(timespec="milliseconds"),
                post.id,
                str(post.kind),
                post.revision,
                is_new,
            ],
        )
        return drawn.rowcount > 0
