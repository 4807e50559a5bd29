"""How is the clock told? The regime with its provisions, the categories, and times as one says them."""

from __future__ import annotations

from datetime import timedelta

from bot.core.clock import OTHER, REPORTED, Regime
from bot.locales import Speak


def regime_words(regime: Regime, say: Speak) -> str:
    """From when time runs, and by which provision."""
    return say("clock-regime-supervision" if regime is Regime.SUPERVISION else "clock-regime-knowledge")


def kind_words(category: str, say: Speak) -> str:
    """What a category is called."""
    own = {REPORTED: "clock-kind-reported", OTHER: "clock-kind-other"}
    return say(own[category]) if category in own else say(f"label-{category}")


def span(time: timedelta, say: Speak) -> str:
    """Minutes within the hour, hours and minutes within two days, days and hours beyond."""
    minutes = int(time.total_seconds()) // 60
    hours = minutes // 60
    if minutes == 0:
        return say("span-moment")
    if hours == 0:
        return say("span-minutes", minutes=minutes)
    if hours < 48:
        return say("span-hours", hours=hours, minutes=minutes % 60)
    return say("span-days", days=hours // 24, hours=hours % 24)


def left_words(left: timedelta, say: Speak) -> str:
    """How much time is left, or since when it is up."""
    late = left < timedelta()
    return say("clock-over", time=span(-left, say)) if late else say("clock-left", time=span(left, say))
