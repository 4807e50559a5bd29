"""Which words spoke for the flag? Weights of pieces become spans of the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.prepare import Prepared
from classifier.verdict import Span

MOST = 5  # spans shown for one message
LEAST = 0.25  # of the strongest word's weight: what lies below is noise
_WORD = re.compile(r"\S+")


def spans_of(prepared: Prepared, offsets: Sequence[tuple[int, int]], weights: Sequence[float]) -> tuple[Span, ...]:
    """The words that spoke most for the flag, in order; weights are shares of all that spoke for it (0..1).

    `offsets` and `weights` are per piece of the prepared text. Neighbouring words are one span.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(prepared.text)]
    sums = [0.0] * len(words)
    here = 0
    for (start, end), weight in zip(offsets, weights, strict=True):
        while here < len(words) - 1 and words[here][1] <= start:
            here += 1
        if words and end > words[here][0]:
            sums[here] += weight
    spoken = sum(value for value in sums if value > 0)
    if spoken <= 0:
        return ()
    limit = LEAST * max(sums)
    found: list[tuple[int, int, float]] = []
    for i, value in enumerate(sums):
        if value < limit:
            continue
        if found and found[-1][1] == i:
            first, _, before = found[-1]
            found[-1] = (first, i + 1, before + value)
        else:
            found.append((i, i + 1, value))
    strongest = sorted(sorted(found, key=lambda f: -f[2])[:MOST])
    return tuple(
        Span(*prepared.given(words[first][0], words[last - 1][1]), min(1.0, value / spoken))
        for first, last, value in strongest
    )
