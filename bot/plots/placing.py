"""Where does a curve's name stand, so that it covers neither a curve nor a threshold's line?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from bot.plots.canvas import named

Points = NDArray[np.float64]  # n × 2
_STEPS = 15  # places along the curve that are tried, above and below
_GAP = 0.055  # of the height of the plot, between the curve and its name


def line(x: Sequence[float] | Points, y: Sequence[float] | Points) -> Points:
    """A line as points so close that none slips between the letters."""
    if len(x) < 2:
        return np.column_stack([x, y])
    fine = np.linspace(0, len(x) - 1, 400)
    return np.column_stack([np.interp(fine, np.arange(len(x)), each) for each in (x, y)])


def beside(axes: Axes, curve: Points, name: str, colour: str, avoid: Sequence[Points], **how: Any) -> Points:
    """Write a curve's name where it covers least of `avoid`; answers the name's own box, for the next to avoid.

    Both axes must have their limits already.
    """
    text = named(axes, 0, 0, name, colour, ha="center", va="center", **how)
    extent = text.get_window_extent().transformed(axes.transData.inverted())
    half = np.array([extent.width, extent.height]) / 2
    low, high = (np.array(each) for each in zip(axes.get_xlim(), axes.get_ylim(), strict=True))
    crowd = np.vstack([curve, *avoid])
    span = high - low
    centres = _candidates(curve, half, _GAP * span)
    centres = np.clip(centres, low + half + 0.01 * span, high - half - 0.01 * span)
    covered = [int((np.abs(crowd - centre) < half + 0.025 * span).all(axis=1).sum()) for centre in centres]
    best = centres[int(np.argmin(covered))]
    text.set_position((best[0], best[1]))
    box: Points = best + half * np.array([(x, y) for x in np.linspace(-1, 1, 9) for y in np.linspace(-1, 1, 9)])
    return box


def _candidates(curve: Points, half: Points, gap: Points) -> Points:
    """Places above, below and aslant of the curve, those in its middle first."""
    steps = np.linspace(0.05, 0.95, _STEPS)
    steps = steps[np.argsort(np.abs(steps - 0.5), kind="stable")]
    on = curve[np.rint(steps * (len(curve) - 1)).astype(int)]
    up, right = np.array([0, half[1] + gap[1]]), np.array([half[0] + gap[0] / 2, 0])
    return np.vstack([on + up, on - up, on + up + right, on - up - right, on + up - right, on - up + right])
