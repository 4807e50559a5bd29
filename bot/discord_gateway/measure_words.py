"""In which words are measures told? To authors in whole sentences, to moderators in a word or two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.measures import Measure
from bot.discord_gateway.moments import moment
from bot.locales import Speak


def told(measure: Measure, until: datetime, say: Speak) -> str:
    """What a measure means for the author; a time-out with its end."""
    if measure.length is None:
        return say(f"told-{measure.act}")
    return say(f"told-{measure.act}", length=length(measure.length, say), until=moment(until))


def in_short(motives: Sequence[str], measures: Sequence[Measure], say: Speak) -> str:
    """The motives and measures of a decision on one line."""
    words = [say(f"did-{m.act}", length=length(m.length, say)) if m.length else say(f"did-{m.act}") for m in measures]
    about = ", ".join(say(f"label-{motive}") for motive in motives)
    done = ", ".join(words) or say("did-nothing")
    return f"{about}; {done}" if about else done


def length(time: timedelta, say: Speak) -> str:
    """A time-out's length, in the largest unit that it is a whole number of."""
    minutes = int(time.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return say("length-days", count=minutes // (24 * 60))
    return say("length-hours", count=minutes // 60) if minutes % 60 == 0 else say("length-minutes", count=minutes)
