"""How many messages were let through, by channel, label and bin? Hours and days that were rolled up, summed in bulk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.core.tuning.evidence import BINS, place
from bot.store.scores import hour_text
from classifier.verdict import LABELS

FLAG = place("flag")
TICK = timedelta.resolution
# In the order in which they lie, so that nothing is sorted; a row of lists is fetched in a third of its parts' time.
_HOURS = """SELECT channel_id, label, json_group_array(bin), json_group_array(n), hour FROM score_bins
    WHERE model = ? AND hour >= ? AND hour < ? GROUP BY model, hour, channel_id, label"""
_DAYS = "SELECT channel_id, label, counts, day FROM score_days WHERE model = ? AND day >= ? AND day <= ?"
_READ = """SELECT min(hour), max(hour) FROM counts WHERE read > 0 AND hour >= ? AND hour < ?
    AND channel_id IN (SELECT value FROM json_each(?))"""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first hour with a message to the end of the last."""

    first: datetime
    last: datetime

    @property
    def days(self) -> float:
        return (self.last - self.first) / timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What was let through: `below[i]` is channel `channels[i]`'s, LABELS × BINS."""

    channels: tuple[str, ...]
    below: NDArray[np.int64]
    span: Span | None  # None: nothing was


def whole(since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """A stretch of time that counts can answer for: whole days (UTC)."""
    begin, end = (datetime.combine(each.astimezone(UTC), time(), UTC) for each in (since, until - TICK))
    return begin, end + timedelta(days=1)


def counted(db: Database, model: str, channels: frozenset[str], since: datetime, until: datetime) -> Counted:
    """What a model let through in some channels, in a stretch of time as `whole` gives it."""
    within = [model, hour_text(since), hour_text(until)]
    hours = [row for row in db.execute(_HOURS, within).fetchall() if row[0] in channels and row[1] in LABELS]
    dates = [model, since.date().isoformat(), (until - TICK).date().isoformat()]
    days = [row for row in db.execute(_DAYS, dates).fetchall() if row[0] in channels and row[1] in LABELS]
    names = tuple(sorted({row[0] for row in chain(hours, days)}))
    rows = {pair: number for number, pair in enumerate((name, label) for name in names for label in LABELS)}
    of_hours, of_days = (np.array([rows[row[0], row[1]] * BINS for row in each], np.int64) for each in (hours, days))
    bins, starts = _read([row[2] for row in hours]), np.repeat(of_hours, _lengths([row[2] for row in hours]))
    keys = np.concatenate([starts + bins, _keys(of_days, _lengths([row[2] for row in days]))])
    numbers = _read([row[3] for row in hours] + [row[2] for row in days])
    flat = np.bincount(keys, numbers, len(rows) * BINS)
    below = flat.astype(np.int64).reshape(len(names), len(LABELS), BINS)  # whole numbers, exact as floats up to 2^53
    _fill_first(below)
    return Counted(names, below, _span(db, names, [row[4] for row in hours], [row[3] for row in days]))


def _read(lists: Sequence[str]) -> NDArray[np.int64]:
    """The numbers of JSON lists, one after another; no Python object is made for each."""
    return np.fromstring(",".join(text[1:-1] for text in lists if text != "[]"), np.int64, sep=",")


def _lengths(lists: Sequence[str]) -> NDArray[np.int64]:
    return np.array([0 if text == "[]" else text.count(",") + 1 for text in lists], np.int64)


def _keys(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the numbers of lists belong, of which each begins at its start."""
    before = np.cumsum(lengths) - lengths
    keys: NDArray[np.int64] = np.repeat(starts - before, lengths)
    return keys + np.arange(len(keys))


def _fill_first(below: NDArray[np.int64]) -> None:
    """Every message has every label: in bin 0 is what is not in another."""
    everything = below[:, FLAG].sum(axis=1, keepdims=True)
    rest = np.maximum(everything - below[:, :, 1:].sum(axis=2), 0)
    below[:, :, 0] = np.where(np.arange(len(LABELS)) == FLAG, below[:, :, 0], rest)


def _span(db: Database, channels: Sequence[str], hours: Sequence[str], days: Sequence[str]) -> Span | None:
    firsts = [*hours, *(f"{day}T00:00Z" for day in days)]
    lasts = [*hours, *(f"{day}T23:00Z" for day in days)]
    if not firsts:
        return None
    last = hour_text(datetime.fromisoformat(max(lasts)) + timedelta(hours=1))
    first, last = db.execute(_READ, [min(firsts), last, json.dumps(list(channels))]).fetchone()
    if first is None:
        return None
    return Span(datetime.fromisoformat(first), datetime.fromisoformat(last) + timedelta(hours=1))
