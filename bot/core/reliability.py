"""How much does a report weigh in the queue? By what became of the same person's earlier ones; never shown to anybody.

Whether a report is upheld is a coin whose bias is not known: with a Beta prior and counts of upheld and dismissed, the
posterior is Beta again, and its mean is the weight (A. Gelman and others, Bayesian Data Analysis, 3rd ed., 2.1 and
2.4). The prior says that a newcomer is about as likely right as wrong, and that four outcomes weigh as much as it.

A report that a moderator has found abusive counts as several dismissed ones, and half as much after each half-life. All
of it is computed when a report comes, from what is still known then, and is forgotten with the reporters.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

RIGHT, WRONG = 2.0, 2.0  # the prior
ABUSIVE = 6.0  # dismissed reports that an abusive one counts as


def reliability(upheld: int, dismissed: int, abusive: Iterable[timedelta], half_life: timedelta) -> float:
    """Between 0 and 1; `abusive` are the times since a report of this person was found abusive."""
    wrong = WRONG + dismissed + sum(ABUSIVE * _left(age, half_life) for age in abusive)
    right = RIGHT + upheld
    return right / (right + wrong)


def _left(age: timedelta, half_life: timedelta) -> float:
    return float(0.5 ** (max(age, timedelta()) / half_life))
