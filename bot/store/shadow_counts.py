"""How do a candidate's counts reach the file? Within the batch's transaction, for as long as its shadow runs."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from bot.core.tuning.shadow import Beside


def add(db: Database, beside: Beside) -> None:
    """Add to what was counted in that channel and hour; what comes after the shadow was stopped counts no more."""
    db.execute(
        """INSERT INTO shadow_counts (shadow_id, channel_id, hour, read, live, candidate, common, skipped, seconds)
        SELECT id, ?, ?, ?, ?, ?, ?, ?, ? FROM shadows WHERE id = ? AND ended_at IS NULL
        ON CONFLICT DO UPDATE SET read = read + excluded.read, live = live + excluded.live,
        candidate = candidate + excluded.candidate, common = common + excluded.common,
        skipped = skipped + excluded.skipped, seconds = seconds + excluded.seconds""",
        [
            beside.channel,
            beside.hour.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z"),
            beside.read,
            beside.live,
            beside.candidate,
            beside.common,
            beside.skipped,
            beside.seconds,
            beside.shadow,
        ],
    )


def of(db: Database, shadow: int) -> list[Beside]:
    """All that was counted, by hour."""
    rows = db.execute("SELECT * FROM shadow_counts WHERE shadow_id = ? ORDER BY hour, channel_id", [shadow])
    return [
        Beside(
            shadow,
            row["channel_id"],
            datetime.fromisoformat(row["hour"]),
            *(row[name] for name in ("read", "live", "candidate", "common", "skipped", "seconds")),
        )
        for row in rows.fetchall()
    ]
