"""Would whoever is on call hear of a threat? If the role is there, and can be mentioned, where threats are told."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.config import Settings
from bot.discord_gateway.line import Line
from bot.locales import Speak


class OnCall:
    """Looks for the role that is on call, channel by channel."""

    def __init__(self, settings: Settings) -> None:
        desk = settings.channels_of_desk()
        self._role = settings.desk.ping_role if settings.desk.pings_per_hour else ""
        self._place = desk.threats or desk.default
        self._found: tuple[discord.Role, discord.abc.GuildChannel, bool] | None = None

    def look(self, channel: discord.abc.GuildChannel, me: discord.Member) -> None:
        """Whether this is where threats are told, and the role can be mentioned there."""
        role = channel.guild.get_role(int(self._role)) if self._role and str(channel.id) == self._place else None
        if role is not None:
            can = role.mentionable or channel.permissions_for(me).mention_everyone
            self._found = role, channel, can

    def lines(self, say: Speak) -> Iterator[Line]:
        """What was found; nothing where nobody is on call."""
        if self._found is not None:
            role, channel, can = self._found
            key = "check-on-call" if can else "check-on-call-silent"
            yield Line(can, say(key, role=role.name, channel=channel.name))
        elif self._role:
            key = "check-on-call-unknown" if self._place else "check-on-call-nowhere"
            yield Line(False, say(key, role=self._role))
