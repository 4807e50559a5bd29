"""How is a candidate started, stopped and looked at from the terminal? The bot that runs finds out by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.app import load_named
from bot.config import Settings
from bot.core.errors import BadInput, Refused
from bot.core.tuning.compared import Compared, compared
from bot.core.tuning.shadow import EVERYWHERE, MOST_DAYS, Beside, Candidate, Ending, Shadow, checked
from bot.standing import named
from bot.store import shadow_counts, shadows
from bot.store.connection import asked

HOW = "start one: uppsikt thresholds shadow start --label flag=0.7 --by NAME --why T"


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate beside what is in force: in all, and by channel (the ids of those with most flags first)."""

    shadow: Shadow
    together: Compared | None  # None: nothing was compared yet
    channels: Mapping[str, Compared]
    names: Mapping[str, str]
    stood_back: int = 0  # messages that the candidate did not read


def begin(
    settings: Settings,
    db: Path,
    limits: Mapping[str, float],
    channels: Sequence[str],
    model: str,
    by: str,
    why: str,
    now: datetime,
    days: float,
) -> Shadow:
    """Start a candidate. BadInput, BadModel or Refused where it cannot be."""
    if not 0 < days <= MOST_DAYS:  # false for what is no number, too
        raise BadInput(f"a shadow runs for more than no time and at most {MOST_DAYS} days, not {days:g}")
    if not any(map(str.isalnum, by)):
        raise BadInput("say who starts it with --by NAME")
    if channels and not limits:
        raise BadInput("a channel needs a threshold: give one with --label flag=0.7")
    places = asked(db, lambda each: [shadows.channel(each, name) for name in channels]) or [EVERYWHERE]
    model_id = load_named(settings, named(model))[0].model_id if model else ""
    until = now + timedelta(days=days)
    wanted = Candidate(dict.fromkeys(places, limits), model, model_id, by.strip(), why, now, until)
    return asked(db, partial(shadows.start, candidate=checked(wanted)))


def stop(db: Path, now: datetime) -> Shadow:
    """Stop the one that runs. Refused where none does."""
    running = asked(db, shadows.running)
    if running is None or not asked(db, lambda each: shadows.end(each, running.id, Ending.STOPPED, now)):
        raise Refused(f"no shadow runs; {HOW}")
    return running


def seen(db: Path) -> Seen:
    """The one that runs, or the last that did. Refused where there never was one."""
    latest = asked(db, shadows.latest)
    if latest is None:
        raise Refused(f"there was no shadow yet; {HOW}")
    return side_by_side(latest, asked(db, lambda each: shadow_counts.of(each, latest.id)), asked(db, shadows.names))


def side_by_side(shadow: Shadow, counts: Sequence[Beside], names: Mapping[str, str]) -> Seen:
    """What its counts say."""
    places = {row.channel for row in counts}
    each = {place: compared([row for row in counts if row.channel == place]) for place in places}
    told = sorted(
        ((place, found) for place, found in each.items() if found is not None),
        key=lambda item: (-max(item[1].live, item[1].candidate), item[0]),
    )
    return Seen(shadow, compared(counts), dict(told), names, sum(row.skipped for row in counts))
