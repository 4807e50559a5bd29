"""In which bin is a score counted? Bins of a hundredth, in which messages that were let through leave their numbers."""

from __future__ import annotations

BINS = 100  # a threshold of two decimals lies on an edge, so that counts answer for it exactly


def bin_of(value: float) -> int:
    """The bin of a probability: bin b holds b/BINS <= value < (b+1)/BINS, the last one 1 too."""
    return min(BINS - 1, int(value * BINS + 1e-9))
