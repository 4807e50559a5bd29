"""What is a member called? As Discord told last, in memory alone: no list of names is kept or asked for."""

from __future__ import annotations

import discord

from bot.discord_gateway.recent import Recent

REMEMBERED = 20_000


class Names:
    """The display names of those who were heard since the start."""

    def __init__(self) -> None:
        self._names: Recent[str, str] = Recent(REMEMBERED)

    def hear(self, who: discord.User | discord.Member) -> None:
        """Somebody wrote, or pressed a button."""
        self._names.put(str(who.id), who.display_name)

    def of(self, who: str) -> str:
        """A member's name; the id of somebody who was not heard."""
        return self._names.get(who) or who
