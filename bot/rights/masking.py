"""Whom does a document name? The person it is about, and nobody else.

Members are called by pseudonyms that hold for the one document: its key is made for it and kept nowhere. Moderators are
numbered in the order in which they come.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from bot.core.pseudonyms import Pseudonyms

KEY_BYTES = 32


@dataclass(slots=True)
class Names:
    """What others are called within one document about `own`."""

    own: str
    pseudonyms: Pseudonyms = field(default_factory=lambda: Pseudonyms(os.urandom(KEY_BYTES)))
    _moderators: dict[str, str] = field(default_factory=dict)

    def moderator(self, who: str) -> str:
        """Such as `moderator 1`; empty where nobody is named."""
        return self._moderators.setdefault(who, f"moderator {len(self._moderators) + 1}") if who else ""

    def within(self, text: str | None) -> str | None:
        """A text in which nobody else is mentioned by id."""
        return None if text is None else self.pseudonyms.within(text, self.own)
