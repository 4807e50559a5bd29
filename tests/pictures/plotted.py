"""Which plots are shown on the pages? Those of a town that never was, with few enough colours to be small."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from PIL import Image

from bot import plots
from bot.plots import Form, Lines, Picture
from tests.made_up_town import town

COLOURS = 32  # a plot has a handful; the rest are the edges of letters
PLOTS: Mapping[str, Callable[[], Picture]] = {
    "plot-precision": lambda: plots.of_precision(town(200_000), "flag", Lines(0.7, 0.8), form=Form.PNG),
    "plot-flags": lambda: plots.of_flags(town(200_000), "flag", Lines(0.7, 0.8), capacity=20, form=Form.PNG),
}


def small(picture: Picture) -> bytes:
    """The same picture as PNG with COLOURS."""
    packed = io.BytesIO()
    with Image.open(io.BytesIO(picture.drawn)) as image:
        image.convert("RGB").quantize(COLOURS).save(packed, "PNG", optimize=True)
    return packed.getvalue()
