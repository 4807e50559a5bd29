"""How does a flag live? A table of states and steps; whatever is not in it is refused.

    pending   --uphold-->  upheld
    pending   --dismiss--> dismissed
    upheld    --reopen-->  pending
    dismissed --reopen-->  pending

Only a person decides: every step names who took it, and no step may be taken by the machine. A decided flag stays
decided until a person reopens it (an appeal, a second reading that disagrees); taking the same decision again changes
nothing (a second click, a replayed command).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.errors import Refused
from bot.core.measures import Measure, checked
from bot.core.messages import Posted
from classifier.verdict import MOTIVES, Verdict

FINDINGS = ("threat", *MOTIVES)  # what a person can find in what is upheld: that it threatens, and why it was written
AUDIT = "audit"  # the rule of what nobody flagged, and was drawn for a human to read all the same


class State(StrEnum):
    """Where a flag is in its life."""

    PENDING = "pending"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Step(StrEnum):
    """What a person can do to a flag."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    REOPEN = "reopen"


TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.PENDING, Step.UPHOLD): State.UPHELD,
    (State.PENDING, Step.DISMISS): State.DISMISSED,
    (State.UPHELD, Step.REOPEN): State.PENDING,
    (State.DISMISSED, Step.REOPEN): State.PENDING,
}
_OUTCOME = {Step.UPHOLD: State.UPHELD, Step.DISMISS: State.DISMISSED, Step.REOPEN: State.PENDING}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a human should look: a rule, what it found and where its limit lay.

    `rule` is `threshold` (label, value and limit are set), `watchlist` (label holds the list's entry),
    `language` (the model cannot read it; label holds the language), `report` (label holds its category) or `audit`
    (nobody flagged it, see core/tuning/audit.py; label holds how surely it stands in the queue, which was drawn too).
    """

    rule: str
    label: str
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a human should look at: the message, the verdict, the reasons, the limits in force."""

    message: Posted
    verdict: Verdict
    reasons: tuple[Reason, ...]
    thresholds: Mapping[str, float]
    flagged_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a flag."""

    flag: int
    step: Step
    by: str
    at: datetime
    motives: tuple[str, ...] = ()  # of FINDINGS
    note: str = ""
    measures: tuple[Measure, ...] = ()
    held_until: datetime | None = None  # nothing of it is carried out or told before: it may be taken back at once

    @property
    def takes_effect_at(self) -> datetime:
        """When what follows from it may begin."""
        return self.held_until or self.at


def decide(state: State, decision: Decision) -> State:
    """The state after a decision. Refused where the table, or good sense, does not allow it."""
    if not any(map(str.isalnum, decision.by)):
        raise Refused("only a person decides: say who with --by NAME")
    unknown = sorted(set(decision.motives) - set(FINDINGS))
    if unknown:
        raise Refused(f"unknown motive {', '.join(unknown)}; choose among {', '.join(FINDINGS)}")
    if decision.motives and decision.step is not Step.UPHOLD:
        raise Refused("a dismissed flag has no motive: leave --motive out, or uphold it")
    if decision.measures and decision.step is not Step.UPHOLD:
        raise Refused("a measure needs an upheld flag: leave it out, or uphold the flag")
    checked(decision.measures)
    if state is _OUTCOME[decision.step]:
        return state
    try:
        return TRANSITIONS[state, decision.step]
    except KeyError:
        raise Refused(
            f"flag {decision.flag} is already {state}: it cannot be changed to {_OUTCOME[decision.step]}"
        ) from None


def sureness(value: float) -> str:
    """high, medium or low: which words stand for a probability."""
    return "high" if value >= 0.9 else "medium" if value >= 0.7 else "low"
