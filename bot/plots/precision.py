"""How much of what is flagged is right, and how much of what should be is flagged, by threshold?"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.core.errors import Refused
from bot.core.tuning import curves
from bot.core.tuning.curves import Curve
from bot.core.tuning.evidence import Evidence, truth
from bot.core.tuning.shares import LEAST
from bot.plots.canvas import BLUE, LINED, broken, by_threshold, drawing, from_about, rendered, shares, sheet, thresholds
from bot.plots.picture import Form, Lines, Picture, Row, table
from bot.plots.placing import beside, line
from bot.plots.words import Words

_BROWN = "#9C4A00"  # Okabe & Ito's vermillion, darker, so that its name can be read on white


def picture(
    evidence: Evidence, label: str, lines: Lines, language: str, form: Form, recall: Curve | None = None
) -> Picture:
    """Both against the threshold of a label; Refused where humans have decided nothing that tells."""
    words = Words(language)
    curve = known(evidence, label, words)
    recall = recall if recall is not None and len(recall.at) else None
    title = words.say("plot-precision-title" if recall is None else "plot-both-title", label=words.label(label))
    with drawing():
        drawn = rendered(draw(evidence, title, curve, recall, lines, words), title, form)
    rows = (*figures(curve, lines, "precision"), *(figures(recall, lines, "recall") if recall else ()))
    return Picture("precision", form, drawn, _alt(title, evidence, curve, recall, lines, words), rows)


def known(evidence: Evidence, label: str, words: Words) -> Curve:
    """The curve; Refused, in a sentence, where there is none."""
    if not truth(label):
        raise Refused(words.say("plot-never-asked", label=words.label(label)))
    curve = curves.precision(evidence, label)
    if not len(curve.at):
        raise Refused(words.say("plot-none-decided", label=words.label(label), where=words.where(evidence)))
    return curve


def figures(curve: Curve, lines: Lines, of: str) -> tuple[Row, ...]:
    """Threshold, share, interval and cases: at each twentieth, and at both lines."""
    places = [place for at in table(lines) if (place := curve.nearest(at)) is not None]
    rows = zip(curve.at, curve.value, curve.low, curve.high, curve.cases, strict=True)
    every = [Row(float(at), float(v), float(low), float(high), int(n), of) for at, v, low, high, n in rows]
    return tuple(every[place] for place in places)


def draw(evidence: Evidence, title: str, curve: Curve, recall: Curve | None, lines: Lines, words: Words) -> Figure:
    """The plot itself; inside `drawing()`."""
    cases = int(curve.cases.max())
    told = {"where": words.where(evidence), "period": words.period(evidence), "cases": cases}
    figure, axes = sheet(title, words.say("plot-about-cases", **told), _note(cases, recall, words), LINED)
    compared = [at for at in (lines.today, lines.proposed) if at is not None]
    by_threshold(axes, words, from_about(*compared, *curve.at[:1], *(recall.at[:1] if recall is not None else ())))
    shares(axes, words)
    drawn = [_band(axes, curve, BLUE, "-", "o", "")]
    if recall is not None:
        drawn.append(_band(axes, recall, _BROWN, "--", "s", "////"))
    crowd = [*drawn, *(line([at, at], [0, 1]) for at in compared)]
    box = beside(axes, drawn[0], words.say("plot-precision"), BLUE, crowd)
    if recall is not None:
        beside(axes, drawn[1], words.say("plot-recall"), _BROWN, [*crowd, box])
    thresholds(axes, lines, words)
    return figure


def _band(axes: Axes, curve: Curve, colour: str, dash: str, marker: str, hatch: str) -> np.ndarray:
    """A curve with its interval; points of the curve."""
    at, value, low, high = broken(curve.at, np.where(curve.few, np.nan, curve.value), curve.low, curve.high)
    axes.fill_between(at, low, high, facecolor=colour, alpha=0.16, linewidth=0, hatch=hatch, edgecolor=colour)
    axes.plot(
        at, value, color=colour, linestyle=dash, marker=marker,
        markevery=max(1, len(at) // 8), markeredgecolor="white", markersize=7,
    )  # fmt: skip
    return line(curve.at, curve.value)


def _note(cases: int, recall: Curve | None, words: Words) -> str:
    """What the reader must know beside the curves."""
    if cases < LEAST:
        return words.say("plot-few", cases=cases)
    return words.say("plot-recall-unknown") if recall is None else words.say("plot-bands")


def _alt(title: str, evidence: Evidence, curve: Curve, recall: Curve | None, lines: Lines, words: Words) -> str:
    missing = words.say("plot-recall-unknown-alt") if recall is None else ""
    parts = [
        words.say(key, threshold=words.threshold(at), figures=_told(curve, recall, at, words))
        for at, key in ((lines.today, "plot-at-today"), (lines.proposed, "plot-at-proposed"))
        if at is not None
    ]
    if not parts:
        at = float(curve.at[0])
        parts = [words.say("plot-at", threshold=words.threshold(at), figures=_told(curve, recall, at, words))]
    return words.sentence(f"{title}, {words.where(evidence)}: {parts[0]}", *parts[1:], missing)


def _told(curve: Curve, recall: Curve | None, at: float, words: Words) -> str:
    """Both figures at a threshold, in words."""
    told = [
        _figure(("plot-told-precision", "plot-told-precision-few"), curve, at, words) or words.say("plot-told-unknown")
    ]
    if recall is not None:
        told.append(_figure(("plot-told-recall", "plot-told-recall-few"), recall, at, words))
    return ", ".join(each for each in told if each)


def _figure(keys: tuple[str, str], curve: Curve, at: float, words: Words) -> str:
    place = curve.nearest(at)
    if place is None:
        return ""
    value, low, high = (float(each[place]) for each in (curve.value, curve.low, curve.high))
    between, cases = words.between(low, high), int(curve.cases[place])
    if curve.few[place]:  # no single figure: it would be believed
        return words.say(keys[1], between=between, cases=cases)
    return words.say(keys[0], share=words.share(value), between=between, cases=cases)
