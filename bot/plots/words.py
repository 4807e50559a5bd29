"""How are figures, days and channels named beside a picture? As the reader's language writes them, and harmless.

Names of channels are written by others: what acts on a text rather than showing in it is left out.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_interval
from babel.numbers import format_decimal

from bot.core.tuning.evidence import Evidence
from bot.locales import LANGUAGES, speak
from bot.plots.picture import LONGEST_ALT

ZONE = ZoneInfo("Europe/Stockholm")
LONGEST_NAME = 24  # characters of a channel's name, so that all of the line can be read on a phone


class Words:
    """The words and numbers of one language."""

    def __init__(self, language: str) -> None:
        self.locale = language if language in LANGUAGES else "sv"
        self.say = speak(self.locale)

    def threshold(self, value: float) -> str:
        """A probability with two decimals: 0,75."""
        return str(format_decimal(value, "0.00", locale=self.locale))

    def tick(self, value: float) -> str:
        """A probability on an axis: 0,2 or 0,25."""
        return str(format_decimal(value, "0.0#", locale=self.locale))

    def number(self, value: float) -> str:
        """A count, with a decimal where it is small: 7,4 or 1 250."""
        return str(format_decimal(value, "#,##0.#" if value < 20 else "#,##0", locale=self.locale))

    def share(self, value: float) -> str:
        """A share as people say it: 64 %."""
        return self.say("plot-percent", value=self.number(round(value * 100)))

    def between(self, low: float, high: float) -> str:
        """The two ends of an interval of shares: 58-70 %, with a dash."""
        return f"{round(low * 100)}–{self.share(high)}"

    def label(self, label: str) -> str:
        """What a label is called."""
        return self.say(f"label-{label}")

    def where(self, evidence: Evidence) -> str:
        """The channels that the evidence is of."""
        if not evidence.scope.channels:
            return self.say("plot-all-channels")
        known = dict(zip(evidence.channels, evidence.names, strict=True))
        first = evidence.scope.channels[0]
        name = shown(known.get(first, first)) or self.say("plot-unnamed")
        more = len(evidence.scope.channels) - 1
        return self.say("plot-channels", first=f"#{name}", more=more) if more else f"#{name}"

    def period(self, evidence: Evidence) -> str:
        """The days that the evidence is of, as they were in Sweden."""
        scope = evidence.scope
        last = max(scope.since, scope.until - timedelta(microseconds=1))
        days = (scope.since.astimezone(ZONE).date(), last.astimezone(ZONE).date())
        return str(format_interval(*days, skeleton="yMMMd", locale=self.locale))

    def sentence(self, *parts: str) -> str:
        """Parts as one sentence, cut where it would not fit an attachment's description."""
        text = "; ".join(part for part in parts if part) + "."
        return text if len(text) <= LONGEST_ALT else text[: LONGEST_ALT - 1] + "…"


def shown(name: str) -> str:
    """A name on one line, of visible characters, at most LONGEST_NAME of them; it may be empty."""
    kept = [" " if c.isspace() else c for c in unicodedata.normalize("NFC", name) if _visible(c)]
    text = " ".join("".join(kept).lstrip("#").split())
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _visible(character: str) -> bool:
    """No control, format or direction characters, and no marks stacked on others."""
    return character.isspace() or unicodedata.category(character)[0] not in ("C", "M")
