"""When on the day is there something to do?"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from bot.core.errors import Refused
from bot.core.tuning import curves
from bot.core.tuning.evidence import Evidence
from bot.plots.canvas import BLUE, SKY, drawing, rendered, sheet
from bot.plots.picture import Form, Picture, Row
from bot.plots.words import Words

_HOURS = 24
_WINDOW = 3  # hours in a row: the busiest stretch of that length is marked and told


def picture(evidence: Evidence, language: str, form: Form) -> Picture:
    """What reaches a human by the hour; Refused where nothing was read."""
    words = Words(language)
    if evidence.nothing:
        raise Refused(words.say("plot-nothing-read", where=words.where(evidence)))
    per_day = curves.by_hour(evidence)
    title = words.say("plot-workload-title")
    with drawing():
        drawn = rendered(draw(evidence, title, per_day, words), title, form)
    rows = tuple(Row(hour, float(per_day[hour])) for hour in range(_HOURS))
    return Picture("workload", form, drawn, _alt(title, evidence, per_day, words), rows)


def busiest(per_day: NDArray[np.float64]) -> int | None:
    """The hour at which the busiest stretch begins, round midnight too; None where nothing came."""
    stretches = sum(np.roll(per_day, -hour) for hour in range(_WINDOW))
    return int(np.argmax(stretches)) if per_day.any() else None


def draw(evidence: Evidence, title: str, per_day: NDArray[np.float64], words: Words) -> Figure:
    """The plot itself; inside `drawing()`."""
    told = {"where": words.where(evidence), "period": words.period(evidence)}
    figure, axes = sheet(title, words.say("plot-about", **told), _cost(evidence, per_day, words))
    start = busiest(per_day)
    busy = {(start + hour) % _HOURS for hour in range(_WINDOW)} if start is not None else set()
    for hour in range(_HOURS):
        look: dict[str, Any] = (
            {"color": BLUE} if hour in busy else {"facecolor": SKY, "edgecolor": BLUE, "hatch": "///"}
        )
        axes.bar(hour + 0.5, per_day[hour], width=0.82, linewidth=0.8, **look)
    top = max(float(per_day.max()) * 1.25, 0.1)
    axes.set_xlim(0, _HOURS)
    axes.set_ylim(0, top)
    axes.set_xticks(range(0, _HOURS + 1, 3), [f"{hour:02}" for hour in range(0, _HOURS + 1, 3)])
    axes.grid(visible=False, axis="x")
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _place: words.number(value))
    axes.set_xlabel(words.say("plot-hour"))
    axes.set_ylabel(words.say("plot-per-day"))
    if start is not None:
        peak = int(np.argmax(per_day))
        axes.text(
            min(max(peak + 0.5, 4.5), _HOURS - 4.5), per_day[peak] + top * 0.03, _busy(start, per_day, words),
            ha="center", va="bottom", fontweight="bold", color=BLUE,
        )  # fmt: skip
    return figure


def _cost(evidence: Evidence, per_day: NDArray[np.float64], words: Words) -> str:
    """The flags of a whole day, and the minutes that they take where decisions were measured."""
    count = words.number(float(per_day.sum()))
    if evidence.minutes_each is None:
        return words.say("plot-day", count=count)
    minutes = words.number(float(per_day.sum()) * evidence.minutes_each)
    return words.say("plot-day-minutes", count=count, minutes=minutes)


def _busy(start: int, per_day: NDArray[np.float64], words: Words) -> str:
    """How much of all comes in the busiest stretch."""
    share = sum(float(per_day[(start + hour) % _HOURS]) for hour in range(_WINDOW)) / float(per_day.sum())
    last = f"{(start + _WINDOW) % _HOURS:02}"
    return words.say("plot-busiest", first=f"{start:02}", last=last, share=words.share(share))


def _alt(title: str, evidence: Evidence, per_day: NDArray[np.float64], words: Words) -> str:
    start = busiest(per_day)
    told = words.say("plot-told-nothing") if start is None else _busy(start, per_day, words)
    return words.sentence(f"{title}, {words.where(evidence)}: {told}", _cost(evidence, per_day, words).rstrip("."))
