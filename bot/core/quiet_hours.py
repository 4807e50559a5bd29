"""When do moderators sleep? From one time of day to another, over midnight too, as their clocks on the wall have it.

A night's two ends are moments of their own: where a clock is set forward or back in between, the night is an hour
shorter or longer, as it is for everybody. An end that falls into the hour that is skipped is met an hour later; one
that comes twice counts the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` to `end`, which differ; on the next day where `end` is not later than `begin`."""

    begin: time
    end: time
    zone: tzinfo

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that are now will end; None where there are none now."""
        today = now.astimezone(self.zone).date()
        for day in (today - DAY, today):
            over = self._at(day if self.end > self.begin else day + DAY, self.end)
            if self._at(day, self.begin) <= now < over:
                return over
        return None

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
