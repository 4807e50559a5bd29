"""Who may do what, and with which flags, from where they ask? The same for every command, button and modal."""

from __future__ import annotations

import discord

from bot.config import Settings
from bot.core.cases import Case
from bot.core.roles import TAKES, Deed, Rank
from bot.discord_gateway.answers import member_as_person, person
from bot.discord_gateway.reach import Watches, reach
from bot.locales import Speak


class Access:
    """Ranks, and the servers whose flags may be looked at."""

    def __init__(self, client: discord.Client, settings: Settings, watches: Watches) -> None:
        self._client = client
        self._roles = settings.ranks()
        self._desk = settings.desks()
        self._watches = watches

    def refused(self, interaction: discord.Interaction, deed: Deed, say: Speak) -> str | None:
        """Why this person may not, or not here; None where nothing is in the way."""
        if not self._watches(interaction.guild_id):
            return say("status-elsewhere")
        if self._roles.allow(person(interaction), deed):
            return None
        return say("refused-admin" if TAKES[deed] is Rank.ADMIN else "refused-role")

    def leads(self, interaction: discord.Interaction) -> bool:
        """Whether this person settles what was escalated or is in dispute."""
        return self._roles.allow(person(interaction), Deed.SETTLE)

    def standing(self, member: discord.Member) -> tuple[Rank, tuple[str, ...]]:
        """The rank of a member of a server, and the servers whose flags may be looked at from there: itself first."""
        home = str(member.guild.id)
        if not self._watches(member.guild.id):
            return Rank.MEMBER, (home,)
        within = reach(self._client, self._desk, self._watches, member.guild.id)
        return self._roles.rank(member_as_person(member)), (home, *sorted(set(within) - {home}))

    def shows(self, interaction: discord.Interaction, case: Case) -> bool:
        """Whether a case may be looked at from here."""
        return case.flag.message.channel.guild in self.guilds(interaction)

    def guilds(self, interaction: discord.Interaction) -> list[str]:
        """The servers whose flags may be looked at from here."""
        return reach(self._client, self._desk, self._watches, interaction.guild_id)
