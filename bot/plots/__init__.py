"""What does the evidence look like? Pictures of it with the same figures in words; no message, no author.

A picture is for one reader, in their language; whatever cannot be drawn honestly is Refused, in a sentence of that
language. matplotlib is loaded when the first one is drawn, and only the form that is wanted is.
"""

from __future__ import annotations

from bot.core.tuning.curves import Curve
from bot.core.tuning.evidence import Evidence
from bot.plots.picture import Form, Lines, Picture, Row

__all__ = ["Form", "Lines", "Picture", "Row", "of_flags", "of_precision", "of_reliability", "of_workload"]


def of_precision(
    evidence: Evidence,
    label: str,
    lines: Lines,
    *,
    language: str = "sv",
    form: Form = Form.SVG,
    recall: Curve | None = None,
) -> Picture:
    """Precision, and recall where audited cases allow one, against the threshold of a label, with 95 % bands."""
    from bot.plots.precision import picture

    return picture(evidence, label, lines, language, form, recall)


def of_flags(
    evidence: Evidence,
    label: str,
    lines: Lines,
    *,
    language: str = "sv",
    form: Form = Form.SVG,
    capacity: float | None = None,
) -> Picture:
    """Flags a day against the threshold of a label; `capacity`: how many moderators can handle."""
    from bot.plots.flags import picture

    return picture(evidence, label, lines, language, form, capacity)


def of_reliability(evidence: Evidence, label: str, *, language: str = "sv", form: Form = Form.SVG) -> Picture:
    """What the scores of a label promised, and what humans upheld."""
    from bot.plots.reliability import picture

    return picture(evidence, label, language, form)


def of_workload(evidence: Evidence, *, language: str = "sv", form: Form = Form.SVG) -> Picture:
    """What reaches a human by the hour of the day in Sweden."""
    from bot.plots.workload import picture

    return picture(evidence, language, form)
