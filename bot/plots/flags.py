"""How many flags a day would each threshold give?"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.core.errors import Refused
from bot.core.tuning import curves
from bot.core.tuning.curves import THRESHOLDS, Flags
from bot.core.tuning.evidence import Evidence
from bot.plots.canvas import BLUE, LINED, by_threshold, drawing, from_about, rendered, sheet, thresholds
from bot.plots.picture import Form, Lines, Picture, Row, table
from bot.plots.placing import Points, beside, line
from bot.plots.words import Words

_HEADROOM = 2.6  # times the most that is compared: beyond that a curve leaves the sheet
_SHORT = 4  # points that are seen: a shorter part has no room for its name
_TEAL = "#00664B"  # Okabe & Ito's green, darker, so that words in it can be read on white


def picture(
    evidence: Evidence, label: str, lines: Lines, language: str, form: Form, capacity: float | None = None
) -> Picture:
    """Flags a day against the threshold of a label; Refused where nothing was read."""
    words = Words(language)
    if evidence.nothing:
        raise Refused(words.say("plot-nothing-read", where=words.where(evidence)))
    counted = curves.flags(evidence, label, lines.in_force)
    title = words.say("plot-flags-title", label=words.label(label))
    with drawing():
        drawn = rendered(draw(evidence, title, counted, lines, capacity, words), title, form)
    return Picture(
        "flags", form, drawn, _alt(title, evidence, counted, lines, capacity, words), figures(counted, lines)
    )


def figures(counted: Flags, lines: Lines) -> tuple[Row, ...]:
    """Threshold and flags a day: at each twentieth, and at both lines. They are counts, and have no interval."""
    return tuple(Row(at, counted.at(at)) for at in table(lines))


def draw(evidence: Evidence, title: str, counted: Flags, lines: Lines, capacity: float | None, words: Words) -> Figure:
    """The plot itself; inside `drawing()`."""
    told = {"where": words.where(evidence), "period": words.period(evidence)}
    figure, axes = sheet(title, words.say("plot-about", **told), words.say("plot-counted-note"), LINED)
    top = _top(counted, lines, capacity)
    compared = [at for at in (lines.today, lines.proposed) if at is not None]
    seen = counted.per_day <= top * 1.3
    by_threshold(axes, words, from_about(*THRESHOLDS[seen][:1], *compared))
    axes.set_ylim(0, top)
    axes.yaxis.set_major_formatter(lambda value, _place: words.number(value))
    axes.locator_params(axis="y", nbins=6)
    axes.set_ylabel(words.say("plot-per-day"))
    crowd = [line([at, at], [0, top]) for at in compared]
    if capacity is not None:
        axes.axhline(capacity, color=_TEAL, linestyle="--", linewidth=2.0)
        crowd.append(line(axes.get_xlim(), [capacity, capacity]))
    crowd += _curves(axes, counted, words, crowd)
    if capacity is not None:
        name = words.say("plot-capacity", count=words.number(capacity))
        beside(axes, line(axes.get_xlim(), [capacity, capacity]), name, _TEAL, crowd)
    thresholds(axes, lines, words)
    return figure


def _top(counted: Flags, lines: Lines, capacity: float | None) -> float:
    """As many flags a day as the plot has room for: what is compared lies well inside."""
    compared = [counted.at(at) for at in (lines.today, lines.proposed) if at is not None]
    compared += [capacity] if capacity is not None else []
    return max(_HEADROOM * max(compared or [counted.at(0.5)]), 1.0)


def _curves(axes: Axes, counted: Flags, words: Words, crowd: list[Points]) -> list[Points]:
    """Both parts of the curve with their names: what was flagged, and what is known of the rest by its counts."""
    through = int(counted.counted.sum())  # they come first: what a threshold lets through, a lower one does, too
    parts = (
        (slice(through, None), "plot-flagged", "-", "o", BLUE),
        (slice(0, through + 1), "plot-counted", "-", "s", "white"),
    )
    drawn: list[Points] = []
    named: list[tuple[Points, str]] = []
    for part, key, dash, marker, fill in parts:
        x, y = THRESHOLDS[part], counted.per_day[part]
        axes.plot(x, y, color=BLUE, linestyle=dash, marker=marker, markevery=4, markerfacecolor=fill, markersize=7)
        inside = (y <= axes.get_ylim()[1]) & (x >= axes.get_xlim()[0])
        drawn.append(line(x[inside], y[inside]))
        if inside.sum() > _SHORT:
            named.append((drawn[-1], words.say(key)))
    for points, name in named:
        drawn.append(beside(axes, points, name, BLUE, [*crowd, *drawn]))
    return drawn


def _alt(title: str, evidence: Evidence, counted: Flags, lines: Lines, capacity: float | None, words: Words) -> str:
    parts = [
        words.say(key, threshold=words.threshold(at), figures=_told(counted.at(at), words))
        for at, key in ((lines.today, "plot-at-today"), (lines.proposed, "plot-at-proposed"))
        if at is not None
    ]
    if not parts:
        parts = [words.say("plot-at", threshold=words.threshold(0.5), figures=_told(counted.at(0.5), words))]
    room = words.say("plot-capacity-alt", count=words.number(capacity)) if capacity is not None else ""
    return words.sentence(f"{title}, {words.where(evidence)}: {parts[0]}", *parts[1:], room)


def _told(per_day: float, words: Words) -> str:
    return words.say("plot-told-flags", count=words.number(per_day))
