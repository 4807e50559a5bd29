"""Whose flags may be looked at from here? A server's own; from where moderators have a channel, all."""

from __future__ import annotations

from collections.abc import Callable, Collection

import discord

Watches = Callable[[int | None], bool]


def reach(client: discord.Client, desks: Collection[str], watches: Watches, here: int | None) -> list[str]:
    """The servers whose flags may be looked at from one."""
    places = [client.get_channel(int(each)) for each in desks]
    there = [each for each in places if isinstance(each, discord.abc.GuildChannel | discord.Thread)]
    if any(each.guild.id == here for each in there):
        return [str(guild.id) for guild in client.guilds if watches(guild.id)]
    return [str(here)]
