"""How long is what kept? Classes of records with their days; rules only, forgetting itself is the store's work.

Rows of our database are very plausibly public records: to delete them takes a decision of the municipality's
(*gallringsbeslut*, arkivlagen 10 §), and each class says which. Context is in no class: what stands around a message is
asked of Discord when somebody looks, and never stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.care import KEPT

NO_BASIS = "no decision on deletion is named in [retention.basis]"
SLACK = timedelta(days=1)  # that a clock may be behind what was written last


class RecordClass(StrEnum):
    """What is forgotten together."""

    REPORTERS = "reporters"  # who reported
    UPHELD = "upheld"  # the text of flags that were upheld
    DISMISSED = "dismissed"
    PENDING = "pending"  # the text of flags that nobody decided
    SAMPLES = "samples"  # of the audit: all that tells who wrote what, unless it was upheld or reported
    REPORTS = "reports"  # what a report says in words
    APPEALS = "appeals"  # what was said in an appeal, and answered
    HISTORY = "history"  # whose a case is: author, message, notes on it
    MODERATORS = "moderators"  # how much each has read, pauses, sessions of the panel


TEXTS = (RecordClass.UPHELD, RecordClass.DISMISSED, RecordClass.PENDING, RecordClass.SAMPLES)


@dataclass(frozen=True, slots=True)
class Retention:
    """Days that each class is kept; None: as long as a decided flag's text. `basis` names a decision by class."""

    decided_days: int
    pending_days: int
    reporter_days: int = 30
    audit_days: int = 14
    dismissed_days: int | None = None
    report_days: int | None = None
    appeal_days: int | None = None
    history_days: int = 730
    basis: Mapping[str, str] = field(default_factory=dict)

    def days(self, record: RecordClass) -> int:
        """How many days a class is kept: from the decision, or from when it came if there is none."""
        given = {
            RecordClass.DISMISSED: self.dismissed_days,
            RecordClass.PENDING: self.pending_days,
            RecordClass.SAMPLES: self.audit_days,
            RecordClass.REPORTS: self.report_days,
            RecordClass.REPORTERS: self.reporter_days,
            RecordClass.APPEALS: self.appeal_days,
            RecordClass.HISTORY: self.history_days,
            RecordClass.MODERATORS: KEPT,
        }.get(record)
        return self.decided_days if given is None else given

    def before(self, record: RecordClass, now: datetime) -> datetime:
        """What is of a moment before this one is forgotten."""
        return now - timedelta(days=self.days(record))

    def reason(self, record: RecordClass) -> str:
        """The municipality's decision by which a class is deleted, or that none is named."""
        return self.basis.get(record, "") or NO_BASIS

    def unfounded(self) -> list[RecordClass]:
        """The classes for which no decision is named; who reads how much is no public record, and needs none."""
        return [each for each in RecordClass if each is not RecordClass.MODERATORS and not self.basis.get(each)]


def is_behind(now: datetime, newest: datetime) -> bool:
    """Whether a clock must have been set back: it is before what was written last, by more than a little."""
    return now < newest - SLACK
