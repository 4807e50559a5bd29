"""What is known of how thresholds would do? Read from narrow tables and summed in bulk; no text is ever fetched."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlite_utils import Database

from bot.core.messages import Channel
from bot.core.tuning.evidence import BINS, Cases, Evidence, Scope, place
from bot.store.evidence_cases import by_hour, reached
from bot.store.evidence_counts import Span, counted, whole
from classifier.verdict import LABELS

_CHANNELS = """SELECT one.id, one.name, one.guild_id, one.parent_id, coalesce(parent.name, '') AS parent_name
    FROM channels AS one LEFT JOIN channels AS parent ON parent.id = one.parent_id ORDER BY one.name, one.id"""
_OTHERS = """SELECT channel_id, count(*) FROM scores
    WHERE guild_id = ? AND posted >= ? AND posted < ? AND model <> ? GROUP BY channel_id"""


def places(db: Database, guilds: Sequence[str] | None = None) -> list[Channel]:
    """The channels and threads of these servers (None: of all), by name, with their parents."""
    found = (Channel(*row) for row in db.execute(_CHANNELS).fetchall())
    return [each for each in found if guilds is None or each.guild in guilds]


def latest(db: Database, guilds: Sequence[str] | None = None) -> datetime | None:
    """The end of the last hour of these servers (None: of all) in which a message was read."""
    ids = json.dumps([each.id for each in places(db, guilds)])
    query = "SELECT max(hour) FROM counts WHERE channel_id IN (SELECT value FROM json_each(?))"
    hour = db.execute(query, [ids]).fetchone()[0]
    return None if hour is None else datetime.fromisoformat(hour) + timedelta(hours=1)


def last_model(db: Database) -> str | None:
    """The model that scored the latest message of which anything is kept; None where nothing was scored."""
    row = db.execute("SELECT model FROM score_bins ORDER BY hour DESC LIMIT 1").fetchone()
    row = row or db.execute("SELECT model FROM score_days ORDER BY day DESC LIMIT 1").fetchone()
    row = row or db.execute("SELECT model FROM scores ORDER BY posted DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def evidence(db: Database, scope: Scope, model: str) -> Evidence:
    """All that is known of a scope, of one model; see EvidenceStore."""
    since, until = whole(scope.since, scope.until)
    scope = replace(scope, since=since, until=until)
    known = {each.id: each.name for each in places(db, scope.guilds)}
    wanted = frozenset(scope.channels)
    human = reached(db, scope, model)
    through = counted(db, model, frozenset(known).intersection(wanted or known), since, until)
    found = {human.channels[each] for each in np.unique(human.cases.channel)} | set(through.channels)
    channels = tuple(sorted(found, key=lambda one: (known.get(one, ""), one)))
    numbers = {channel: number for number, channel in enumerate(channels)}
    own = np.array([numbers.get(each, -1) for each in human.channels], np.int32)  # -1: of channels that are not meant
    cases = replace(human.cases, channel=own[human.cases.channel])
    below = np.zeros((len(channels), len(LABELS), BINS), np.int64)
    below[[numbers[each] for each in through.channels]] = through.below
    flagged = np.bincount(cases.channel[cases.flagged], minlength=len(channels))
    days, days_counted = _days(cases, through.span, scope)
    return Evidence(
        scope=scope,
        model=model,
        channels=channels,
        names=tuple(known.get(each, "") or each for each in channels),
        read=below[:, place("flag")].sum(axis=1) + flagged,
        below=below,
        by_hour=by_hour(cases),
        days=days,
        cases=cases,
        other_models=_others(db, scope, model),
        minutes_each=human.minutes,
        days_counted=days_counted,
    )


def _others(db: Database, scope: Scope, model: str) -> int:
    counts = (db.execute(_OTHERS, [guild, *_seconds(scope), model]).fetchall() for guild in scope.guilds)
    return sum(count for rows in counts for channel, count in rows if not scope.channels or channel in scope.channels)


def _seconds(scope: Scope) -> tuple[int, int]:
    return int(scope.since.timestamp()), math.ceil(scope.until.timestamp())


def _days(cases: Cases, through: Span | None, scope: Scope) -> tuple[float, float | None]:
    """How many days were watched, and of how many of them it is known what was let through, where that is fewer."""
    most = (scope.until - scope.since) / timedelta(days=1)
    if not len(cases.flag):
        return (0.0, None) if through is None else (min(through.days, most), None)
    first = datetime.fromtimestamp(int(cases.at.min()) // 3_600 * 3_600, UTC)
    last = datetime.fromtimestamp(int(cases.at.max()) // 3_600 * 3_600 + 3_600, UTC)
    if through is None:
        return min(Span(first, last).days, most), 0.0
    days = min(Span(min(first, through.first), max(last, through.last)).days, most)
    late = through.first - first > timedelta(days=1)  # flags are older than the counting is
    return days, through.days if late else None
