"""How long is a flag's text kept? Rules only; forgetting itself is the store's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """Days that text is kept: after the decision, and at most while no decision comes."""

    decided_days: int
    pending_days: int
    reporter_days: int = 30  # that it is known who reported
    audit_days: int = 14  # that a sample which nobody had flagged is kept, unless it was upheld or reported

    def limits(self, now: datetime) -> tuple[datetime, datetime]:
        """Text decided before the first moment, or flagged and never decided before the second, is forgotten."""
        return now - timedelta(days=self.decided_days), now - timedelta(days=self.pending_days)

    def audits(self, now: datetime) -> datetime:
        """Samples drawn before this moment that came to nothing are forgotten."""
        return now - timedelta(days=self.audit_days)

    def reporters(self, now: datetime) -> datetime:
        """Who reported before this moment is forgotten."""
        return now - timedelta(days=self.reporter_days)
