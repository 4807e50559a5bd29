"""How is a moment written? In Discord's own notation, which each reader sees in their own zone and language."""

from __future__ import annotations

from datetime import datetime


def moment(at: datetime, style: str = "f") -> str:
    """A moment; `D` for its date alone, `d` for a short one."""
    return f"<t:{int(at.timestamp())}:{style}>"
