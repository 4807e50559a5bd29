"""What are moderators told now, and what later? Threats at once, day and night; the rest when its time has come.

    threat      now, each with its card; whoever is on call is mentioned, at most so many times in any hour
    the rest    in quiet hours not at all; otherwise at most once in so many minutes in each channel

A channel's first flag after a calm time is told at once: what may come after it waits. So nobody's phone rings more
often than was asked for, and nothing waits for nothing. One flag is told by its card; several that have been waiting
become one message, and so does a flood: a card for each would drown whoever reads on a phone.

A mention is noted, under the first flag that it tells of, before it is sent: then the ceiling holds also where the
answer was lost. A flag that is still to be told has therefore not used its mention up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.quiet_hours import QuietHours

ONE_BY_ONE = 5  # flags that get cards at once; more become one message
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often moderators wish to be told."""

    every: timedelta = timedelta()  # nothing: at once
    quiet: QuietHours | None = None
    pings: int = 0  # in any hour; 0 where nobody is on call


@dataclass(frozen=True, slots=True)
class Past:
    """What was told before: when the rest was last told by channel, and who was mentioned when by flag."""

    told: Mapping[str, datetime] = field(default_factory=dict)
    pings: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Untold:
    """A saved flag that moderators were not told of: where it was written, and where its card belongs."""

    flag: int
    threat: bool
    place: str
    channel: str = ""
    flagged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told in one channel: each flag's card, or one message of all of them."""

    place: str
    flags: Sequence[Untold]
    as_cards: bool
    ping: bool = False

    @property
    def threat(self) -> bool:
        return self.flags[0].threat


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told now; and when to look again for what waits, None where nothing does."""

    notices: Sequence[Notice]
    again: datetime | None = None


def telling(now: datetime, rhythm: Rhythm, past: Past, untold: Sequence[Untold]) -> Telling:
    """What moderators are told at a moment, threats first, of all that they were not told of."""
    notices = _threats(now, rhythm, past, untold)
    waits: list[datetime] = []
    for place, flags in _by_place(each for each in untold if not each.threat).items():
        due = _due(now, rhythm, past.told.get(place))
        if due > now:
            waits.append(due)
        else:
            at_once = 1 if rhythm.every else ONE_BY_ONE
            notices.append(Notice(place, flags, as_cards=len(flags) <= at_once))
    return Telling(notices, min(waits, default=None))


def _threats(now: datetime, rhythm: Rhythm, past: Past, untold: Sequence[Untold]) -> list[Notice]:
    pending = {each.flag for each in untold}
    # Both ways, because clocks are set back.
    used = sum(abs(now - at) < HOUR for flag, at in past.pings.items() if flag not in pending)
    notices: list[Notice] = []
    for place, flags in _by_place(each for each in untold if each.threat).items():
        each_alone = len(flags) <= ONE_BY_ONE
        for told in [[flag] for flag in flags] if each_alone else [flags]:
            notices.append(Notice(place, told, each_alone, ping=bool(place) and used < rhythm.pings))
            used += notices[-1].ping
    return notices


def _due(now: datetime, rhythm: Rhythm, last: datetime | None) -> datetime:
    """When the rest may be told in a channel where it was last told then."""
    free = now if last is None or last > now else max(now, last + rhythm.every)
    if rhythm.quiet is None:
        return free
    # Quiet now, or when the time will have come.
    awake = rhythm.quiet.until(now) or now
    later = max(free, awake)
    return rhythm.quiet.until(later) or later


def _by_place(untold: Iterable[Untold]) -> dict[str, list[Untold]]:
    found: dict[str, list[Untold]] = {}
    for each in untold:
        found.setdefault(each.place, []).append(each)
    return found
