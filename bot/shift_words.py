"""What is said of a shift, in Discord and in the terminal? What, where, since when, how sure, what to look at."""

from __future__ import annotations

from math import floor, log10

from babel.numbers import format_decimal, format_percent

from bot.core.tuning.drift import Kind, Shift
from bot.locales import speak

SUREST = 6  # powers of ten: beyond that a model of chance says nothing of the world


def shift_words(shift: Shift, language: str, where: str, since: str) -> list[str]:
    """A heading and three sentences; `where` and `since` as they are shown there."""
    say = speak(language)
    slots: dict[str, object] = {"where": where, "since": since}
    if shift.kind is not Kind.SCORES:
        slots |= {"before": _share(shift.before, language), "now": _share(shift.now, language)}
    power = min(SUREST, floor(-log10(max(shift.p, 10.0**-SUREST))))
    odds = str(format_decimal(10**power, locale=language))
    return [
        say("shift-title"),
        say(f"shift-{shift.kind}", **slots),
        say("shift-sure", odds=odds),
        say(f"shift-look-{shift.kind}"),
    ]


def _share(share: float, language: str) -> str:
    return str(format_percent(share, "0.0 %" if language == "sv" else "0.0%", locale=language))
