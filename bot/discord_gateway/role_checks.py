"""Are the roles that the configuration names there? One that is not gives nobody its rank, and says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from bot.config import Settings
from bot.discord_gateway.line import Line
from bot.locales import Speak


class NamedRoles:
    """Looks for them, server by server: each must be in one of them at least."""

    def __init__(self, settings: Settings) -> None:
        named = settings.roles
        wanted = {"moderator": named.moderator, "lead": named.lead, "admin": named.admin, "trusted": named.trusted}
        self._missing = [(key, role) for key, roles in wanted.items() for role in roles]
        self._trusted = ", ".join(f"@{role}" for role in named.trusted)

    def look(self, roles: Sequence[discord.Role]) -> None:
        """A server's roles, by id and by name."""
        there = {str(role.id) for role in roles} | {role.name for role in roles}
        self._missing = [(key, role) for key, role in self._missing if role not in there]

    def lines(self, say: Speak) -> Iterator[Line]:
        """What is missing; and whose reports are read first, where anybody's are."""
        for key, role in self._missing:
            yield Line(False, say("check-role-unknown", role=role, setting=key))
        if self._trusted and not any(key == "trusted" for key, _ in self._missing):
            yield Line(True, say("check-trusted", roles=self._trusted))
