"""What shifted suddenly in these weeks? In the sentences that admins are told at once, and with how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.config import ZONE
from bot.core.tuning.drift import Event
from bot.shift_words import shift_words
from bot.web.thresholds_words import clean
from bot.web.visit import Visit

MOST = 20  # on a page


@dataclass(frozen=True, slots=True)
class Told:
    """One shift in words."""

    noticed_at: datetime
    week: int  # of the year, as ISO 8601 counts them
    told: Sequence[str]
    became: str


async def week_shifts(visit: Visit, since: date) -> list[Told]:
    """What was noticed since a day, the latest first."""
    midnight = datetime.combine(since, time(), ZONE)
    found = await visit.desk.reading.shifts(visit.who.guilds, midnight, MOST)
    return [_told(visit, event, channel) for event, channel in found]


def _told(visit: Visit, event: Event, channel: str) -> Told:
    shift = event.shift
    name = clean((channel or shift.channel).removeprefix("#"))
    where = f"#{name}" if shift.channel else visit.say("shift-everywhere")
    # What to look at is for those who are told while it goes on.
    _, what, sure, _ = shift_words(shift, visit.language, where, visit.when(shift.since))
    week = event.noticed_at.astimezone(ZONE).isocalendar().week
    return Told(event.noticed_at, week, (what, sure), _became(visit, event))


def _became(visit: Visit, event: Event) -> str:
    if event.ended_at is None:
        return visit.say("web-week-shift-open")
    return visit.say(f"web-week-shift-{event.ending}", when=visit.when(event.ended_at))
