"""What can be seen of a text before anybody reads it? Where its words stand and which of them weighed; no letter.

And once it is shown: the same words set apart, each with how much it weighed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from classifier.verdict import Span

BLOCK = "▪"
LONGEST_WORD = 12  # blocks of one word: more tells nothing, and keeps a line from being broken
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text, and how much it spoke for the flag; None where it did not."""

    text: str
    weight: float | None = None

    @property
    def strength(self) -> int:
        """How strongly it is marked: 1 to 3."""
        return 1 if (self.weight or 0.0) < 0.34 else 2 if (self.weight or 0.0) < 0.67 else 3


@dataclass(frozen=True, slots=True)
class Shape:
    """A masked text: its first words as blocks, how many words there are, and how many of them weighed."""

    pieces: Sequence[Piece]
    words: int
    weighed: int
    cut: bool = False


def shape(text: str, spans: Sequence[Span], longest: int) -> Shape:
    """At most `longest` words of a text without a letter of it."""
    places = [match.span() for match in _WORD.finditer(text)]
    weights = [_weight(spans, start, end) for start, end in places]
    shown = places[:longest]
    pieces = [
        Piece(BLOCK * _length(text[start:end]), weight)
        for (start, end), weight in zip(shown, weights[:longest], strict=True)
    ]
    return Shape(pieces, len(places), sum(weight is not None for weight in weights), len(places) > longest)


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """A text in pieces, the words that weighed apart from what stands between them."""
    return [piece for piece in _pieces(text, sorted(spans, key=lambda span: span.start)) if piece.text]


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    done = 0
    for span in spans:
        start, end = max(done, span.start), min(span.end, len(text))
        if start < end:
            yield Piece(text[done:start])
            yield Piece(text[start:end], span.weight)
            done = end
    yield Piece(text[done:])


def _weight(spans: Iterable[Span], start: int, end: int) -> float | None:
    return max((span.weight for span in spans if span.start < end and start < span.end), default=None)


def _length(word: str) -> int:
    """Letters that can be seen: marks stacked on them are none."""
    seen = sum(unicodedata.category(c)[0] not in "MC" for c in word[: 4 * LONGEST_WORD])
    return max(1, min(seen, LONGEST_WORD))
