"""Is the audit sample drawn, what does it say, and what of it is forgotten?

While samples are drawn or wait, nobody is to tell them from flags; whether that is so stands in the database, so that
every program that shows cases of it knows.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from bot.config import Audit
from bot.core.deeds import Gone
from bot.core.flags import FINDINGS
from bot.core.tuning.audit import Dice, Sampling, Stratum
from bot.core.tuning.evidence import Scope
from bot.store.chain import gone
from bot.store.keeping import stamp
from bot.store.transaction import at_once

WAITING = """SELECT EXISTS (SELECT 1 FROM audits CROSS JOIN flags ON flags.id = audits.flag_id
    WHERE audits.forgotten_at IS NULL AND flags.state = 'pending' AND flags.text IS NOT NULL)"""
_CHANNELS = """channel_id IN (SELECT id FROM channels WHERE guild_id IN (SELECT value FROM json_each(:guilds))
    AND (:everywhere OR id IN (SELECT value FROM json_each(:channels))))"""
COUNTED = f"""SELECT stratum, odds, sum(let_through) AS let_through, sum(drawn) AS drawn FROM audit_counts
    WHERE hour >= :first AND hour < :last AND {_CHANNELS} GROUP BY stratum, odds ORDER BY odds DESC, stratum"""  # noqa: S608
READ = f"""SELECT audits.stratum, audits.odds, flags.state, (
        SELECT motives FROM decisions WHERE flag_id = flags.id ORDER BY id DESC LIMIT 1
    ) AS motives FROM audits CROSS JOIN flags ON flags.id = audits.flag_id
    WHERE flags.state <> 'pending' AND flags.posted_at >= :since AND flags.posted_at < :until AND {_CHANNELS}"""  # noqa: S608


_HOUR = "substr({column}, 1, 13) || ':00:00.000+00:00'"
_HOURS = ", ".join(
    f"{each} = {_HOUR.format(column=each)}" for each in ("posted_at", "flagged_at", "seen_at", "announced_at")
)
_THESE = "IN (SELECT value FROM json_each(:these))"
_FORGET = (
    f"""UPDATE flags SET text = NULL, spans = '[]', message_id = 'audit-' || id, revision = 0, author_id = '',
    reply_to = '', withdrawn_at = NULL, edited_at = NULL, {_HOURS} WHERE id""",  # noqa: S608  # fixed texts
    f"UPDATE audits SET forgotten_at = :now, drawn_at = {_HOUR.format(column='drawn_at')} WHERE flag_id",  # noqa: S608
    "UPDATE scores SET posted = posted / 3600 * 3600 WHERE flag_id",
    "UPDATE readings SET ended_at = :now WHERE ended_at IS NULL AND flag_id",
)


def begin(db: Database, rules: Audit) -> Sampling | None:
    """From now on samples are drawn, and open cases shown blind; None, and nothing changes, where they are not to be.

    The dice are a keyed hash of the message's id, so that they fall the same each time: a second reading, after a crash
    or of the same file, is no second chance. Without the key, which never leaves the database, nobody can tell which
    messages would be drawn.
    """
    if not rules.enabled:
        return None
    with at_once(db):
        db.execute("INSERT OR IGNORE INTO auditing (id, salt) VALUES (1, ?)", [secrets.token_bytes(32)])
        _switch(db, is_on=True)
        salt = bytes(db.execute("SELECT salt FROM auditing").fetchone()["salt"])
    return Sampling(rules.share, rules.per_day, dice_of(salt))


def end(db: Database) -> None:
    """From now on none are drawn; those that wait are still to be told from nothing."""
    with at_once(db):
        _switch(db, is_on=False)


def dice_of(salt: bytes) -> Dice:
    """Two independent numbers in 0..1 of a message's id, by HMAC-SHA-256."""

    def dice(message: str) -> tuple[float, float]:
        digest = hmac.digest(salt, message.encode(), "sha256")
        return _fraction(digest[:8]), _fraction(digest[8:16])

    return dice


def is_blind(db: Database) -> bool:
    """Whether open cases are to be shown so that samples look like flags."""
    is_on = db.execute("SELECT 1 FROM auditing WHERE is_on").fetchone() is not None
    return is_on or bool(db.execute(WAITING).fetchone()[0])


def strata(db: Database, scope: Scope) -> list[Stratum]:
    """What the sample says of a scope, each stratum with odds of its own; the likeliest drawn first.

    Counted by the hour: the scope's first and last hour are whole ones.
    """
    first, last = _hour(scope.since), _hour(scope.until + timedelta(hours=1) - timedelta.resolution)
    slots = {
        "guilds": json.dumps(list(scope.guilds)),
        "channels": json.dumps(list(scope.channels)),
        "everywhere": not scope.channels,
        "first": f"{first:%Y-%m-%dT%H:00Z}",
        "last": f"{last:%Y-%m-%dT%H:00Z}",
        "since": stamp(first),
        "until": stamp(last),
    }
    read: dict[tuple[str, float], list[set[str]]] = {}
    for row in db.execute(READ, slots).fetchall():
        found = {"flag", *json.loads(row["motives"])} if row["state"] == "upheld" else set()
        read.setdefault((row["stratum"], row["odds"]), []).append(found)
    return [
        Stratum(
            row["stratum"],
            row["let_through"],
            row["drawn"],
            len(cases := read.get((row["stratum"], row["odds"]), [])),
            {label: sum(label in found for found in cases) for label in ("flag", *FINDINGS)},
            row["odds"],
        )
        for row in db.execute(COUNTED, slots).fetchall()
    ]


def forget_samples(db: Database, flags: Sequence[int], now: datetime) -> Gone:
    """Forget who wrote what, and when to the minute, of samples that are nobody's case; part of its caller's deed.

    What stays are scores, odds, channel, hour and outcome.
    """
    what = Gone(rows={"flag": flags, "course": flags})
    gone(db, what)
    slots = {"these": json.dumps(list(flags)), "now": stamp(now)}
    for statement in _FORGET:
        db.execute(f"{statement} {_THESE}", slots)
    return what


def _switch(db: Database, *, is_on: bool) -> None:
    """Note it; where it changes, the open cards are to be shown otherwise."""
    if db.execute("UPDATE auditing SET is_on = ? WHERE is_on <> ?", [is_on, is_on]).rowcount:
        db.execute("UPDATE flags SET version = version + 1 WHERE state = 'pending' AND text IS NOT NULL")
        db.execute(
            """UPDATE cards SET due = (SELECT version FROM flags WHERE id = cards.flag_id)
            WHERE flag_id IN (SELECT id FROM flags WHERE state = 'pending' AND text IS NOT NULL)"""
        )


def _fraction(eight: bytes) -> float:
    return (int.from_bytes(eight) >> 11) / 2**53


def _hour(moment: datetime) -> datetime:
    """The whole hour at or before a moment."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
