"""How are the figures of thresholds told? As they are kept with a change, in the reader's numbers, now beside then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal, format_percent

from bot.core.messages import Channel
from bot.core.tuning.changes import Where
from bot.core.tuning.shares import LEAST
from bot.discord_gateway.lines import place
from bot.discord_gateway.spoiler import harmless
from bot.locales import Speak

NAMED = 15  # cases of each kind that are named by number

Figures = Mapping[str, Any]  # as core.tuning.figures gives them


def number(value: float, language: str) -> str:
    """A count or a time, with a decimal where it is small."""
    return str(format_decimal(value, "#,##0.#" if value < 100 else "#,##0", locale=language))


def limit(value: float | None, language: str) -> str:
    """A threshold, with two decimals and, as models ship them, four; a dash for none."""
    return "–" if value is None else str(format_decimal(value, "0.00##", locale=language))


def percent(value: float, language: str) -> str:
    return str(format_percent(value, "0 %" if language == "sv" else "0%", locale=language))


def span(days: float, say: Speak, language: str) -> str:
    """So many days, as one says it of a few hours too."""
    return say("tune-hours") if days < 1 else say("tune-days", days=number(days, language))


def where_words(where: Where, channels: Mapping[str, Channel], say: Speak) -> str:
    """A place: a channel is linked, and has its name beside where Discord may not know it any more."""
    if where.group:
        return say("where-group", group=harmless(where.group, 60))
    if not where.channel:
        return say("where-everywhere")
    known = channels.get(where.channel)
    return say("tune-where-channel", channel=place(where.channel if known is None else known.id))


def limits_words(
    labels: Iterable[str], before: Mapping[str, float], after: Mapping[str, float], say: Speak, language: str
) -> str:
    """Some labels with their thresholds before and after."""
    told = []
    for label in labels:
        slots = {"before": limit(before.get(label), language), "after": limit(after.get(label), language)}
        told.append(say("tuned-value", label=say(f"label-{label}"), **slots))
    return "; ".join(told)


def beside(figures: Figures, say: Speak, language: str) -> list[str]:
    """What was and what would have been, a line for each figure."""
    now, then = figures["now"], figures["then"]
    told = {
        "tune-flags": [_rate(each["flags_a_day"], say, language) for each in (now, then)],
        "tune-minutes": [_rate(each["minutes_a_day"], say, language) for each in (now, then)],
        "tune-precision": [_share(each["precision"], say, language) for each in (now, then)],
    }
    lines = [say(key, now=was, then=would) for key, (was, would) in told.items()]
    if figures["lost"]["flags"] or figures["lost"]["pending"]:
        lines.append(_moved("tune-lost", figures["lost"], say))
    if figures["gained"]["flags"]:
        lines.append(_moved("tune-gained", figures["gained"], say))
    if then["unread_a_day"]["most"]:
        lines.append(say("tune-unread", unread=_rate(then["unread_a_day"], say, language)))
    return lines


def alone(figures: Figures, say: Speak, language: str) -> list[str]:
    """What thresholds in force have done."""
    now = figures["now"]
    return [
        say("tune-now-flags", flags=_rate(now["flags_a_day"], say, language)),
        say("tune-now-minutes", minutes=_rate(now["minutes_a_day"], say, language)),
        say("tune-now-precision", precision=_share(now["precision"], say, language)),
    ]


def rate_of(figures: Figures, which: str, say: Speak, language: str) -> str:
    """One of the rates of what would have been: `flags_a_day` or `minutes_a_day`."""
    return _rate(figures["then"][which], say, language)


def rests(figures: Figures, say: Speak, language: str) -> list[str]:
    """What the figures rest on."""
    lines = [
        say("tune-rests", days=span(figures["days"], say, language), decided=int(figures["decided"])),
        say(
            "tune-assumed" if figures["minutes_assumed"] else "tune-measured",
            minutes=number(figures["minutes_each"], language),
        ),
    ]
    if figures["days_counted"] < figures["days"]:
        lines.append(say("tune-counted", days=number(figures["days_counted"], language)))
    return lines


def _rate(rate: Mapping[str, float], say: Speak, language: str) -> str:
    least, most = number(rate["least"], language), number(rate["most"], language)
    return least if least == most else say("evidence-range", least=least, most=most)


def _share(share: Mapping[str, Any], say: Speak, language: str) -> str:
    if share["value"] is None:
        return say("evidence-few", decided=str(share["decided"]), least=str(LEAST))
    value, low, high = (percent(share[end], language) for end in ("value", "low", "high"))
    return say("evidence-share", value=value, low=low, high=high)


def _moved(key: str, moved: Mapping[str, Any], say: Speak) -> str:
    flags: Sequence[int] = moved["flags"]
    named = [str(each) for each in flags[:NAMED]] + (["…"] if len(flags) > NAMED else [])
    slots = {"upheld": int(moved["upheld"]), "dismissed": int(moved["dismissed"]), "pending": int(moved["pending"])}
    line = say(key, count=len(flags), **slots)
    return f"{line} {say('tune-cases', cases=', '.join(named))}" if flags else line
