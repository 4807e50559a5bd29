"""Whose flags may be looked at from here? A server's own; from where the moderators' channel is, all."""

from __future__ import annotations

from collections.abc import Callable

import discord

Watches = Callable[[int | None], bool]


def reach(client: discord.Client, desk: str, watches: Watches, here: int | None) -> list[str]:
    """The servers whose flags may be looked at from one."""
    place = client.get_channel(int(desk)) if desk else None
    if isinstance(place, discord.abc.GuildChannel | discord.Thread) and place.guild.id == here:
        return [str(guild.id) for guild in client.guilds if watches(guild.id)]
    return [str(here)]
