"""What does a model's report look like? Three pictures beside the card, readable in black and white.

Lines differ in their dashes and bars in their hatching, not in colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")  # no screen is needed, and none is looked for
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from classifier.measure import Judged, curve
from classifier.measure import reliability as reliability_of

# Okabe & Ito (2008): eight colours that the colour-blind can tell apart.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#56B4E9", "#E69F00", "#CC79A7")
DASHES = ("-", "--", ":", "-.", (0, (5, 1)), (0, (1, 1)))
LOOK: Any = {  # rc_context names every key it knows in its type
    "svg.fonttype": "none",
    "svg.hashsalt": "uppsikt",  # the same figures give the same file
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "figure.constrained_layout.use": True,
}


def precision_and_recall(curves: Mapping[str, Sequence[Judged]], path: Path) -> None:
    """Precision against recall for each set of texts or each model."""
    with mpl.rc_context(LOOK):
        figure, axes = plt.subplots(figsize=(6.4, 4.4))
        for (name, judged), colour, dash in zip(curves.items(), COLOURS, DASHES, strict=False):
            axes.plot(*curve(judged), drawstyle="steps-post", color=colour, linestyle=dash, label=name, linewidth=1.8)
        axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1.01), ylim=(0, 1.02))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
        _save(figure, path)


def reliability(sets: Mapping[str, Sequence[Judged]], path: Path) -> None:
    """How often texts with a score of so much are really to be flagged."""
    with mpl.rc_context(LOOK):
        figure, axes = plt.subplots(figsize=(5.2, 4.6))
        axes.plot([0, 1], [0, 1], color="0.5", linewidth=1, label="as it should be")
        for (name, judged), colour, dash in zip(sets.items(), COLOURS, DASHES, strict=False):
            axes.plot(*reliability_of(judged), color=colour, linestyle=dash, marker="o", label=name, markersize=4)
        axes.set(xlabel="score of flag", ylabel="share that is to be flagged", xlim=(0, 1), ylim=(0, 1.02))
        axes.legend(loc="upper left", frameon=False)
        _save(figure, path)


def groups(shares: Mapping[str, Mapping[str, Mapping[str, float]]], path: Path) -> None:
    """For each group: hateful cases that are flagged, and harmless ones that are."""
    names = sorted(shares, key=lambda name: -shares[name]["recall"]["value"])
    height = 0.38
    with mpl.rc_context(LOOK):
        figure, axes = plt.subplots(figsize=(6.8, 0.36 * len(names) + 1.2))
        for kind, offset, colour, hatch, label in (
            ("recall", -height / 2, COLOURS[0], "", "hateful cases flagged"),
            ("false_positives", height / 2, COLOURS[4], "////", "harmless cases flagged"),
        ):
            rows = [shares[name][kind] for name in names]
            values = [row["value"] for row in rows]
            reach = [[abs(row[end] - row["value"]) for row in rows] for end in ("low", "high")]
            places = [i + offset for i in range(len(names))]
            axes.barh(
                places, values, height, xerr=reach,
                color=colour, hatch=hatch, edgecolor="white", label=label, error_kw={"linewidth": 0.8},
            )  # fmt: skip
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set(xlabel="share (95 % interval)", xlim=(0, 1))
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)
        _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)
