"""In which channel does a flag's card belong? Threats in theirs, a motive in its own, all else in the moderators'.

The motive that counts is the surest of those that passed a threshold of their own; where none has one, the likeliest,
as long as it is likely at all. Threats win over motives, because whoever is on call for them looks there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.flags import AUDIT, Flag, Reason
from bot.core.urgency import is_threat
from classifier.verdict import MOTIVES

LIKELY = 0.5  # from where on a motive says where a card belongs


@dataclass(frozen=True, slots=True)
class Desk:
    """The channels that moderators look at, by id; empty ones are not there."""

    default: str = ""
    threats: str = ""
    by_motive: Mapping[str, str] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[str, ...]:
        """Each of them once, the moderators' own first."""
        return tuple(dict.fromkeys(each for each in (self.default, self.threats, *self.by_motive.values()) if each))

    def place(self, flag: Flag) -> str:
        """Where a flag's card belongs; empty where nowhere."""
        return self.place_of(flag.reasons, flag.verdict.motives)

    def place_of(self, reasons: Sequence[Reason], motives: Mapping[str, float]) -> str:
        """The same of what is known of a flag without its text."""
        if self.threats and is_threat(reasons):
            return self.threats
        return self.by_motive.get(motive_of(reasons, motives), "") or self.default


def motive_of(reasons: Sequence[Reason], motives: Mapping[str, float]) -> str:
    """The motive that counts; empty where none does."""
    passed = {r.label: r.value or 0.0 for r in reasons if r.rule == "threshold" and r.label in MOTIVES}
    if any(reason.rule == AUDIT for reason in reasons):  # a channel in which no sample hangs would tell which are none
        return max(motives, key=lambda label: motives[label], default="")
    found = passed or {label: value for label, value in motives.items() if value >= LIKELY}
    return max(found, key=lambda label: found[label], default="")
