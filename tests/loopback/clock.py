"""What time is it, and which id comes next?

Discord's ids carry the time they were made at. Everything here that depends on time (ids, the three seconds an
interaction waits, the fifteen minutes its token lives, the fourteen days a bulk delete reaches back) asks one
clock, so that a test can hand in a clock which it moves by hand.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000
# Discord leaves ten bits for the machine that made the id; the loopback is one machine.
MACHINE_BITS = 1 << 17
IDS_PER_MS = 1 << 12


class Clock:
    """The present, in seconds since 1970."""

    def now(self) -> float:
        return time.time()


class ManualClock(Clock):
    """A clock that stands still until a test moves it."""

    def __init__(self, start: datetime | float | None = None) -> None:
        self._now = time.time() if start is None else seconds_of(start)

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds


class Snowflakes:
    """Ids that always grow, also when the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ms = 0
        self._count = 0

    def next(self) -> int:
        ms = int(self._clock.now() * 1000) - DISCORD_EPOCH_MS
        if ms > self._ms:
            self._ms, self._count = ms, 0
        else:
            self._count += 1
            if self._count == IDS_PER_MS:
                self._ms, self._count = self._ms + 1, 0
        return self._ms << 22 | MACHINE_BITS | self._count

    def at(self, moment: datetime | float) -> int:
        """An id as if made at another moment; unique because its low bits come from the running count."""
        ms = int(seconds_of(moment) * 1000) - DISCORD_EPOCH_MS
        return ms << 22 | self.next() & (IDS_PER_MS - 1)


def seconds_of(moment: datetime | float) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else float(moment)


def seconds_of_id(snowflake: int) -> float:
    return ((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000


def iso(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def iso_or_none(seconds: float | None) -> str | None:
    return None if seconds is None else iso(seconds)
