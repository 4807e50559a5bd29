"""Which figures stand with a change of thresholds? Those that were kept with it, in one line of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal, format_percent

from bot.locales import Speak


def figures_line(figures: Mapping[str, Any], say: Speak, language: str) -> str:
    """What a change does to flags, time and decided cases; empty where nothing was known of its place."""
    if not figures:
        return ""
    now, then, lost = figures["now"], figures["then"], figures["lost"]
    return say(
        "tuned-figures",
        before=rate(now["flags_a_day"], language),
        after=rate(then["flags_a_day"], language),
        minutes=rate(then["minutes_a_day"], language),
        right=_right(then["precision"], say, language),
        upheld=int(lost["upheld"]),
        dismissed=int(lost["dismissed"]),
    )


def rate(it: Mapping[str, float], language: str) -> str:
    """So many a day; between two numbers where counts leave it open."""
    least, most = (format_decimal(round(it[end], 1), locale=language) for end in ("least", "most"))
    return least if least == most else f"{least}–{most}"


def _right(share: Mapping[str, Any], say: Speak, language: str) -> str:
    if share["value"] is None:
        return say("tuned-right-unknown", decided=int(share["decided"]))
    low, high = (format_percent(share[end], locale=language) for end in ("low", "high"))
    return say("tuned-right", share=format_percent(share["value"], locale=language), low=low, high=high)
