"""How is a report saved? With the case that it meets or makes, in one transaction in which the limits are counted too.

So two reports of one message that come at once meet in one case, and nobody gets one report more than the limit. Who
reported goes to a table of its own, see schema_reports.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from bot.core.flags import State
from bot.core.messages import Kind
from bot.core.ports import Kept
from bot.core.reports import HOUR, Limits, Receipt, Report, Unheard
from bot.store import keeping
from bot.store.keeping import stamp, storable
from bot.store.report_answers import known
from bot.store.report_weights import recount, weight_of
from bot.store.transaction import at_once

DESCRIBED = (Kind.PERSON, Kind.ELSEWHERE)


def file_all(db: Database, reports: Sequence[Report], limits: Limits) -> list[Receipt | Unheard]:
    """Save reports that came together, in their order; each its receipt, or why it was not taken."""
    with at_once(db):
        return [_file(db, report, limits) for report in reports]


def _file(db: Database, report: Report, limits: Limits) -> Receipt | Unheard:
    since, post = stamp(report.at - HOUR), report.flag.message
    who = report.reporter.id
    query = "SELECT count(*) FROM reporters WHERE who = ? AND made_at > ?"
    if db.execute(query, [who, since]).fetchone()[0] >= limits.per_reporter:
        return Unheard.TOO_MANY
    if _has_reported(db, report):
        return Unheard.TWICE
    target, guild = post.author, post.channel.guild
    on_target = 0
    if target:
        query = "SELECT count(*) FROM reports WHERE guild_id = ? AND target_id = ? AND made_at > ?"
        on_target = int(db.execute(query, [guild, target, since]).fetchone()[0])
    is_flood = on_target >= limits.per_target
    flag = _met(db, report)
    if flag is None and is_flood and not report.reporter.trusted:
        flag = _flooded(db, guild, target, since)
    if flag is None:
        flag = _made(db, report)
    row = db.execute("SELECT state, text FROM flags WHERE id = ?", [flag]).fetchone()
    if row["text"] is None:
        return Unheard.FORGOTTEN
    if is_flood:
        db.execute("UPDATE flags SET flood = 1 WHERE id = ?", [flag])
    number = _save(db, report, flag, limits)
    recount(db, flag)
    state = State(row["state"])
    if state is not State.PENDING:
        known(db, number, state, report.at)
    elif report.reporter.trusted:
        _tell_at_once(db, flag, number)
    return Receipt(number, flag, state)


def _has_reported(db: Database, report: Report) -> bool:
    """Of a message once each; what is described of a person may be told more of."""
    post = report.flag.message
    if post.kind in DESCRIBED:
        return False
    query = """SELECT 1 FROM reporters CROSS JOIN reports ON reports.id = reporters.report_id
        WHERE reporters.who = ? AND reports.message_id = ? AND reports.flag_id NOT IN (
            SELECT id FROM flags WHERE message_id = ? AND kind = ? AND revision < ?
        ) LIMIT 1"""
    found = db.execute(query, [report.reporter.id, post.id, post.id, str(post.kind), post.revision])
    return found.fetchone() is not None


def _met(db: Database, report: Report) -> int | None:
    """The case that there is: of the message as it reads or later; of a person, the one that is open."""
    post = report.flag.message
    if post.kind is Kind.ELSEWHERE:
        return None
    if post.kind is Kind.PERSON:
        row = db.execute(
            """SELECT id FROM flags WHERE about = 'person' AND state = 'pending' AND author_id = ? AND guild_id = ?
            AND text IS NOT NULL ORDER BY id LIMIT 1""",
            [post.author, post.channel.guild],
        ).fetchone()
    else:
        row = db.execute(
            """SELECT id FROM flags WHERE message_id = ? AND kind = ? AND revision >= ?
            ORDER BY revision DESC LIMIT 1""",
            [post.id, str(post.kind), post.revision],
        ).fetchone()
    return None if row is None else int(row["id"])


def _flooded(db: Database, guild: str, target: str, since: str) -> int | None:
    """The open case of a member on which most of the hour's reports have met."""
    row = db.execute(
        """SELECT reports.flag_id FROM reports CROSS JOIN flags ON flags.id = reports.flag_id
        WHERE reports.guild_id = ? AND reports.target_id = ? AND reports.made_at > ?
        AND flags.state = 'pending' AND flags.text IS NOT NULL
        GROUP BY reports.flag_id ORDER BY max(flags.flood) DESC, count(*) DESC, reports.flag_id LIMIT 1""",
        [guild, target, since],
    ).fetchone()
    return None if row is None else int(row["flag_id"])


def _made(db: Database, report: Report) -> int:
    flag, post = report.flag, report.flag.message
    if post.kind not in DESCRIBED:
        keeping.keep(db, Kept(report.at, [flag], channels={post.channel.id: post.channel}))
        where = [post.id, str(post.kind), post.revision]
        row = db.execute("SELECT id FROM flags WHERE message_id = ? AND kind = ? AND revision = ?", where).fetchone()
        return int(row["id"])
    # `kind` cannot hold it, see schema_reports.py; the id is made up, and what is made up is nobody's name.
    next_one = db.execute("SELECT coalesce(max(id), 0) + 1 FROM flags").fetchone()[0]
    stored = replace(post, id=f"{post.kind}-{next_one}", kind=Kind.NAME, revision=0)
    keeping.keep(db, Kept(report.at, [replace(flag, message=stored)]))
    row = db.execute("SELECT id FROM flags WHERE message_id = ?", [stored.id]).fetchone()
    db.execute("UPDATE flags SET about = ? WHERE id = ?", [str(post.kind), row["id"]])
    return int(row["id"])


def _save(db: Database, report: Report, flag: int, limits: Limits) -> int:
    said, post, at = report.complaint, report.flag.message, stamp(report.at)
    made = db.execute(
        """INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt, words,
        trusted, weight, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            flag,
            post.channel.guild,
            post.author,
            post.channel.id,
            "" if post.kind in DESCRIBED else post.id,
            str(said.category),
            json.dumps(list(said.against)),
            str(said.hurt),
            storable(said.words),
            report.reporter.trusted,
            weight_of(db, report.reporter.id, report.at, limits.half_life),
            at,
        ],
    )
    number = int(made.lastrowid or 0)
    db.execute(
        "INSERT INTO reporters (report_id, who, language, made_at) VALUES (?, ?, ?, ?)",
        [number, report.reporter.id, report.reporter.language, at],
    )
    return number


def _tell_at_once(db: Database, flag: int, number: int) -> None:
    """A case that moderators were told of as an ordinary one is told anew when the first trusted report comes."""
    query = "SELECT 1 FROM reports WHERE flag_id = ? AND trusted AND id < ? LIMIT 1"
    if db.execute(query, [flag, number]).fetchone() is None:
        db.execute("UPDATE flags SET announced_at = NULL WHERE id = ? AND urgency < 3000", [flag])
