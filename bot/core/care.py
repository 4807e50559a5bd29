"""What has a moderator had to read, and when is a break due? Counts by day, for that person's own eyes.

Nobody else can ask for them, they tell nothing of what was read, and they are forgotten after
a little more than a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.core.flags import Flag, sureness
from bot.core.urgency import is_threat

WEEK = 7  # days, today among them
KEPT = 8  # days that counts are kept
MORNING = time(7)
MOST = 1_000  # cases a day that a limit can be
BETWEEN = timedelta(hours=1)  # between two suggestions after decisions, at least


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many cases somebody has read, and how many of them were severe."""

    cases: int = 0
    severe: int = 0


@dataclass(frozen=True, slots=True)
class Care:
    """How somebody is, as far as the bot can know: what was read, and what the person has chosen."""

    today: Exposure = Exposure()
    week: Exposure = Exposure()
    limit: int = 0  # cases a day, after which a break is suggested; 0 suggests none
    paused_until: datetime | None = None
    nudged_at: datetime | None = None  # when a break was last suggested after a decision

    def pause(self, now: datetime) -> datetime | None:
        """Until when a pause lasts; None where there is none now."""
        return self.paused_until if self.paused_until is not None and self.paused_until > now else None

    @property
    def is_past_limit(self) -> bool:
        return 0 < self.limit <= self.today.cases

    def may_be_nudged(self, now: datetime) -> bool:
        """Whether a break may be suggested after a decision: seldom, or it would only be one more thing to read."""
        return self.is_past_limit and (self.nudged_at is None or abs(now - self.nudged_at) >= BETWEEN)


def is_severe(flag: Flag, *, veiled: bool = False) -> bool:
    """A threat, or what the model is very sure of; while nobody is to see how sure it is, a threat alone."""
    return is_threat(flag.reasons) or (not veiled and sureness(flag.verdict.score) == "high")


def day_of(now: datetime, zone: tzinfo) -> date:
    """Which day it is for somebody in that zone."""
    return now.astimezone(zone).date()


def tomorrow_morning(now: datetime, zone: tzinfo) -> datetime:
    """Seven o'clock on the next day."""
    return datetime.combine(day_of(now, zone) + timedelta(days=1), MORNING, zone)
