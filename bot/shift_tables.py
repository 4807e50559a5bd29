"""How do sudden shifts look in a terminal? In the same sentences as in Discord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from babel.dates import format_datetime

from bot.core.tuning.drift import FEWEST_DAYS, Event, Shift
from bot.drifting import judged
from bot.locales import speak
from bot.shift_words import shift_words
from bot.store import shadows, shifts
from bot.store.connection import asked
from bot.terminal import ZONE, both, visible


@dataclass(frozen=True, slots=True)
class Drift:
    """The present state: what was noticed and goes on, and what is to be noticed now."""

    going_on: Sequence[Event]
    new: Sequence[Shift]
    days: int  # with messages, before the last 24 hours
    names: Mapping[str, str]


def drift_now(db: Path, now: datetime) -> Drift:
    """What has shifted up to the last full hour; nothing is saved."""
    until = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    watched, events = asked(db, lambda each: (shifts.watched(each, until), shifts.events(each, until)))
    over, new = judged(watched, events)
    ended = {number for number, _ in over}
    going_on = [event for event in events if event.ended_at is None and event.id not in ended]
    hours = watched.read.sum(axis=0)
    days = int((hours.reshape(-1, 24).sum(axis=1)[:-1] > 0).sum())
    return Drift(going_on, new, days, asked(db, shadows.names))


def told_drift(drift: Drift, languages: Sequence[str]) -> str:
    """In words, in each language."""
    found = [*(event.shift for event in drift.going_on), *drift.new]
    if found:
        return "\n\n".join("\n".join(_words(shift, drift.names, language)) for shift in found for language in languages)
    if drift.days < FEWEST_DAYS:
        return both(languages, "drift-too-early", days=drift.days)
    return both(languages, "drift-none")


def plain_drift(drift: Drift) -> dict[str, object]:
    """As JSON."""
    return {
        "days": drift.days,
        "shifts": [
            *({"id": event.id, "told": event.told_at is not None, **_plain(event.shift)} for event in drift.going_on),
            *({"id": None, "told": False, **_plain(shift)} for shift in drift.new),
        ],
    }


def _plain(shift: Shift) -> dict[str, object]:
    return {
        "kind": str(shift.kind),
        "channel": shift.channel or None,
        "since": shift.since.isoformat(),
        "until": (shift.since + timedelta(hours=shift.hours)).isoformat(),
        "before": shift.before,
        "now": shift.now,
        "p": shift.p,
    }


def _words(shift: Shift, names: Mapping[str, str], language: str) -> list[str]:
    where = visible(names.get(shift.channel) or shift.channel) or speak(language)("shift-everywhere")
    since = str(format_datetime(shift.since, "d MMM HH:mm", tzinfo=ZONE, locale=language))
    return shift_words(shift, language, where, since)
