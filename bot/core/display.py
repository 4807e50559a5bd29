"""How is a hostile text shown on a screen? What can be seen stays; nothing acts on what stands around it."""

from __future__ import annotations

import unicodedata

MARKS = 2  # combining marks that stay on one letter: more climb over the lines above
GONE = "\N{REPLACEMENT CHARACTER}"


def displayable(text: str, longest: int = 4_000) -> str:
    """The text without what turns its direction, hides in it or stacks up; line breaks stay; cut at `longest`."""
    kept: list[str] = []
    marks = 0
    for c in text[:longest]:
        category = unicodedata.category(c)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if c in "\n\t" or (category not in ("Cc", "Cf", "Co", "Cn", "Cs") and marks <= MARKS):
            kept.append(c)
        elif category in ("Cc", "Co", "Cn", "Cs"):
            kept.append(GONE)
    return "".join(kept) + ("…" if len(text) > longest else "")
