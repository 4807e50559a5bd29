"""What was written around a flagged message, and what does it answer? As it reads now, or why it cannot be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.masking import Masking
from bot.core.messages import Posted


class Missing(StrEnum):
    """Why there is nothing to show."""

    GONE = "gone"  # the channel, or the bot from its server
    CLOSED = "closed"  # the bot may not look there
    SILENT = "silent"  # Discord does not answer


@dataclass(frozen=True, slots=True)
class Context:
    """Messages as they read now, the oldest first; the flagged one is among `around` unless it is gone."""

    flagged: str
    around: Sequence[Posted]
    chain: Sequence[Posted] = ()  # what it answers, and what that answers

    @property
    def is_whole(self) -> bool:
        """Whether the flagged message is still there."""
        return any(post.id == self.flagged for post in self.around)

    def masked(self, masking: Masking) -> Context:
        """The same as it is shown to whoever is to be spared slurs."""
        around, chain = ([masking.post(post) for post in posts] for posts in (self.around, self.chain))
        return Context(self.flagged, around, chain)
