"""What do all plots look like? One calm sheet, told apart by dashes, markers and hatching as much as by colour.

matplotlib's settings belong to the whole program and its text engine is not made for threads: pictures are drawn one
at a time, from its defaults and never from the settings of whoever started the program, so that they are the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text
from numpy.typing import NDArray

from bot.plots.picture import Form, Lines
from bot.plots.words import Words

# Okabe & Ito (2008): colours that the colour-blind can tell apart; as grays they differ too.
BLUE, VERMILLION, SKY = "#0072B2", "#D55E00", "#56B4E9"
INK, SOFT, GRID = "#1b1b1f", "#55565e", "#dcdde1"
TITLE, WORDS, SMALL = 14.0, 12.0, 10.5  # points: 10.5 are 9.5 CSS pixels where a phone shows 390 for the whole width
SMALLEST = 6.0  # points
SIZE, DPI = (6.0, 4.0), 200  # inches: 1200 × 800 pixels
LEFT, RIGHT, BOTTOM, TOP = 0.125, 0.955, 0.205, 0.83  # of the axes, in shares of the sheet
LINED = 0.735  # the top of the axes where thresholds are named above them
EDGE = 0.02  # of the sheet that nothing is written on
LOOK: Any = {  # matplotlib names every key it knows in its type
    "svg.fonttype": "none",  # words stay words
    "svg.hashsalt": "uppsikt",  # the same figures give the same file
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib
    "font.size": WORDS,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a channel's name is a dollar sign
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.formatter.use_mathtext": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 2.2,
    "lines.markersize": 6.0,
}
Values = NDArray[np.float64]
_ONE_AT_A_TIME = Lock()


@contextmanager
def drawing() -> Iterator[None]:
    """Everything that is drawn is drawn inside this; one thread at a time."""
    with _ONE_AT_A_TIME, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(LOOK)
        yield


def sheet(title: str, about: str, note: str, top: float = TOP) -> tuple[Figure, Axes]:
    """An empty plot with its title, what it is about, and a note at the foot."""
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, top - BOTTOM))
    fitted(figure, figure.text(EDGE, 0.975, in_font(title), fontsize=TITLE, fontweight="bold", va="top"))
    fitted(figure, figure.text(EDGE, 0.895, in_font(about), fontsize=SMALL, color=SOFT, va="top"))
    fitted(figure, figure.text(EDGE, 0.02, in_font(note), fontsize=SMALL, color=SOFT, va="bottom"))
    return figure, axes


def thresholds(axes: Axes, lines: Lines, words: Words) -> None:
    """Today's line and the proposed one, each named above the plot where the other does not cross its name."""
    known = [
        (at, words.say(key, value=words.threshold(at)), dash, colour)
        for at, key, dash, colour in (
            (lines.today, "plot-today", ":", INK),
            (lines.proposed, "plot-proposed", "-.", VERMILLION),
        )
        if at is not None
    ]
    low, high = axes.get_xlim()
    places = [(each[0] - low) / (high - low) for each in known]
    leftwards = max(places, default=0) > 0.55  # the lower row is for the line on the names' side
    order = sorted(range(len(known)), key=lambda i: places[i] if leftwards else -places[i])
    for row, i in enumerate(order):
        at, name, dash, colour = known[i]
        height = 1.02 + 0.095 * row
        side = "right" if leftwards and places[i] > 0.3 else "left"
        axes.axvline(at, color=colour, linestyle=dash, linewidth=2.0, ymax=height + 0.06, clip_on=False, zorder=1.5)
        axes.text(
            places[i] + (-0.012 if side == "right" else 0.012), height, name, transform=axes.transAxes, ha=side,
            va="bottom", color=colour, fontweight="bold",
        )  # fmt: skip


def named(axes: Axes, x: float, y: float, name: str, colour: str, **how: Any) -> Text:
    """A name beside what it names, in its colour, on a ground of its own."""
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
    return axes.text(x, y, in_font(name), color=colour, fontweight="bold", bbox=ground, zorder=6, **how)


def shares(axes: Axes, words: Words) -> None:
    """A vertical axis of shares, from none to all."""
    axes.set_ylim(0, 1.02)
    axes.set_yticks(np.linspace(0, 1, 5), [words.share(value) for value in np.linspace(0, 1, 5)])


def by_threshold(axes: Axes, words: Words, low: float = 0.0) -> None:
    """A horizontal axis of thresholds, from `low` to 1."""
    axes.set_xlim(low, 1)
    step = 0.2 if low < 0.3 else 0.1 if low < 0.75 else 0.05
    ticks = np.round(np.arange(np.floor(low / step + 0.999), round(1 / step) + 1) * step, 2)
    axes.set_xticks(ticks, [words.tick(value) for value in ticks])
    axes.set_xlabel(words.say("plot-threshold"))


def from_about(*values: float) -> float:
    """Where an axis to 1 begins, for the lowest of these to lie inside: a tenth."""
    return float(np.floor(max(0.0, min((*values, 0.9)) - 0.05) * 10 + 1e-9) / 10)


def broken(at: Values, *others: Values) -> list[Values]:
    """Points by threshold with a break wherever one of two decimals is left out: what is not known is not drawn."""
    gaps = np.flatnonzero(np.diff(at) > 0.015) + 1
    return [np.insert(each, gaps, np.nan) for each in (at, *others)]


def fitted(figure: Figure, text: Text) -> None:
    """Make a line small enough for the sheet; names may be made of wide letters, which do not shrink evenly."""
    while text.get_window_extent().width > (1 - 2 * EDGE) * figure.bbox.width and float(text.get_fontsize()) > SMALLEST:
        text.set_fontsize(float(text.get_fontsize()) - 0.25)


def in_font(text: str) -> str:
    """The text without what the font cannot draw, such as pictures in channels' names."""
    there = get_font(findfont("DejaVu Sans")).get_charmap()
    return "".join(c for c in text if ord(c) in there)


def rendered(figure: Figure, title: str, form: Form) -> bytes:
    """The file of a plot, with neither a date nor a tool's name in it."""
    metadata = {Form.PNG: {"Software": None}, Form.SVG: {"Date": None, "Creator": None, "Title": title}}
    file = io.BytesIO()
    figure.savefig(file, format=str(form), metadata=metadata[form])
    return file.getvalue()
