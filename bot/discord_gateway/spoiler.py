"""How is a hostile text shown? Behind a spoiler that it cannot leave, mentioning nobody, formatting nothing, short."""

from __future__ import annotations

import re
import unicodedata

import discord

LONGEST = 1_500  # characters of a text that are ever shown
ACTING = re.compile(r"[\\_~|*`\[\]<]|^(?:#|>|-)")  # what formats, links or mentions


def spoiler(text: str, length: int) -> str:
    """A text behind a spoiler that it cannot leave, with nothing in it that acts."""
    return f"||{harmless(text, length) or '…'}||"


def harmless(text: str, length: int) -> str:
    """Somebody's words on one line, with nothing in them that acts."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in _tame(text)).split())
    shown = shown if len(shown) <= length else shown[: length - 1] + "…"
    # Not discord.py's escape_markdown: it leaves bars within links alone, also in those that are written [so](and so).
    return discord.utils.escape_mentions(ACTING.sub(r"\\\g<0>", shown))


def _tame(text: str) -> str:
    """Without marks that stack up, and characters that turn the direction of the text around them."""
    kept: list[str] = []
    marks = 0
    for c in text[: 4 * LONGEST]:
        category = unicodedata.category(c)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category not in ("Cf", "Cs", "Co", "Cn") and marks <= 2:
            kept.append(c)
    return "".join(kept)
