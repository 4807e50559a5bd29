"""How does the panel ask Discord? The port BotBeside, by the same questions that the cards' buttons ask."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.config import Settings
from bot.core.cases import Case
from bot.core.context import Context, Missing
from bot.core.measures import Measure
from bot.core.messages import Posted
from bot.discord_gateway.ability import Ability, Means
from bot.discord_gateway.context import context_of

PATIENCE = 1.0  # seconds that a page waits for what is known of an author


class Beside:
    """A window for the panel to the bot's own view of Discord."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._ability = Ability(client, settings)

    async def context(self, message: Posted) -> Context | Missing:
        return await context_of(self._client, message)

    async def means(self, case: Case) -> Means:
        return await self._ability.means(case, PATIENCE)

    async def hindered(self, case: Case, measures: Iterable[Measure]) -> Means:
        return await self._ability.hindered(case, measures)
