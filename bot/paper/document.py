"""What does a document say, whichever file it becomes? Blocks of words that HTML and PDF show alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (once, at the top), 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Our words."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, shown as they are and told apart from ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; `widths` are shares of the page."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()


Block = Heading | Paragraph | Quote | Points | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `language` is a BCP 47 code, `at` the moment it is of."""

    title: str
    at: datetime
    blocks: tuple[Block, ...]
    language: str = "sv"
