"""What in a text may have to be masked before somebody else reads it? Proposals, for a person to go through.

What has a shape is found: numbers, addresses, links, mentions. A name is guessed at by its capital letters, so that one
at the beginning of a sentence, in lower case or in disguise is not: whoever reviews reads every line. More is proposed
than will stay masked; whether a provision allows it is never said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """What something looks like."""

    IDENTITY = "identity"  # a personal identity number, or a co-ordination number
    MAIL = "mail"
    LINK = "link"
    MENTION = "mention"  # of a member or a role, as Discord writes it, or by a name behind an @
    NETWORK = "network"  # an IP address
    PHONE = "phone"
    MEMBER = "member"  # an id of Discord's
    ADDRESS = "address"
    NAME = "name"
    RESTRICTED = "restricted"  # all of it: its processing is restricted (GDPR art. 18)
    WORDS = "words"  # all of it: what a member wrote to us in confidence


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text, from `start` up to `end`, and what it looks like."""

    start: int
    end: int
    why: Why


_CAPITAL = r"[A-ZÅÄÖÉÜ][a-zåäöéüáíóèñçøæ]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéü]+)?"
_STREET = r"(?:gatan|gata|vägen|väg|gränden|gränd|torget|torg|stigen|stig|allén|allé|backen|plan|plats|leden|kajen)"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:[0-2]\d|3[01]|[6-8]\d|9[01])"
_HEX = r"[0-9a-fA-F]{1,4}"
# The narrower first: what a later one finds beside or over an earlier is of that one.
_SHAPES: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (Why.MAIL, re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    (Why.LINK, re.compile(r"(?:https?://|www\.|discord\.gg/)\S+", re.IGNORECASE)),
    (Why.MENTION, re.compile(r"<@[!&]?[0-9]+>|(?<!\w)@\w[\w.]*")),
    # yymmdd-nnnn or yyyymmdd-nnnn; 60 is added to the day of a co-ordination number.
    (Why.IDENTITY, re.compile(rf"(?<!\d)(?:19|20)?\d\d{_MONTH}{_DAY}[-+ ]?\d{{4}}(?!\d)")),
    (Why.NETWORK, re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")),
    (Why.NETWORK, re.compile(rf"(?<![\w:])(?:{_HEX}:){{3,7}}{_HEX}(?![\w:])")),
    (Why.PHONE, re.compile(r"(?<![\w.])(?:\+\s?46|0046|0)(?:[ \-/()\u00a0]{0,2}\d){6,11}(?!\d)")),
    (Why.MEMBER, re.compile(r"(?<!\d)\d{15,20}(?!\d)")),
    (Why.ADDRESS, re.compile(rf"(?:{_CAPITAL}\s)?\w*{_STREET}\s+\d+(?:\s?[A-Za-z]\b)?")),
    (Why.ADDRESS, re.compile(r"\b\d{3}\s\d{2}\s+[A-ZÅÄÖ]\w+")),
    (Why.NAME, re.compile(rf"\b{_CAPITAL}(?:\s+(?:(?:von|af|de|van)\s+)?{_CAPITAL})+\b")),
    (Why.NAME, re.compile(rf"(?<=[a-zåäöéü,;:(0-9”\"] )(?<![.!?] ){_CAPITAL}\b")),
)  # fmt: skip


def found(text: str) -> list[Found]:
    """Everything that may have to be masked, in the order of the text; no two of them overlap."""
    pieces: list[Found] = []
    for piece in sorted(_all(text), key=lambda each: (each.start, -each.end)):
        if pieces and piece.start < pieces[-1].end:
            last = pieces.pop()
            piece = Found(last.start, max(last.end, piece.end), last.why)
        pieces.append(piece)
    return pieces


def _all(text: str) -> Iterator[Found]:
    taken: list[range] = []
    for why, shape in _SHAPES:
        for match in shape.finditer(text):
            if not any(match.start() in each and match.end() - 1 in each for each in taken):
                taken.append(range(match.start(), match.end()))
                yield Found(match.start(), match.end(), why)
