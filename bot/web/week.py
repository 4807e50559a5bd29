"""How did the week go? Figures of everybody together by week: rows that a table shows in numbers and a small chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from aiohttp import web

from bot.config import ZONE
from bot.core.agreement import Agreement, agreement, trust
from bot.core.roles import Deed
from bot.core.weeks import UNNAMED, Week, monday_of, mondays
from bot.locales import Speak
from bot.web.clock import running_clocks
from bot.web.pages import page
from bot.web.visit import Route, Visit
from bot.web.week_shifts import MOST, week_shifts

LATELY = timedelta(weeks=26)  # that agreement is of
PAIRS = 1_000  # at most


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over the weeks. `height` is what the chart draws; `form` how a number is written."""

    name: str
    values: Sequence[object]
    form: str = "count"

    @property
    def heights(self) -> Sequence[float | None]:
        """Numbers for the chart."""
        return [_height(value) for value in self.values]


@dataclass(frozen=True, slots=True)
class Block:
    """A table of rows."""

    key: str
    rows: Sequence[Row]


async def _week(visit: Visit) -> web.StreamResponse:
    this = monday_of(visit.desk.clock.now().astimezone(ZONE).date())
    found = await visit.desk.reading.weeks(visit.who.guilds, mondays(this))
    agreed = await _agreement(visit) if visit.may(Deed.AGREEMENT) else None
    return page(visit, "week.html", weeks=[week.monday for week in found], blocks=_blocks(visit.say, found),
                 this=found[-1], shifts=await week_shifts(visit, found[0].monday), most=MOST, agreed=agreed,
                 trust=trust, clocks=await running_clocks(visit))  # fmt: skip


async def _agreement(visit: Visit) -> Agreement:
    midnight = datetime.combine(visit.desk.clock.now().date(), time(), UTC)
    return agreement(await visit.desk.reading.latest_pairs(visit.who.guilds, midnight - LATELY, PAIRS))


def _blocks(say: Speak, weeks: Sequence[Week]) -> list[Block]:
    return [
        Block("cases", [_counted(say, weeks, each) for each in ("upheld", "dismissed", "reopened", "missed", "late")]),
        Block("motives", _named(say, weeks, lambda week: week.motives)),
        Block("targets", _named(say, weeks, lambda week: week.targets)),
        Block("times", [
            Row(say("web-week-" + each + "-time"), [week.median(each) for week in weeks], "span")
            for each in ("seen", "decided", "acted")
        ]),
        Block("heard", [
            _counted(say, weeks, each) for each in ("report", "appeal", "appeal-granted", "appeal-rejected")
        ]),
        Block("model", [
            _counted(say, weeks, "read"),
            Row(say("web-week-rate"), [week.per_thousand for week in weeks], "rate"),
            Row(say("web-week-unread"), [week.unread for week in weeks], "percent"),
            Row(say("web-week-precision"), [week.precision for week in weeks], "share"),
        ]),
    ]  # fmt: skip


def _counted(say: Speak, weeks: Sequence[Week], figure: str) -> Row:
    return Row(say("web-week-" + figure), [week.count(figure) for week in weeks])


def _named(say: Speak, weeks: Sequence[Week], of: Callable[[Week], Mapping[str, int]]) -> list[Row]:
    """A row for each label that any week has, the most frequent first."""
    totals: dict[str, int] = {}
    for week in weeks:
        for label, n in of(week).items():
            totals[label] = totals.get(label, 0) + n
    ordered = sorted(totals, key=lambda label: (label == UNNAMED, -totals[label]))
    return [Row(_label(say, label), [of(week).get(label, 0) for week in weeks]) for label in ordered]


def _label(say: Speak, label: str) -> str:
    name = say("web-week-unnamed") if label == UNNAMED else say(f"label-{label}")
    return name[:1].upper() + name[1:]


def _height(value: object) -> float | None:
    if isinstance(value, timedelta):
        return value.total_seconds()
    number = getattr(value, "value", value)
    return None if number is None else float(number)  # type: ignore[arg-type]  # a count, a rate or a share


ROUTES = (Route("GET", "/week", _week, Deed.STATISTICS),)
