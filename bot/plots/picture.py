"""What is handed over when something was drawn? The picture as it was asked for, and the same in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.policy import Thresholds

LONGEST_ALT = 1024  # characters in the description of an attachment, by Discord's rule


class Form(StrEnum):
    """How a picture is wanted: as pixels, 1200 × 800 of them, or with its words as words."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Lines:
    """The thresholds that a plot compares; None: there is none."""

    today: float | None = None  # in force
    proposed: float | None = None
    in_force: Sequence[Thresholds] = ()  # of all labels, for each of `Evidence.channels`: what comes whatever is chosen


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a picture. `at` is a threshold, a score or an hour; a count has no interval."""

    at: float
    value: float
    low: float | None = None
    high: float | None = None
    cases: int | None = None  # decided cases behind it, where there are such
    of: str = ""  # which of a picture's figures it is, where there are several: "precision", "recall"


def table(lines: Lines) -> list[float]:
    """The thresholds that a table holds: each twentieth below 1, and both lines."""
    own = {round(at, 2) for at in (lines.today, lines.proposed) if at is not None}
    return sorted(own | {step / 20 for step in range(1, 20)})


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot for one reader."""

    name: str  # of a file, without its ending
    form: Form
    drawn: bytes  # the file
    alt: str  # one sentence with the main figures, at most LONGEST_ALT characters
    rows: tuple[Row, ...]
