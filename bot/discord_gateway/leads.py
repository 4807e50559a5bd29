"""How do the leads hear of a case that was handed to them? A card in their channel that mentions their roles, once; of
one that is past its time limit, a line without a word of the message.

Beside the call for whoever is on call it is the only message that mentions anybody. Like every card it is kept up to
date from what was saved, and then mentions nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.config import Settings
from bot.core.cases import Card, Case
from bot.core.errors import PlatformError
from bot.discord_gateway.card import card, view_of
from bot.discord_gateway.lines import both
from bot.discord_gateway.refusals import REFUSALS, refusal

MOST = 8  # roles that fit beside a card


class LeadsAnnouncer:
    """Writes to the leads' channel."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.discord.leads_channel
        self._leads = settings.ranks().lead
        self._mask = settings.masking()
        self._languages = settings.languages()

    async def tell_leads(self, case: Case) -> Sequence[Card]:
        """Show a case; nowhere where no channel is configured. PlatformError where Discord refuses."""
        if not self._channel:
            return ()
        message = await self._send(card(self._mask(case), self._languages), f"leads-{case.id}")
        return [Card(case.id, self._channel, str(message.id), case.version)]

    async def tell_late(self, case: Case) -> Sequence[Card]:
        """Say that a case's time is up; nowhere where no channel is configured. PlatformError as above."""
        if self._channel:
            key = "clock-told" if case.is_open else "clock-told-undone"
            line: discord.ui.TextDisplay[discord.ui.LayoutView] = discord.ui.TextDisplay(
                both(self._languages, key, flag=str(case.id))
            )
            await self._send(view_of(discord.ui.Container(line)), f"late-{case.id}")
        return ()

    async def _send(self, view: discord.ui.LayoutView, nonce: str) -> discord.Message:
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("leads not told: not connected to Discord yet")
        if roles := self._roles():
            view.add_item(discord.ui.TextDisplay(" ".join(role.mention for role in roles)))
        place = self._client.get_partial_messageable(int(self._channel))
        mentioned = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        try:
            return await place.send(view=view, nonce=nonce, allowed_mentions=mentioned)
        except REFUSALS as problem:
            raise PlatformError(f"leads not told in channel {self._channel}: {refusal(problem)}") from problem

    def _roles(self) -> list[discord.Role]:
        """The lead roles of the server that the channel is in."""
        place = self._client.get_channel(int(self._channel))
        if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
            return []
        named = [role for role in place.guild.roles if {str(role.id), role.name} & self._leads]
        return [role for role in named if not role.is_default()][:MOST]
