"""How does a candidate look beside what is in force? A table by channel, and what it means in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent
from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.core.tuning.compared import Compared, Rate
from bot.core.tuning.shadow import EVERYWHERE, Candidate, Shadow
from bot.locales import Speak, speak
from bot.shadows import Seen
from bot.terminal import ZONE, both, heading, visible

COLUMNS = (
    "shadow-column-channel",
    "shadow-column-read",
    "shadow-column-live",
    "shadow-column-candidate",
    "shadow-column-common",
    "shadow-column-only-live",
    "shadow-column-only-candidate",
)


def what_started(shadow: Shadow, languages: Sequence[str]) -> str:
    """What was started, and how to go on."""
    until = shadow.candidate.until
    return "\n".join(
        dict.fromkeys(
            speak(each)("shadow-started", number=str(shadow.id), until=_moment(until, each)) for each in languages
        )
    )


def shadow_report(seen: Seen, languages: Sequence[str]) -> Group:
    """Both side by side, in all and by channel."""
    head = [_head(seen, language) for language in languages]
    if seen.together is None:
        return Group(*map(Text, head), Text(both(languages, "shadow-nothing")), *_left_out(seen, languages))
    table = Table(pad_edge=False)
    for key in COLUMNS:
        table.add_column(heading(languages, key), justify="left" if key == COLUMNS[0] else "right", overflow="fold")
    table.add_row(heading(languages, "shadow-together"), *_figures(seen.together, languages[0]), end_section=True)
    for place, found in seen.channels.items():
        table.add_row(Text(visible(seen.names.get(place) or place)), *_figures(found, languages[0]))
    lines = [_verdict(seen.together, language) for language in languages]
    pointer = [] if seen.shadow.candidate.model else [Text(both(languages, "shadow-simulate"))]
    return Group(*map(Text, head), table, *map(Text, lines), *_left_out(seen, languages), *pointer)


def plain_shadow(seen: Seen) -> dict[str, object]:
    """The same as JSON."""
    shadow, wanted = seen.shadow, seen.shadow.candidate
    return {
        "id": shadow.id,
        "thresholds": {place: dict(limits) for place, limits in wanted.thresholds.items()},
        "model": wanted.model_id or None,
        "by": wanted.by,
        "why": wanted.why,
        "started_at": wanted.started_at.isoformat(),
        "until": wanted.until.isoformat(),
        "ended_at": shadow.ended_at.isoformat() if shadow.ended_at else None,
        "ending": str(shadow.ending) if shadow.ending else None,
        "problem": shadow.problem or None,
        "not_compared": seen.stood_back,
        "together": None if seen.together is None else _plain(seen.together),
        "channels": {place: {"name": seen.names.get(place), **_plain(found)} for place, found in seen.channels.items()},
    }


def _plain(found: Compared) -> dict[str, object]:
    rates = {
        "live_a_day": found.live_a_day,
        "candidate_a_day": found.candidate_a_day,
        "difference_a_day": found.difference_a_day,
    }
    return {
        "days": round(found.days, 3),
        "read": found.read,
        "live": found.live,
        "candidate": found.candidate,
        "common": found.common,
        "only_live": found.only_live,
        "only_candidate": found.only_candidate,
        **{name: {"value": rate.value, "low": rate.low, "high": rate.high} for name, rate in rates.items()},
        "p": found.p,
        "differs": found.differs,
        "seconds": round(found.seconds, 3),
    }


def _head(seen: Seen, language: str) -> str:
    say, shadow = speak(language), seen.shadow
    wanted = shadow.candidate
    until = shadow.ended_at or wanted.until
    state = say(f"shadow-{shadow.ending or 'running'}", until=_moment(until, language), problem=visible(shadow.problem))
    what = ", ".join([*_limits(wanted, seen, say, language), *([visible(wanted.model_id)] if wanted.model else [])])
    by = say("shadow-by", by=visible(wanted.by), when=_moment(wanted.started_at, language), why=visible(wanted.why))
    return f"{say('shadow-title', number=str(shadow.id), what=what)}\n{by}\n{state}"


def _limits(wanted: Candidate, seen: Seen, say: Speak, language: str) -> list[str]:
    found = []
    for place, limits in wanted.thresholds.items():
        where = say("shadow-everywhere") if place == EVERYWHERE else visible(seen.names.get(place) or place)
        values = ", ".join(f"{label} {_number(value, '0.00', language)}" for label, value in limits.items())
        found.append(f"{values} {where}")
    return found


def _figures(found: Compared, language: str) -> list[str]:
    return [
        _number(found.read, "#,##0", language),
        _rate(found.live_a_day, language),
        _rate(found.candidate_a_day, language),
        *(_number(each, "#,##0", language) for each in (found.common, found.only_live, found.only_candidate)),
    ]


def _verdict(found: Compared, language: str) -> str:
    say, rate = speak(language), found.difference_a_day
    days = _number(found.days, "0.#", language)
    if found.differs is None:
        return say("shadow-early", days=days)
    slots = {
        "difference": _number(abs(rate.value), "0.0", language),
        "low": _number(rate.low or 0.0, "0.0", language),
        "high": _number(rate.high or 0.0, "0.0", language),
        "days": days,
    }
    if not found.differs:
        return say("shadow-same", **slots)
    return say("shadow-more" if rate.value > 0 else "shadow-fewer", **slots)


def _left_out(seen: Seen, languages: Sequence[str]) -> list[Text]:
    """What was not compared, and what it cost; nothing where there is nothing to say."""
    read = seen.together.read if seen.together else 0
    lines: list[Text] = []
    if seen.stood_back:
        share = seen.stood_back / max(1, read + seen.stood_back)
        each = (
            speak(language)(
                "shadow-stood-back", count=seen.stood_back, share=str(format_percent(share, locale=language))
            )
            for language in languages
        )
        lines.append(Text("\n".join(dict.fromkeys(each))))
    if seen.together and seen.together.seconds and read:
        took = 1000 * seen.together.seconds / read
        cost = (speak(each)("shadow-cost", took=_number(took, "0.0", each)) for each in languages)
        lines.append(Text("\n".join(dict.fromkeys(cost))))
    return lines


def _rate(rate: Rate, language: str) -> str:
    value = _number(rate.value, "0.0", language)
    if rate.low is None or rate.high is None:
        return value
    return f"{value} ({_number(rate.low, '0.0', language)}–{_number(rate.high, '0.0', language)})"


def _number(value: float, pattern: str, language: str) -> str:
    return str(format_decimal(value, pattern, locale=language))


def _moment(moment: datetime, language: str) -> str:
    return str(format_datetime(moment, "d MMM HH:mm", tzinfo=ZONE, locale=language))
