"""How did the weeks go? Sums over everybody together, never of a single moderator; medians of what was kept in steps.

A week runs from Monday, by Swedish clocks. How long something took is kept in steps (to the minute within the hour, to
ten within the day, to two hours beyond), so that a median costs the same of ten cases as of ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core.tuning.shares import wilson
from classifier.verdict import MOTIVES, TARGETS

WEEKS = 9  # shown: this one and eight before
UNNAMED = "none"  # upheld without a motive
_STEPS = ((3_600, 60), (86_400, 600))  # seconds: up to which, and how wide a step is
_WIDEST = 7_200


@dataclass(frozen=True, slots=True)
class Week:
    """What was counted in one week: by figure and label. See store/schema_panel_weeks.py for the figures."""

    monday: date
    figures: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def count(self, figure: str, label: str = "") -> int:
        """One figure."""
        return self.figures.get(figure, {}).get(label, 0)

    @property
    def motives(self) -> Mapping[str, int]:
        """Upheld cases by motive as the moderators saw it; a case may have several."""
        found = self.figures.get("motive", {})
        return {motive: found[motive] for motive in (*MOTIVES, "threat", UNNAMED) if found.get(motive)}

    @property
    def targets(self) -> Mapping[str, int]:
        """Upheld cases by whom they were aimed at, as far as the model saw it."""
        found = self.figures.get("target", {})
        return {target: found[target] for target in TARGETS if found.get(target)}

    def median(self, what: str) -> timedelta | None:
        """How long half of them took at most: 'seen', 'decided', 'acted'; None where there was nothing."""
        steps = sorted((int(label), n) for label, n in self.figures.get(what, {}).items() if n > 0)
        rest = sum(n for _, n in steps) / 2
        for start, n in steps:
            if rest <= n:
                return timedelta(seconds=start + _width(start) / 2)
            rest -= n
        return None

    @property
    def per_thousand(self) -> float | None:
        """Flags for each 1,000 messages read."""
        read = self.count("read")
        return 1000 * self.count("flagged") / read if read else None

    @property
    def unread(self) -> float | None:
        """Which share was in languages that the model cannot read."""
        read = self.count("read")
        return self.count("unread") / read if read else None

    @property
    def precision(self) -> Share | None:
        """Of the model's flags that were decided, how many were upheld."""
        right, wrong = self.count("right"), self.count("wrong")
        return share(right, right + wrong) if right + wrong > 0 else None


@dataclass(frozen=True, slots=True)
class Share:
    """A share, with the interval that it lies in with 95 per cent confidence."""

    value: float
    low: float
    high: float


def share(hits: int, of: int) -> Share:
    """With Wilson's interval, as everywhere in the house."""
    return Share(hits / of, *wilson(hits, of))


def mondays(this: date, count: int = WEEKS) -> list[date]:
    """The Mondays of the weeks up to this one, the oldest first."""
    return [this - timedelta(weeks=number) for number in range(count - 1, -1, -1)]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def gathered(monday: date, rows: Sequence[tuple[str, str, int]]) -> Week:
    """A week of its rows: figure, label, number."""
    figures: dict[str, dict[str, int]] = {}
    for figure, label, n in rows:
        labels = figures.setdefault(figure, {})
        labels[label] = labels.get(label, 0) + n
    return Week(monday, figures)


def _width(start: int) -> int:
    return next((width for below, width in _STEPS if start < below), _WIDEST)
