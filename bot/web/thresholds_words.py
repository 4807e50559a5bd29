"""How are the figures of thresholds told on a page? As they are kept with a change, in the reader's numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal, format_percent

from bot.core.display import displayable
from bot.core.messages import Channel
from bot.core.tuning.changes import Change, Where
from bot.core.tuning.guarantee import Suggestion, Why
from bot.core.tuning.recall import Recall
from bot.core.tuning.shares import LEAST
from bot.core.tuning.wishes import Wishes
from bot.web.visit import Visit

Figures = Mapping[str, Any]  # as core.tuning.figures gives them
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of what is in force, and of what is held beside it."""

    key: str
    name: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Words:
    """Says figures to a visitor."""

    visit: Visit

    def number(self, value: float) -> str:
        """A count or a time, with a decimal where it is small."""
        pattern = "#,##0.#" if value < 100 else "#,##0"
        return str(format_decimal(value, pattern, locale=self.visit.language))

    def limit(self, value: float | None) -> str:
        """A threshold, with two decimals and, as models ship them, four; a dash for none."""
        return "–" if value is None else str(format_decimal(value, "0.00##", locale=self.visit.language))

    def percent(self, value: float) -> str:
        """A share in whole percent."""
        language = self.visit.language
        return str(format_percent(value, "0\N{NO-BREAK SPACE}%" if language == "sv" else "0%", locale=language))

    def rate(self, rate: Mapping[str, float]) -> str:
        """How much a day."""
        least, most = self.number(rate["least"]), self.number(rate["most"])
        return least if least == most else self.visit.say("evidence-range", least=least, most=most)

    def share(self, share: Mapping[str, Any]) -> str:
        """A share with its interval, or that there is too little to say."""
        if share["value"] is None:
            return self.visit.say("evidence-few", decided=str(share["decided"]), least=str(LEAST))
        return self._between(share["value"], share["low"], share["high"])

    def caught(self, found: Recall | None, threshold: float | None) -> str:
        """How much of what humans would find a threshold brings to them."""
        if found is None or not found.audited or threshold is None:
            return self.visit.say("thresholds-unknown")
        value, low, high = found.at(threshold)
        if value is None:
            return self.visit.say("thresholds-early", audited=found.audited)
        return self._between(value, low, high)

    def beside(self, figures: Figures, caught: tuple[str, str] | None = None) -> list[Beside]:
        """What was and what would have been, a row for each figure."""
        now, then = figures["now"], figures["then"]
        rows = [
            self._row("flags", *(self.rate(each["flags_a_day"]) for each in (now, then))),
            self._row("minutes", *(self.rate(each["minutes_a_day"]) for each in (now, then))),
            self._row("precision", *(self.share(each["precision"]) for each in (now, then))),
        ]
        if caught is not None:
            rows.append(self._row("caught", *caught))
        if now["unread_a_day"]["most"] or then["unread_a_day"]["most"]:
            rows.append(self._row("unread", *(self.rate(each["unread_a_day"]) for each in (now, then))))
        return rows

    def told_moves(self, figures: Figures) -> list[tuple[str, Mapping[str, Any]]]:
        """What is worth a line: that nothing is lost is news, that nothing is gained is not."""
        gained = figures["gained"]
        return [("lost", figures["lost"]), *([("gained", gained)] if gained["flags"] or gained["pending"] else [])]

    def moved(self, kind: str, moved: Mapping[str, Any]) -> str:
        """What of the decided cases is `lost` or `gained`."""
        slots = {"upheld": int(moved["upheld"]), "dismissed": int(moved["dismissed"]), "pending": int(moved["pending"])}
        return self.visit.say(f"tune-{kind}", count=len(moved["flags"]), **slots)

    def rests(self, figures: Figures) -> list[str]:
        """What the figures rest on."""
        say, minutes = self.visit.say, self.number(figures["minutes_each"])
        told = [
            say("tune-rests", days=self.span(figures["days"]), decided=int(figures["decided"])),
            say("tune-assumed" if figures["minutes_assumed"] else "tune-measured", minutes=minutes),
        ]
        if figures["days_counted"] < figures["days"]:
            told.append(say("tune-counted", days=self.number(figures["days_counted"])))
        if figures["then"]["unread_a_day"]["most"]:
            told.append(say("evidence-unread"))
        return told

    def span(self, days: float) -> str:
        """So many days, as one says it of a few hours too."""
        return self.visit.say("tune-hours") if days < 1 else self.visit.say("tune-days", days=self.number(days))

    def place(self, where: Where, channels: Mapping[str, Channel]) -> str:
        """A place by the name that people know it by."""
        if where.group:
            return self.visit.say("where-group", group=clean(where.group))
        if not where.channel:
            return self.visit.say("where-everywhere")
        return self.visit.say("where-channel", channel=channel_name(where.channel, channels))

    def values(self, labels: Sequence[str], before: Mapping[str, float], after: Mapping[str, float]) -> list[str]:
        """Some labels with their thresholds before and after."""
        say = self.visit.say
        slots = ({"before": self.limit(before.get(each)), "after": self.limit(after.get(each))} for each in labels)
        return [say("tuned-value", label=say(f"label-{each}"), **of) for each, of in zip(labels, slots, strict=True)]

    def who(self, by: str) -> str:
        """A member by the name that Discord has, somebody at a terminal as they called themselves."""
        return displayable(self.visit.desk.names(by), LONGEST_NAME)

    def change_state(self, change: Change, is_undone: bool) -> str:
        """What became of a change."""
        return self.visit.say("tune-entry-undone" if is_undone else f"change-{change.state}")

    def suggestion(self, found: Suggestion, label: str, wishes: Wishes) -> str:
        """The threshold that keeps what was wished for, or why there is none."""
        say, kept = self.visit.say, self._kept(label, wishes)
        slots = {"label": say(f"label-{label}"), "kept": kept}
        if found.threshold is not None:
            told = say("thresholds-suggested", value=self.limit(found.threshold), **slots)
            sure = wishes.catch is not None or wishes.precision is not None
            return f"{told} {say('tune-sure')}" if sure else told
        assert found.why is not None, "who gives no threshold says why"
        counts = {"found": found.found, "audited": found.audited}
        if found.why is Why.TOO_LITTLE and found.times is not None:
            more = max(1, math.ceil((found.times - 1) * max(found.audited, 1)))
            return say("tune-unable-more", more=self.number(more), **slots, **counts)
        return say("tune-unable-" + found.why, **slots, **counts)

    def _kept(self, label: str, wishes: Wishes) -> str:
        say, told = self.visit.say, []
        if wishes.catch is not None:
            told.append(say("tune-wish-catch", share=self.percent(wishes.catch), label=say(f"label-{label}")))
        if wishes.flags is not None:
            told.append(say("tune-wish-flags", flags=self.number(wishes.flags)))
        if wishes.precision is not None:
            told.append(say("tune-wish-precision", share=self.percent(wishes.precision)))
        return say("tune-and").join(told) if len(told) < 3 else ", ".join(told)

    def _between(self, value: float, low: float, high: float) -> str:
        told = {"value": self.percent(value), "low": str(round(low * 100)), "high": self.percent(high)}
        return self.visit.say("evidence-share", **told)

    def _row(self, key: str, now: str, then: str) -> Beside:
        return Beside(key, self.visit.say(f"thresholds-{key}"), now, then)


def channel_name(channel: str, channels: Mapping[str, Channel]) -> str:
    """What a channel is called, without its sign; its id where it is not known."""
    return clean((channels[channel].name if channel in channels else channel).removeprefix("#")) or channel


def clean(name: str) -> str:
    """A name on one line."""
    return " ".join(displayable(name, LONGEST_NAME).split())
