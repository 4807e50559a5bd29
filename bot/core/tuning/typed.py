"""What number did an admin mean? One with a comma or a point; a share also in percent."""

from __future__ import annotations

import math


def threshold(typed: str) -> float | None:
    """A number from 0 to 1; None for anything else."""
    return _number(typed, 1)


def share(typed: str) -> float | None:
    """A share as people write it: 95, 95 %, 0,95. None for what is none, and for none or all of it."""
    text = typed.strip()
    value = _number(text.removesuffix("%"), 100)
    if value is None:
        return None
    value = value / 100 if value > 1 or text.endswith("%") else value
    return value if 0 < value < 1 else None


def _number(typed: str, most: float) -> float | None:
    try:
        value = float(typed.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    return value if 0 <= value <= most else None  # false for what is no number, too
