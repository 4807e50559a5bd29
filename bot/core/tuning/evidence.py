"""What is known about how thresholds would do? Numbers of messages, never their words or their authors.

What reached a human is known one by one, by its scores and what was decided; what was let through is known by counts
in bins of a hundredth, by channel, label and hour. An audited message was let through and drawn for a human to read all
the same: it stands for `1 / odds` messages like it (Horvitz & Thompson 1952).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.bins import BINS as BINS
from bot.core.tuning.bins import bin_of as bin_of
from classifier.verdict import LABELS, MOTIVES

PENDING, UPHELD, DISMISSED = 0, 1, 2  # in `Cases.state`


@dataclass(frozen=True, slots=True)
class Scope:
    """Which messages are meant: of these servers, in these channels (none: in all of them), in a stretch of time."""

    guilds: tuple[str, ...]
    since: datetime
    until: datetime
    channels: tuple[str, ...] = ()  # ids


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """What reached a human, a row each, n rows in all: what was flagged, reported or drawn for the audit sample.

    What came by reports alone was let through by the model: upheld, it is a miss (`missed`). Nobody drew it, so that
    it has no odds that could be known; it is counted in `Evidence.below` too, as what was drawn is.
    """

    flag: NDArray[np.int64]  # n: the numbers they go by
    channel: NDArray[np.int32]  # n: places in `Evidence.channels`
    at: NDArray[np.int64]  # n: when they were posted, in seconds since 1970, UTC
    scores: NDArray[np.float32]  # n × LABELS, as the model gave them
    state: NDArray[np.int8]  # n: PENDING, UPHELD or DISMISSED
    found: NDArray[np.bool_]  # n × LABELS: what a human found; targets are never asked for and stay False
    anyway: NDArray[np.bool_]  # n: another rule than a threshold wants it read: a report, a word, a language
    odds: NDArray[np.float64]  # n: how likely it was to be drawn; 1 for what was flagged
    reported: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))  # n: by reports alone

    def __post_init__(self) -> None:
        """Nothing came by reports alone, unless it is said."""
        if not len(self.reported):
            object.__setattr__(self, "reported", np.zeros(len(self.flag), np.bool_))

    @property
    def audited(self) -> NDArray[np.bool_]:
        """Which of them were let through, and drawn."""
        return np.less(self.odds, 1)

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Which of them a human has read."""
        return np.not_equal(self.state, PENDING)

    @property
    def flagged(self) -> NDArray[np.bool_]:
        """Which of them the rules in force had flagged; all others were let through."""
        return ~self.audited & ~self.reported

    @property
    def missed(self) -> NDArray[np.bool_]:
        """Upheld, though only reports had brought it: the model had let it through."""
        return self.reported & np.equal(self.state, UPHELD)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that is known of a scope, of one model."""

    scope: Scope
    model: str  # whose scores these are; others' are not comparable and left out
    channels: tuple[str, ...]  # ids, in the order of the places
    names: tuple[str, ...]  # of the channels, in the same order
    read: NDArray[np.int64]  # channels: messages read by this model
    below: NDArray[np.int64]  # channels × LABELS × BINS: let through, those that were audited or reported among them
    by_hour: NDArray[np.int64]  # 24: messages that reached a human, by the hour of the day in which they were posted
    days: float  # that were watched: from the first hour with a message to the last, at most the scope's length
    cases: Cases
    other_models: int = 0  # cases that were left out, since another model scored them
    minutes_each: float | None = None  # of a moderator's time for a decision, in the median, as measured; None: unknown
    days_counted: float | None = None  # of which `below` tells, where it tells of fewer than `days`; None: of all

    @property
    def nothing(self) -> bool:
        """Whether not a single message of this model is known."""
        return not self.read.any() and not len(self.cases.flag)


def truth(label: str) -> bool:
    """Whether humans say, in their decisions, if a label is right: they do for flags, threats and motives."""
    return label in ("flag", "threat", *MOTIVES)


def place(label: str) -> int:
    """Where a label stands in `scores` and `found`; ValueError for what is none."""
    return LABELS.index(label)
