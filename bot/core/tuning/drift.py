"""Has what is flagged suddenly shifted: new slang, a new model, a campaign? Counts by hour against the weeks before.

A stretch of hours up to now is compared with the eight weeks before it. Neither the usual of the same hours of the day
nor that of all hours may explain it. The test is the exact conditional one of two rates (Przyborowski & Wilenski 1940,
Biometrika 31): given how many were flagged in all, how many of them fall in the stretch. Hate comes in bursts, so that
counts are negative binomial rather than Poisson, and the condition makes them beta-binomial rather than binomial. The
stretch must besides stand out more than any of those weeks did, and be large enough to matter in a big town too. Every
look, window and channel has its share of the false alarms a month.

What shifted is told once. Hours of an event that is over are left out afterwards; what has stayed for two weeks is the
new usual, and only hours since then are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DAYS = 56  # of the past that is compared with
FEWEST_DAYS = 14  # below it nothing is usual yet
WINDOWS = (1, 6, 24)  # hours up to now: a flood, a campaign, a slow change
LOOKS = {1: 720, 6: 360, 24: 150}  # a month, as many as are of their own: looks at overlapping hours are alike
FALSE_ALARMS = 0.05  # a month, of all together; bursts with heavier tails than the test knows make it some more
STANDS_OUT = 1.5  # times as far as any stretch of the past
SMALLEST = 1e-12  # chances below it are alike
SLIGHT = 0.01  # of dispersion beyond one: none
LEAST = 6.0  # flags above the usual
TIMES = {1: 3.0, 6: 2.0, 24: 1.5}  # the usual, that it must at least be
FEWER, USUAL = 0.5, 20.0  # half, of a usual that is no handful
CALM = 1.25  # times the usual: below it an event is over
SETTLED = timedelta(days=14)  # what has stayed so long is usual
REST = "-"  # all channels together in which too little is written to tell of them alone
MANY = 2  # where more channels shift at once, it is told of all


class Kind(StrEnum):
    """What shifted."""

    MORE = "more"  # a larger share is flagged
    FEWER = "fewer"  # a smaller share is
    UNREAD = "unread"  # a larger share is in languages that the model cannot read
    SCORES = "scores"  # the model gives other scores


class Ending(StrEnum):
    """How an event ended."""

    OVER = "over"  # it is as before
    SETTLED = "settled"  # it is usual now


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing that shifted: where (empty: everywhere), since when, and from what to what."""

    kind: Kind
    channel: str
    since: datetime
    hours: int  # that were looked at
    before: float  # the usual share; of scores 0
    now: float  # the share in those hours; of scores how far they moved (population stability index)
    p: float  # how likely chance alone makes one so large


@dataclass(frozen=True, slots=True)
class Event:
    """A shift that was noticed, and what became of it."""

    id: int
    shift: Shift
    noticed_at: datetime
    told_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What was counted, by channel and hour; the last hour ends at `until`. And scores by day, see score_drift."""

    until: datetime
    channels: tuple[str, ...]
    read: Numbers  # channels × hours, oldest first
    flagged: Numbers
    unread: Numbers
    spread: Numbers  # channels × days × bins: messages by score; the last day is the 24 hours up to `until`


def rate_shifts(watched: Watched, events: Sequence[Event]) -> list[Shift]:
    """What shifted in how much is flagged, or cannot be read, and has not been noticed yet."""
    flags = [event for event in events if event.shift.kind in (Kind.MORE, Kind.FEWER)]
    unread = [event for event in events if event.shift.kind is Kind.UNREAD]
    seen = _Usual(watched, watched.flagged, flags)
    found = [shift for window in WINDOWS for shift in seen.above(Kind.MORE, window)]
    found += seen.below()
    found += _Usual(watched, watched.unread, unread).above(Kind.UNREAD, 24)
    return gathered(found)


def gathered(found: Sequence[Shift]) -> list[Shift]:
    """The surest of each kind and place; of all channels together only what no single one explains."""
    best: dict[tuple[Kind, str], Shift] = {}
    # Below what arithmetic can tell apart, the shortest stretch says best since when.
    for shift in sorted(found, key=lambda each: (max(each.p, SMALLEST), each.hours), reverse=True):
        best[shift.kind, shift.channel] = shift
    told: list[Shift] = []
    for kind in Kind:
        everywhere = best.get((kind, ""))
        single = [shift for (what, where), shift in best.items() if what is kind and where]
        told += single if single and (len(single) <= MANY or everywhere is None) else []
        told += [everywhere] if everywhere is not None and (not single or len(single) > MANY) else []
    return told


def rate_ended(watched: Watched, event: Event) -> Ending | None:
    """Whether an open event of these is over, or has become usual."""
    shift = event.shift
    if watched.until - shift.since >= SETTLED:
        return Ending.SETTLED
    hits = watched.unread if shift.kind is Kind.UNREAD else watched.flagged
    rows = _rows(watched, shift.channel)
    hours = max(shift.hours, 6)
    read = float(watched.read[rows, -hours:].sum())
    if not read or (watched.until - shift.since < timedelta(hours=2 * hours) and shift.kind is Kind.FEWER):
        return None
    share = float(hits[rows, -hours:].sum()) / read
    if shift.kind is Kind.FEWER:
        return Ending.OVER if share * CALM > shift.before else None
    return Ending.OVER if share < CALM * shift.before else None


class _Usual:
    """One kind of counts with what is usual of it: a row for each channel, and the last for all together."""

    def __init__(self, watched: Watched, hits: Numbers, events: Sequence[Event]) -> None:
        self._watched = watched
        self._open = {event.shift.channel for event in events if event.ended_at is None}
        kept = _kept(watched, events)
        self._hits = _together(hits * kept)
        self._read = _together(watched.read * kept)
        self._sums = [np.pad(np.cumsum(each, axis=1), ((0, 0), (1, 0))) for each in (self._hits, self._read)]
        days = self._read[:, -24 * (self._read.shape[1] // 24) :].reshape(len(self._read), -1, 24).sum(axis=2)
        past = (days[:, :-1] > 0).sum(axis=1)
        tested = [place != REST and place not in self._open for place in (*watched.channels, "")]
        self._able = np.array(tested) & (past >= FEWEST_DAYS)
        self._alpha = FALSE_ALARMS / (len(WINDOWS) + 3) / max(1, int(self._able.sum()))

    def above(self, kind: Kind, window: int) -> list[Shift]:
        """Where more is hit than usual in the last `window` hours."""
        hits, read = self._last(window)
        share = self._share(window)
        usual = read * share
        large = self._able & (hits - usual >= LEAST) & (hits >= TIMES[window] * usual)
        return [
            self._shift(kind, row, window, float(share[row]), p)
            for row in map(int, np.flatnonzero(large))
            if (p := self._chance(row, window, hits[row], read[row])) <= self._alpha / LOOKS[window]
            and self._stands_out(row, window, hits[row], usual[row])
        ]

    def below(self) -> list[Shift]:
        """Where less is flagged than usual in the last day."""
        hits, read = self._last(24)
        share = self._share(24)
        usual = read * share
        small = self._able & (usual >= USUAL) & (hits <= FEWER * usual)
        return [
            self._shift(Kind.FEWER, row, 24, float(share[row]), p)
            for row in map(int, np.flatnonzero(small))
            if (p := self._chance(row, 24, hits[row], read[row], below=True)) <= self._alpha / LOOKS[24]
        ]

    def _last(self, window: int) -> tuple[Numbers, Numbers]:
        return self._hits[:, -window:].sum(axis=1), self._read[:, -window:].sum(axis=1)

    def _share(self, window: int) -> Numbers:
        """The usual share: of all hours, or of the same hours of the day where that is more."""
        hits, read = (each[:, :-24] for each in (self._hits, self._read))
        total = (hits.sum(axis=1) + 0.5) / (read.sum(axis=1) + 1)
        if window == 24:
            return np.array(total)
        hours = hits.shape[1]
        same = np.concatenate([np.arange(hours - 24 * day - window, hours - 24 * day) for day in range(hours // 24)])
        same = same[same >= 0]
        alike = (hits[:, same].sum(axis=1) + 0.5) / (read[:, same].sum(axis=1) + 1)
        return np.array(np.maximum(total, alike))

    def _stretches(self, row: int, window: int) -> tuple[Numbers, Numbers]:
        """Every stretch of that length in the past in which something was read, one beginning each hour."""
        ends = np.arange(window, self._hits.shape[1] - 24 + 1)
        hits, read = (each[row, ends] - each[row, ends - window] for each in self._sums)
        some = read > 0
        return hits[some], read[some]

    def _chance(self, row: int, window: int, hits: float, read: float, *, below: bool = False) -> float:
        """The chance of so many, or so few, of all hits in the last hours: a binomial, beta-binomial in bursts."""
        from scipy import stats  # slow to load, and seldom needed

        past = float(self._hits[row, :-24].sum())
        past_read = float(self._read[row, :-24].sum())
        count, total = int(hits), int(hits + past)
        bursts = self._dispersion(row, window) - 1
        few = np.arange(count + 1 if below else count)
        if bursts < SLIGHT:
            fewer = float(stats.binom.pmf(few, total, read / (read + past_read)).sum())
        else:
            usual = total / (read + past_read)
            fewer = float(stats.betabinom.pmf(few, total, read * usual / bursts, past_read * usual / bursts).sum())
        return float(np.clip(fewer if below else 1 - fewer, 0.0, 1.0))

    def _dispersion(self, row: int, window: int) -> float:
        """How many times more stretches vary than independent messages would; at least once."""
        hits, read = self._stretches(row, window)
        share = (hits.sum() + 0.5) / (read.sum() + 1)
        usual = read * share
        return max(1.0, float(((hits - usual) ** 2).sum() / max(1e-9, usual.sum())))

    def _stands_out(self, row: int, window: int, hits: float, usual: float) -> bool:
        past_hits, past_read = self._stretches(row, window)
        expected = past_read * (past_hits.sum() + 0.5) / (past_read.sum() + 1)
        farthest = float(np.max((past_hits - expected) / np.sqrt(expected + 1), initial=0.0))
        return bool((hits - usual) / np.sqrt(usual + 1) > STANDS_OUT * farthest)

    def _shift(self, kind: Kind, row: int, window: int, before: float, p: float) -> Shift:
        hits, read = self._last(window)
        channel = (*self._watched.channels, "")[row]
        since = self._watched.until - timedelta(hours=window)
        return Shift(kind, channel, since, window, before, float(hits[row] / read[row]), p)


def _together(counts: Numbers) -> Numbers:
    return np.vstack([counts, counts.sum(axis=0, keepdims=True)])


def _rows(watched: Watched, channel: str) -> NDArray[np.bool_]:
    return np.array([not channel or each == channel for each in watched.channels], dtype=bool)


def _kept(watched: Watched, events: Sequence[Event]) -> Numbers:
    """1 for what may be looked at: not the hours of events, nor what was usual before something settled."""
    kept = np.ones_like(watched.read)
    hours = kept.shape[1]
    for event in events:
        since = event.shift.since
        if event.ending is not Ending.SETTLED:  # it may have begun before the stretch that showed it best
            since += timedelta(hours=event.shift.hours - 24)
        begin = _hour(watched, since, hours)
        end = hours if event.ended_at is None else _hour(watched, event.ended_at, hours)
        rows = _rows(watched, event.shift.channel)
        if event.ending is Ending.SETTLED:
            kept[rows, :begin] = 0
        else:
            kept[rows, begin:end] = 0
    return kept


def _hour(watched: Watched, moment: datetime, hours: int) -> int:
    """The place of the hour in which a moment lies, from the left."""
    before = (watched.until - moment) / timedelta(hours=1)
    return int(np.clip(hours - np.ceil(before), 0, hours))
