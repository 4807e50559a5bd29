"""How is a batch saved? Plain functions that run inside one transaction, all or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlite_utils import Database

from bot.core.flags import Flag
from bot.core.messages import Channel, Edited, Kind, Withdrawn, moment_of_revision
from bot.core.ports import Kept, Progress, Tally, Unseen
from bot.core.tuning.audit import LetThrough
from bot.core.urgency import urgency
from bot.store import shadow_counts
from bot.store.attachments import keep_files
from bot.store.audit_draws import Draws
from bot.store.scores import keep_scores, keep_spread


def stamp(moment: datetime) -> str:
    """A moment as the database writes it: ISO 8601, UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def keep(db: Database, kept: Kept) -> int:
    """Save a batch; how many flags were new."""
    with db.atomic():
        draws = Draws(db, kept, lambda flag: _flag(db, flag))
        for channel in kept.channels.values():
            _know(db, channel, kept.marks.get(channel.id, 0))
        new = 0
        for change in kept.changes:
            if isinstance(change, Flag):
                new += _flag(db, change)
                if change.message.kind is Kind.MESSAGE and change.message.revision:
                    _edit(db, Edited(change.message.id, change.message.revision))
            elif isinstance(change, LetThrough):
                draws.take(change)
            elif isinstance(change, Edited):
                _edit(db, change)
            else:
                _withdraw(db, change)
        draws.count()
        for tally in kept.tallies:
            _count(db, tally)
        for spread in kept.spreads:
            keep_spread(db, spread)
        for beside in kept.beside:
            shadow_counts.add(db, beside)
        if kept.progress is not None:
            _progress(db, kept.progress, kept.at)
        return new


def begin(db: Database, channels: list[Channel], mark: dict[str, int]) -> None:
    """Remember channels; a mark that is there already stays."""
    with db.atomic():
        for channel in channels:
            known = db.execute("SELECT mark FROM channels WHERE id = ?", [channel.id]).fetchone()
            _know(db, channel, 0 if known and known[0] else mark.get(channel.id, 0))


def unseen(db: Database, intervals: list[Unseen]) -> None:
    """Note times that nobody watched."""
    with db.atomic():
        for i in intervals:
            db.execute(
                "INSERT INTO unseen (channel_id, since, until, read_back, why) VALUES (?, ?, ?, ?, ?)",
                [i.channel, stamp(i.since), stamp(i.until), i.read_back, i.why],
            )


def _know(db: Database, channel: Channel, mark: int) -> None:
    db.execute(
        """INSERT INTO channels (id, name, guild_id, parent_id, mark) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = iif(excluded.name = '', name, excluded.name),
        guild_id = excluded.guild_id, parent_id = excluded.parent_id, mark = max(mark, excluded.mark)""",
        [channel.id, channel.name, channel.guild, channel.parent, mark],
    )


def _flag(db: Database, flag: Flag) -> bool:
    post, verdict = flag.message, flag.verdict
    cursor = db.execute(
        """INSERT INTO flags (id, kind, message_id, revision, guild_id, channel_id, channel, author_id, reply_to, text,
        score, threat, motives, targets, spans, reasons, thresholds, language, model, posted_at, flagged_at,
        urgency)
        VALUES ((SELECT max(numbers.flags, coalesce((SELECT max(id) FROM flags), 0)) + 1 FROM numbers),
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (message_id, kind, revision) DO NOTHING""",
        [
            str(post.kind),
            post.id,
            post.revision,
            post.channel.guild,
            post.channel.id,
            post.channel.name,
            post.author,
            post.reply_to,
            storable(post.text),
            verdict.score,
            verdict.threat,
            _json({label: round(value, 4) for label, value in verdict.motives.items()}),
            _json({label: round(value, 4) for label, value in verdict.targets.items()}),
            _json([[span.start, span.end, round(span.weight, 4)] for span in verdict.spans]),
            _json([{"rule": r.rule, "label": r.label, "value": r.value, "limit": r.limit} for r in flag.reasons]),
            _json(dict(flag.thresholds)),
            verdict.language,
            verdict.model,
            stamp(post.at),
            stamp(flag.flagged_at),
            urgency(flag),
        ],
    )
    if cursor.rowcount > 0:
        keep_scores(db, int(cursor.lastrowid or 0), flag)
        keep_files(db, int(cursor.lastrowid or 0), post.files)
    return cursor.rowcount > 0


def storable(text: str) -> str:
    """Text that SQLite can hold: lone surrogates (broken JSON escapes) become U+FFFD."""
    return text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def _withdraw(db: Database, gone: Withdrawn) -> None:
    db.execute(
        "UPDATE flags SET withdrawn_at = ? WHERE message_id = ? AND kind = ? AND withdrawn_at IS NULL",
        [stamp(gone.at), gone.id, str(Kind.MESSAGE)],
    )


def _edit(db: Database, edit: Edited) -> None:
    """What was flagged in earlier revisions is not what the message says now; read again, nothing changes."""
    at = stamp(moment_of_revision(edit.revision))
    db.execute(
        """UPDATE flags SET edited_at = ? WHERE message_id = ? AND kind = ? AND revision < ?
        AND (edited_at IS NULL OR edited_at < ?)""",
        [at, edit.id, str(Kind.MESSAGE), edit.revision, at],
    )


def _count(db: Database, tally: Tally) -> None:
    hour = tally.hour.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
    db.execute(
        """INSERT INTO counts (channel_id, hour, read, flagged, unread) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET read = read + excluded.read, flagged = flagged + excluded.flagged,
        unread = unread + excluded.unread""",
        [tally.channel, hour, tally.read, tally.flagged, tally.unread],
    )


def _progress(db: Database, progress: Progress, at: datetime) -> None:
    db.execute(
        "INSERT OR REPLACE INTO files (file, digest, size, lines, read_at) VALUES (?, ?, ?, ?, ?)",
        [progress.file, progress.digest, progress.size, progress.lines, stamp(at)],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
