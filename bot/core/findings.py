"""What was found wrong? A key of the locales with what fills it, so that whoever shows it chooses the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, and where."""

    key: str
    slots: Mapping[str, object] = field(default_factory=dict)
