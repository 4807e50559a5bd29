"""What is known about how thresholds would do? Numbers of messages, never their words or their authors.

What reached a human is known one by one, by its scores and what was decided; what was let through is known by counts
in bins of a hundredth, by channel, label and hour. An audited message was let through and drawn for a human to read all
the same: it stands for `1 / odds` messages like it (Horvitz & Thompson 1952).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from classifier.verdict import LABELS, MOTIVES

BINS = 100  # a threshold of two decimals lies on an edge, so that counts answer for it exactly
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
    """What reached a human, a row each, n rows in all: what was flagged, and what was drawn for the audit sample."""

    flag: NDArray[np.int64]  # n: the numbers they go by
    channel: NDArray[np.int32]  # n: places in `Evidence.channels`
    at: NDArray[np.int64]  # n: when they were posted, in seconds since 1970, UTC
    scores: NDArray[np.float32]  # n × LABELS, as the model gave them
    state: NDArray[np.int8]  # n: PENDING, UPHELD or DISMISSED
    found: NDArray[np.bool_]  # n × LABELS: what a human found; targets are never asked for and stay False
    anyway: NDArray[np.bool_]  # n: another rule than a threshold wants it read: a report, a word, a language
    odds: NDArray[np.float64]  # n: how likely it was to be drawn; 1 for what was flagged

    @property
    def audited(self) -> NDArray[np.bool_]:
        """Which of them were let through, and drawn."""
        return np.less(self.odds, 1)

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Which of them a human has read."""
        return np.not_equal(self.state, PENDING)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that is known of a scope, of one model."""

    scope: Scope
    model: str  # whose scores these are; others' are not comparable and left out
    channels: tuple[str, ...]  # ids, in the order of the places
    names: tuple[str, ...]  # of the channels, in the same order
    read: NDArray[np.int64]  # channels: messages read
    below: NDArray[np.int64]  # channels × LABELS × BINS: messages let through, those that were audited among them
    by_hour: NDArray[np.int64]  # 24: messages that reached a human, by the hour of the day in which they were posted
    days: float  # that were watched: from the first hour with a message to the last, at most the scope's length
    cases: Cases
    other_models: int = 0  # cases that were left out, since another model scored them
    minutes_each: float | None = None  # of a moderator's time for a decision, in the median, as measured; None: unknown


def truth(label: str) -> bool:
    """Whether humans say, in their decisions, if a label is right: they do for flags, threats and motives."""
    return label in ("flag", "threat", *MOTIVES)


def place(label: str) -> int:
    """Where a label stands in `scores` and `found`; ValueError for what is none."""
    return LABELS.index(label)


def bin_of(value: float) -> int:
    """The bin of a probability: bin b holds b/BINS <= value < (b+1)/BINS, the last one 1 too."""
    return min(BINS - 1, int(value * BINS + 1e-9))
