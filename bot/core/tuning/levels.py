"""What may an admin choose who does not want to think in numbers? Three levels, each a set of thresholds.

    cautious   only what is surest is flagged: fewer flags, more is missed
    balanced   the model's own thresholds
    vigilant   more is flagged: less is missed, more false alarms

A level says what a missed case weighs against a false alarm. For calibrated probabilities the best threshold t has
t / (1 - t) = (cost of a false alarm) / (cost of a miss) (Elkan 2001, "The foundations of cost-sensitive learning"), so
weighing a miss twice as heavily halves the odds at the threshold, for any model and any label. Vigilant weighs it twice
as heavily as the model's own thresholds do, cautious half as heavily. Twice, because of what it gave with uppsikt-sv on
the texts of its report that no training read (precision and recall on 3,808 written messages; recall on 693 lines of a
real forum; flags on 1,000 ordinary lines; a factor of three left a cautious bot 7 % of what is hateful on the forum):

    level     flag  threat  precision  recall  forum  ordinary
    cautious  0.91  0.80    0.94       0.41    0.17   0.7
    balanced  0.83  0.67    0.90       0.54    0.29   1.8
    vigilant  0.70  0.50    0.86       0.68    0.31   5.9

What a level means in a town's own channels, in flags a day, is for the simulation to say: precision never carries over.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.core.policy import Thresholds


class Level(StrEnum):
    """A named set of thresholds. The locales call each `level-NAME`."""

    CAUTIOUS = "cautious"
    BALANCED = "balanced"
    VIGILANT = "vigilant"


# What a missed case weighs against a false alarm, beside what the model's own thresholds say of that.
WEIGHTS: Mapping[Level, float] = {Level.CAUTIOUS: 1 / 2, Level.BALANCED: 1, Level.VIGILANT: 2}


def thresholds_of(level: Level, shipped: Thresholds) -> dict[str, float]:
    """A level's thresholds over a model's own, to two decimals: for those labels that have one."""
    return {label: _moved(value, WEIGHTS[level]) for label, value in shipped.items()}


def level_of(thresholds: Thresholds, shipped: Thresholds) -> Level | None:
    """Which level these thresholds are, for the labels that the model has one for; None where they are none."""
    here = {label: round(value, 2) for label, value in thresholds.items() if label in shipped}
    return next((level for level in Level if thresholds_of(level, shipped) == here), None)


def _moved(threshold: float, weight: float) -> float:
    """A threshold whose odds are divided by a weight; 0 and 1 stay what they are."""
    moved = threshold / (threshold + weight * (1 - threshold))
    return round(moved, 2)
