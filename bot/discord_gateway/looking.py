"""What is shown to a moderator who asks for the next flag, for one by its number, for what was written around it, or
how quickly flags are handled? To the one who asks alone; nothing is decided here.

Whoever is shown a flag takes the lease on it, and what is shown counts as read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.clock_words import regime_words
from bot.config import Settings
from bot.core.cases import Case, can_reopen
from bot.core.context import Missing
from bot.core.roles import Deed
from bot.discord_gateway.abuse import with_abuse
from bot.discord_gateway.access import Access
from bot.discord_gateway.agreement_words import agreement_lines
from bot.discord_gateway.answers import NOBODY, answering, language, tell
from bot.discord_gateway.card import card
from bot.discord_gateway.card_buttons import reopening
from bot.discord_gateway.context import context_of
from bot.discord_gateway.context_card import context_card, without_context
from bot.discord_gateway.figures import figures
from bot.discord_gateway.pause import Pause
from bot.locales import Speak
from bot.reviewing import Reviewing

Idle = Callable[[discord.Interaction, Speak], Awaitable[None]]


async def no_flags(interaction: discord.Interaction, say: Speak) -> None:
    """The queue is empty."""
    await tell(interaction, say("flags-none"))


class Looking:
    """Shows moderators what they ask for."""

    def __init__(
        self, client: discord.Client, settings: Settings, reviewing: Reviewing, access: Access, pause: Pause
    ) -> None:
        self._client = client
        self._mask = settings.masking()
        self._regime = settings.clock.regime
        self._reviewing = reviewing
        self._access = access
        self._pause = pause
        self.idle: Idle = no_flags  # says what else there is, when no flag waits

    async def next(self, interaction: discord.Interaction) -> None:
        """Open the next flag, for the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._access.refused(interaction, Deed.REVIEW, say):
                await tell(interaction, problem)
                return
            if await self._pause.keeps_from_queue(interaction, say):
                return
            who = str(interaction.user.id)
            opened = await self._reviewing.next(who, self._access.guilds(interaction), self._access.leads(interaction))
            if opened is None:
                await self.idle(interaction, say)
                return
            case, lease = opened
            view = card(self._mask(case), [language(interaction)], None if lease.holder == who else lease)
            await self._pause.met(interaction, case)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
            await self._pause.after_queue(interaction, say)

    async def show_case(self, interaction: discord.Interaction, flag: int, unmasked: bool = False) -> None:
        """Show one flag by its number, decided or not, to the one who asks alone; `unmasked` as it was written."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            case = await self.looked_up(interaction, say, flag)
            if case is None:
                return
            who = str(interaction.user.id)
            lease = await self._reviewing.open(flag, who) if case.is_open else None
            others = None if lease is None or lease.holder == who else lease
            view = with_abuse(card(case if unmasked else self._mask(case), [language(interaction)], others), case, say)
            if can_reopen(case, who):
                view.add_item(reopening(case, [language(interaction)]))
            await self._pause.met(interaction, case)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def show_statistics(self, interaction: discord.Interaction) -> None:
        """How quickly the flags that may be looked at from here are handled."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._access.refused(interaction, Deed.STATISTICS, say):
                await tell(interaction, problem)
                return
            guilds = self._access.guilds(interaction)
            lines = [figures(await self._reviewing.statistics(guilds), say), regime_words(self._regime, say)]
            if self._access.refused(interaction, Deed.AGREEMENT, say) is None:
                lines += agreement_lines(await self._reviewing.opinions.agreement(guilds), say)
            await tell(interaction, "\n".join(lines))

    async def context(self, interaction: discord.Interaction, flag: int) -> None:
        """Show what was written around a flagged message, to the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            case = await self.looked_up(interaction, say, flag)
            if case is None:
                return
            if problem := without_context(case, say):
                await tell(interaction, problem)
                return
            found = await context_of(self._client, case.flag.message)
            where = case.flag.message.channel.id
            if isinstance(found, Missing):
                await tell(interaction, say(f"context-{found}", where=f"<#{where}>"))
                return
            if case.is_open:
                await self._reviewing.open(flag, str(interaction.user.id))
            shown = await asyncio.to_thread(found.masked, self._mask)  # many long messages take a while to look through
            view = context_card(flag, shown, where, say)
            await self._pause.met(interaction, case)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def looked_up(
        self, interaction: discord.Interaction, say: Speak, flag: int, deed: Deed = Deed.REVIEW
    ) -> Case | None:
        """A flag that this person may handle so from here; else None, and the person is told why."""
        if problem := self._access.refused(interaction, deed, say):
            await tell(interaction, problem)
            return None
        case = await self._reviewing.case(flag)
        if case is None or not self._access.shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return None
        return case
