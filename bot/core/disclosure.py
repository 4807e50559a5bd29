"""What may a copy of a case show, and was the review of it done? Lines, what is masked in them, and on which grounds.

Every line of a case can be kept or masked, in whole or in part. Nothing is masked without a ground, and no ground is
taken for granted: what is proposed counts first when a person has confirmed it. A copy is only made of lines that are
word for word those of the cases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.core.errors import Refused
from bot.core.redacting import Found, Why, found
from bot.core.timeline import Happening

BLOCK = "▇▇▇"  # for whatever is masked: how long it was is not told
LEAST = 4  # signs: what is shorter is found everywhere
NAME_WORDS = 4  # that a name has at most


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What is kept of a case that may be asked for. Who reported is no part of it."""

    number: int
    about: str  # words, person, elsewhere
    channel: str
    message: str
    author: str
    reply_to: str
    text: str | None  # None once it was forgotten
    restricted: bool  # GDPR art. 18
    score: float | None  # None while nobody is to see it
    threat: float
    labels: Mapping[str, float]
    model: str
    state: str
    posted_at: datetime
    happenings: Sequence[Happening]
    reports: Sequence[tuple[int, str, str | None]]  # number, category, words
    appeals: Sequence[tuple[str | None, str | None]]  # the author's words, the answer


@dataclass(frozen=True, slots=True)
class Mask:
    """A part of a line that is not shown; `ground` is a number of the list of grounds, 0 while none was chosen."""

    start: int
    end: int
    ground: int = 0
    sure: bool = False  # a person has confirmed it
    why: Why | None = None  # it was proposed for


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case: `label` says what it holds."""

    case: int
    number: int
    label: str
    text: str
    masks: tuple[Mask, ...] = ()

    @property
    def place(self) -> str:
        """How a person names it, such as 12.03."""
        return f"{self.case}.{self.number:02}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it waits for a person's word."""
        return all(mask.sure and mask.ground for mask in self.masks)

    @property
    def shown(self) -> str:
        """The line as the copy has it."""
        return "".join(piece if mask is None else f"{BLOCK} ({mask.ground})" for piece, mask in self.pieces())

    def pieces(self) -> Iterator[tuple[str, Mask | None]]:
        """The text in its parts, each with what masks it; empty parts are left out."""
        place = 0
        for mask in self.masks:
            if mask.start > place:
                yield self.text[place : mask.start], None
            yield self.text[mask.start : mask.end], mask
            place = mask.end
        if place < len(self.text):
            yield self.text[place:], None


def proposed(line: Line, hints: Mapping[Why, int], whole: Why | None = None, *, ours: bool = False) -> Line:
    """The line with what may have to be masked; `whole` masks all of it, and in `ours` only an id is looked for.

    `hints` are grounds that are worth a look.
    """
    if not line.text:
        return line
    pieces = [Found(0, len(line.text), whole)] if whole is not None else found(line.text)
    asked = (each for each in pieces if not ours or each.why is Why.MEMBER)
    masks = (Mask(each.start, each.end, hints.get(each.why, 0), why=each.why) for each in asked)
    return replace(line, masks=tuple(masks))


def digest(lines: Iterable[Line]) -> str:
    """What the lines say, whatever is masked in them: SHA-256, in hex."""
    rows = [[line.case, line.number, line.label, line.text] for line in lines]
    return sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def reviewed(lines: Sequence[Line], of_cases: Sequence[Line], grounds: Mapping[int, str]) -> None:
    """Refused unless the lines are those of the cases, one by one, and whatever is masked has its ground."""
    given = {line.place: line for line in lines}
    if len(given) < len(lines):
        twice = next(line.place for line in lines if sum(each.place == line.place for each in lines) > 1)
        raise Refused(f"line {twice} stands there twice: remove one of them")
    for line in of_cases:
        if line.place not in given:
            raise Refused(f"line {line.place} is missing: put it back, and mask it if nobody is to see it")
        mine = given.pop(line.place)
        if (mine.label, mine.text) != (line.label, line.text):
            raise Refused(f"line {line.place} was changed: only what is masked in it may be; make a new draft")
    if given:
        raise Refused(f"line {next(iter(given))} is not of these cases: remove it")
    _grounded(lines, grounds)


def _grounded(lines: Iterable[Line], grounds: Mapping[int, str]) -> None:
    waiting = [line.place for line in lines if not line.is_settled]
    if waiting:
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        raise Refused(
            f"line {waiting[0]}{more} is not reviewed: write the number of a ground behind each |, without a ?"
        )
    for line in lines:
        for mask in line.masks:
            if mask.ground not in grounds:
                raise Refused(f"line {line.place}: there is no ground {mask.ground} in the list")


def shown_elsewhere(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """(masked in, shown in): places of lines that show what another line, or the same, masks, or a name out of it."""
    masked: dict[str, str] = {}
    for line in lines:
        for piece, mask in line.pieces():
            if mask is not None:
                masked |= {words: line.place for words in _telling(piece) if words not in masked}
    shown = [(line.place, " ".join(line.shown.split()).casefold()) for line in lines]
    return [
        (first, place)
        for words, first in masked.items()
        for place, text in shown
        if words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    ]


def _telling(piece: str) -> list[str]:
    """What would give a masked piece away: all of it; of a short one, maybe a name, each capitalised word too."""
    words = piece.split()
    names = [word for word in words if word[0].isupper()] if len(words) <= NAME_WORDS else []
    found = (each.strip(".,;:!?()\"'”").casefold() for each in (" ".join(words), *names))
    return [each for each in found if len(each) >= LEAST]


def tally(lines: Iterable[Line]) -> dict[int, int]:
    """How many masks each ground has, by its number."""
    counts: dict[int, int] = {}
    for line in lines:
        for mask in line.masks:
            counts[mask.ground] = counts.get(mask.ground, 0) + 1
    return dict(sorted(counts.items()))
