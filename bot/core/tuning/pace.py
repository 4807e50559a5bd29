"""How much may a candidate model read beside the live one? Never so much that live work waits for it.

Three rules, each with its bound: it reads nothing while more than a handful waits; at one go no longer than a part of
a second, by the speed that was seen; and then it rests for as long as it has read, so that at least half of the
classifier's time is the live one's, however slow the candidate is. Seconds are of any clock that only goes forward.
"""

from __future__ import annotations

from dataclasses import dataclass

BEHIND = 64  # events that wait: with more of them the candidate stands back
LONGEST = 0.5  # seconds at one go
REST = 1.0  # seconds of rest for each second of reading
FIRST = 4  # texts that are read to learn how fast it is


@dataclass(slots=True)
class Pace:
    """One candidate's."""

    each: float = 0.0  # seconds for a text, as seen; 0: not seen yet
    rests_until: float = 0.0

    def room(self, texts: int, waiting: int, now: float) -> int:
        """How many of these texts may be read now."""
        if waiting > BEHIND or now < self.rests_until:
            return 0
        most = max(1, int(LONGEST / self.each)) if self.each else FIRST
        return min(texts, most)

    def has_read(self, texts: int, began: float, ended: float) -> None:
        """Remember how long it took."""
        taken = max(0.0, ended - began)
        seen = taken / max(1, texts)
        self.each = (self.each + seen) / 2 if self.each else seen
        self.rests_until = ended + REST * taken
