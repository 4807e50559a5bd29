"""Can the scores be taken at their word: is what scores 0.8 upheld four times in five?"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from bot.core.errors import Refused
from bot.core.tuning import curves
from bot.core.tuning.curves import Reliability
from bot.core.tuning.evidence import Evidence, truth
from bot.core.tuning.shares import LEAST
from bot.plots.canvas import BLUE, SOFT, by_threshold, drawing, from_about, rendered, shares, sheet
from bot.plots.picture import Form, Picture, Row
from bot.plots.placing import beside, line
from bot.plots.words import Words


def picture(evidence: Evidence, label: str, language: str, form: Form) -> Picture:
    """What scores promised against what humans upheld; Refused where they have decided nothing that tells."""
    words = Words(language)
    if not truth(label):
        raise Refused(words.say("plot-never-asked", label=words.label(label)))
    bins = curves.reliability(evidence, label)
    if not len(bins.cases):
        raise Refused(words.say("plot-none-decided", label=words.label(label), where=words.where(evidence)))
    title = words.say("plot-reliability-title", label=words.label(label))
    with drawing():
        drawn = rendered(draw(evidence, title, bins, words), title, form)
    return Picture("reliability", form, drawn, _alt(title, evidence, bins, words), figures(bins))


def figures(bins: Reliability) -> tuple[Row, ...]:
    """Mean score, share upheld, interval and cases, a row for each bin."""
    columns = zip(bins.promised, bins.found, bins.low, bins.high, bins.cases, strict=True)
    return tuple(Row(float(at), float(value), float(low), float(high), int(n)) for at, value, low, high, n in columns)


def draw(evidence: Evidence, title: str, bins: Reliability, words: Words) -> Figure:
    """The plot itself; inside `drawing()`."""
    cases = int(bins.cases.sum())
    told = {"where": words.where(evidence), "period": words.period(evidence), "cases": cases}
    each = round(cases / len(bins.cases))
    note = words.say("plot-few", cases=cases) if cases < LEAST else words.say("plot-reliability-note", each=each)
    figure, axes = sheet(title, words.say("plot-about-cases", **told), note)
    by_threshold(axes, words, from_about(float(bins.promised[0])))
    shares(axes, words)
    axes.set_xlabel(words.say("plot-score"))
    axes.plot([0, 1], [0, 1], color=SOFT, linestyle="--", linewidth=1.6)
    reach = np.maximum(0, [bins.found - bins.low, bins.high - bins.found])
    axes.errorbar(
        bins.promised, bins.found, yerr=reach, color=BLUE, linestyle="-", marker="o", markersize=8,
        markeredgecolor="white", elinewidth=1.6, capsize=4,
    )  # fmt: skip
    bars = [line([x, x], [low, high]) for x, low, high in zip(bins.promised, bins.low, bins.high, strict=True)]
    found, ideal = line(bins.promised, bins.found), line([axes.get_xlim()[0], 1], [axes.get_xlim()[0], 1])
    box = beside(axes, found, words.say("plot-upheld"), BLUE, [ideal, *bars])
    beside(axes, ideal, words.say("plot-ideal"), SOFT, [found, box, *bars])
    return figure


def _alt(title: str, evidence: Evidence, bins: Reliability, words: Words) -> str:
    ends = sorted({0, len(bins.cases) - 1})
    parts = [
        words.say(
            "plot-told-reliability", score=words.threshold(float(bins.promised[i])),
            share=words.share(float(bins.found[i])),
            between=words.between(float(bins.low[i]), float(bins.high[i])), cases=int(bins.cases[i]),
        )
        for i in ends
    ]  # fmt: skip
    return words.sentence(f"{title}, {words.where(evidence)}: {parts[0]}", *parts[1:])
