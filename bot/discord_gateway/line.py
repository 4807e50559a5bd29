"""What is one finding of `uppsikt check`?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is well, or not."""

    ok: bool
    text: str
