"""Which of the messages that nobody flagged does a human read all the same, and how likely was that?

Poisson sampling by strata: each message that was let through is drawn on its own, with odds that depend only on what
was known before the draw, never on who wrote it. All of them have odds above zero, since what cannot be drawn can never
be estimated (Horvitz & Thompson 1952). Within a `Stratum` the odds are one number. How many a day are drawn is held
down by halving the odds before a draw, never by dropping what was drawn: what is dropped has odds that nobody knows.

The frame is messages as they were posted: edits, titles and names are other texts and not counted among them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.flags import AUDIT, Flag, Reason, sureness
from bot.core.messages import Kind, Posted
from classifier.verdict import Verdict

Dice = Callable[[str], tuple[float, float]]  # of a message's id: two numbers in 0..1, the same each time it is asked

# From the closest on: up to which distance from the nearest threshold, in log-odds, and how much likelier than `share`.
# In proportion to the standard deviation of what a human would find there (Neyman 1934), if the scores are calibrated:
# about 7 : 5 : 3 : 1. Of the bundled week's unflagged messages 53, 35, 8 and 3 in a hundred are far, apart, close and
# near; together they are drawn 1.1 times as likely as `share` says, and less often where more of them are far.
STRATA: tuple[tuple[str, float, float], ...] = (
    ("near", 1.0, 3.5),
    ("close", 2.0, 2.5),
    ("apart", 4.0, 1.5),
    ("far", math.inf, 0.5),
)
_TIMES = {name: times for name, _, times in STRATA}
LEAST = 1e-6  # a probability that is nought, or one, counts as this far from it
MOST_HALVINGS = 60  # so that odds never become nought, whatever is posted


@dataclass(frozen=True, slots=True)
class Stratum:
    """Messages that were let through, all of which had the same odds of being drawn."""

    name: str  # how close to a threshold they were, as in STRATA; with other odds, another stratum of that name
    let_through: int  # N_h: how many there were, as counted, those that were drawn among them
    drawn: int  # n_h: how many were drawn
    read: int  # of those: decided by a human, who may not have come to all of them
    found: Mapping[str, int] = field(default_factory=dict)  # of those read, by label; "flag": upheld
    odds: float = 1.0  # of each to be drawn, above 0 and at most 1


@dataclass(frozen=True, slots=True)
class LetThrough:
    """A message that nobody flagged, as the store counts it: without words or author, unless it may be drawn."""

    message: str  # its id, by which the store knows whether it was read before; it is not kept
    channel: str
    at: datetime
    stratum: str
    odds: float  # before they are halved
    dice: float
    per_day: int
    flag: Flag | None = None  # what a human would read; only where the dice fell below the odds


@dataclass(frozen=True, slots=True)
class Sampling:
    """How unflagged messages are drawn: about so large a share of them, about so many a day."""

    share: float  # of all that is let through, above 0 and at most 1
    per_day: int  # at least 1; of messages posted on one day (UTC)
    dice: Dice

    def let_through(self, message: Posted, verdict: Verdict, limits: Mapping[str, float], now: datetime) -> LetThrough:
        """What the store is to know of a message that was not flagged."""
        stratum = stratum_of(verdict, limits)
        chance = _odds(stratum, self.share)
        dice, other = self.dice(message.id)
        flag = None
        if dice < chance:
            flag = Flag(message, verdict, (Reason(AUDIT, _stands_as(limits, other)),), dict(limits), now)
        return LetThrough(message.id, message.channel.id, message.at, stratum, chance, dice, self.per_day, flag)


def in_frame(message: Posted) -> bool:
    """Whether a message is one of those that the sample speaks of."""
    return message.kind is Kind.MESSAGE and message.advances


def stratum_of(verdict: Verdict, limits: Mapping[str, float]) -> str:
    """How close a verdict came to the nearest threshold in force; where there is none at all, it was far."""
    values = dict(verdict.items())
    away = min((_logit(limit) - _logit(values[label]) for label, limit in limits.items()), default=math.inf)
    return next(name for name, within, _ in STRATA if away <= within)


def odds(verdict: Verdict, limits: Mapping[str, float], share: float) -> float:
    """How likely a message that was let through is drawn, above 0 and at most 1, before halving."""
    return _odds(stratum_of(verdict, limits), share)


def _odds(stratum: str, share: float) -> float:
    return 1.0 if share >= 1 else -math.expm1(_TIMES[stratum] * math.log1p(-share))  # 1 - (1 - share) ** times


def halved(chance: float, drawn: int, per_day: int) -> float:
    """The odds when so many of the day were drawn already: half of them each time that half of what is left is used.

    At the limit and beyond it each further draw halves them once more, so that they stay above zero.
    """
    left = per_day - drawn
    times = math.floor(math.log2(per_day / left)) if left > 0 else math.floor(math.log2(per_day)) + 1 - left
    return float(chance / 2 ** min(times, MOST_HALVINGS))


def _stands_as(limits: Mapping[str, float], other: float) -> str:
    """How surely it stands in the queue, so that its place there tells nothing: as if anywhere above the threshold."""
    limit = limits.get("flag", min(limits.values(), default=0.5))
    return sureness(limit + other * (1 - limit))


def _logit(value: float) -> float:
    inside = min(1 - LEAST, max(LEAST, value))
    return math.log(inside / (1 - inside))
