"""How does a page show the clock? Of one case each step and how long it took; of all, whose time runs out first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.numbers import format_decimal

from bot.clock_words import kind_words, left_words, regime_words, span
from bot.core.clock import Stage, Timed
from bot.web.visit import BABEL, Visit

SHOWN = 10
NEVER_TOOK = (Stage.POSTED, Stage.REPORTED, Stage.FLAGGED)  # come before anybody could do anything


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, and how long after the clock began."""

    stage: Stage
    at: datetime
    took: str


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One case's clock in words."""

    standing: str
    is_late: bool
    steps: Sequence[Step]
    regime: str


@dataclass(frozen=True, slots=True)
class Row:
    """A case whose time runs."""

    flag: int
    kind: str
    begin: datetime
    left: str
    is_late: bool
    state: str


@dataclass(frozen=True, slots=True)
class ShownRunning:
    """Those whose time runs out first; `late` counts all whose time is up."""

    late: int
    cases: Sequence[Row]
    regime: str


async def shown_clock(visit: Visit, flag: int) -> ShownClock | None:
    """The clock of a case; None where there is no such case."""
    rules, now = visit.desk.settings.clock_rules(), visit.desk.clock.now()
    case = await visit.desk.reading.clock(flag, rules)
    if case is None:
        return None
    steps = [Step(stage, at, _took(visit, case, stage)) for stage, at in case.moments.stages()]
    return ShownClock(_standing(visit, case, now), case.is_late(now), steps, regime_words(rules.regime, visit.say))


async def running_clocks(visit: Visit) -> ShownRunning:
    """What runs on the servers that this visitor may see."""
    rules, now = visit.desk.settings.clock_rules(), visit.desk.clock.now()
    found = await visit.desk.reading.running(visit.who.guilds, rules, now, SHOWN)
    rows = [_row(visit, case, case.begin, now) for case in found.cases if case.begin is not None]
    return ShownRunning(found.late, rows, regime_words(rules.regime, visit.say))


def _row(visit: Visit, case: Timed, begin: datetime, now: datetime) -> Row:
    state = "clock-open" if case.moments.decided is None else "clock-undone"
    left = left_words(case.left(now) or timedelta(), visit.say)
    return Row(case.flag, kind_words(case.category, visit.say), begin, left, case.is_late(now), state)


def _standing(visit: Visit, case: Timed, now: datetime) -> str:
    kind = kind_words(case.category, visit.say)
    if case.limit is None:
        return visit.say("web-clock-unlimited", kind=kind)
    if case.deadline is None:
        return visit.say("web-clock-none")
    hours = format_decimal(case.limit / timedelta(hours=1), locale=BABEL[visit.language])
    slots = {"kind": kind, "limit": visit.say("clock-hours", hours=hours), "when": visit.when(case.deadline)}
    left = case.left(now)
    if left is None:
        return visit.say("web-clock-within" if case.within else "web-clock-late", **slots)
    over = "web-clock-over" if case.is_late(now) else "web-clock-running"
    return visit.say(over, left=left_words(left, visit.say), **slots)


def _took(visit: Visit, case: Timed, stage: Stage) -> str:
    took = None if stage in NEVER_TOOK else case.took(stage)
    return "–" if took is None else span(took, visit.say)
