"""How does the clock look in a terminal? Which cases run and how much time is left, and how a month went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.clock_words import kind_words, left_words, regime_words, span
from bot.core.clock import Stage, Timed
from bot.core.supervision import Category, Supervision, Times
from bot.locales import Speak, speak
from bot.overseeing import Overview
from bot.terminal import ZONE, both, heading

_RUNNING = ("case", "kind", "begin", "left", "state")
_MONTH = ("kind", "limit", "decided", "within", "overdue", "open", "seen", "to-decided", "acted")
_STAGES = (Stage.SEEN, Stage.DECIDED, Stage.ACTED)


def clock_table(seen: Overview, languages: Sequence[str]) -> Group:
    """All of it."""
    rules = [regime_words(seen.month.rules.regime, speak(each)) for each in dict.fromkeys(languages)]
    return Group(*map(Text, rules), Text(both(languages, "clock-late", late=seen.running.late)),
                 _running(seen, languages), _month(seen.month, languages))  # fmt: skip


def _running(seen: Overview, languages: Sequence[str]) -> Table | Text:
    if not seen.running.cases:
        return Text(both(languages, "clock-running-none"))
    table = _table(_RUNNING, languages)
    say = speak(languages[0])
    for case in seen.running.cases:
        assert case.begin is not None, "what runs has begun"
        left = case.left(seen.now) or timedelta()
        table.add_row(str(case.flag), kind_words(case.category, say), _moment(case.begin, languages[0]),
                      left_words(left, say), say(_state(case)))  # fmt: skip
    return table


def _month(month: Supervision, languages: Sequence[str]) -> Table | Text:
    say, name = speak(languages[0]), format_date(month.period.since, "LLLL y", locale=languages[0])
    if not month.categories:
        return Text(both(languages, "clock-month-none", month=name))
    table = _table(_MONTH, languages)
    table.title, table.title_justify = say("clock-month", month=name), "left"
    for each in (*month.categories, month.total):
        counts = [str(n) for n in (each.decided, each.within, each.late, each.open)]
        limit = _hours(each, say, languages[0])
        table.add_row(_kind(each, say), limit, *counts, *(_took(each.times[stage], say) for stage in _STAGES))
    return table


def _table(columns: Sequence[str], languages: Sequence[str]) -> Table:
    table = Table(pad_edge=False)
    for column in columns:
        table.add_column(heading(languages, "clock-column-" + column), overflow="fold")
    return table


def _state(case: Timed) -> str:
    return "clock-open" if case.moments.decided is None else "clock-undone"


def _kind(category: Category, say: Speak) -> str:
    return kind_words(category.name, say) if category.name else say("clock-all")


def _hours(category: Category, say: Speak, language: str) -> str:
    limit = category.limit
    return (
        "–" if limit is None else say("clock-hours", hours=format_decimal(limit / timedelta(hours=1), locale=language))
    )


def _took(times: Times, say: Speak) -> str:
    if times.median is None or times.ninety is None:
        return "–"
    return say("clock-took", median=span(times.median, say), ninety=span(times.ninety, say))


def _moment(at: datetime, language: str) -> str:
    return str(format_datetime(at.astimezone(ZONE), "d MMM y HH:mm", locale=language))


def clock_plain(seen: Overview) -> dict[str, object]:
    """As JSON: times in seconds, moments as ISO 8601."""
    month = seen.month
    return {
        **month.rules.facts(),
        "now": seen.now.isoformat(),
        "late": seen.running.late,
        "running": [_case(case, seen.now) for case in seen.running.cases],
        "month": {
            "since": month.period.since.isoformat(),
            "until": month.period.until.isoformat(),
            "people": month.counts.people,
            "categories": [_plain(each) for each in (*month.categories, month.total)],
        },
    }


def _case(case: Timed, now: datetime) -> dict[str, object]:
    left = case.left(now)
    return {
        "case": case.flag,
        "category": case.category,
        "begin": None if case.begin is None else case.begin.isoformat(),
        "deadline": None if case.deadline is None else case.deadline.isoformat(),
        "seconds_left": None if left is None else left.total_seconds(),
        "decided": case.moments.decided is not None,
        **{str(stage): at.isoformat() for stage, at in case.moments.stages() if stage is not Stage.DECIDED},
    }


def _plain(category: Category) -> dict[str, object]:
    times = {
        str(stage): {"n": found.n, "median": _seconds(found.median), "p90": _seconds(found.ninety)}
        for stage, found in category.times.items()
    }
    return {
        "category": category.name or None,
        "limit_seconds": _seconds(category.limit),
        "decided": category.decided,
        "within": category.within,
        "late": category.late,
        "open": category.open,
        "overdue": category.overdue,
        "times": times,
    }


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
