"""How does a reporter hear of an outcome? By direct message, once; what may have been sent before is looked for first.

What goes wrong is told by the report's number: no line of the log says who reported.
"""

from __future__ import annotations

import discord

from bot.core.errors import PlatformError
from bot.core.messages import is_snowflake
from bot.core.reports import Answer
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.discord_gateway.report_words import answer
from bot.discord_gateway.statements import LOOKED_THROUGH, NEVER
from bot.locales import speak


class ReportMessenger:
    """The port ReporterMessenger."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def tell(self, told: Answer) -> bool:
        """Tell it once; False where this person can never be told so. PlatformError where it may heal."""
        if not is_snowflake(told.who):
            return False
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("reporters not told: not connected to Discord yet")
        words = answer(told, speak(told.language))
        try:
            place = await self._client.create_dm(discord.Object(int(told.who)))
            if not (told.tried and await self._stands_there(place, words)):
                await place.send(words, nonce=f"answer-{told.id}", allowed_mentions=NOBODY)
        except REFUSALS as problem:
            if isinstance(problem, discord.HTTPException) and problem.code in NEVER:
                return False
            raise PlatformError(f"report {told.report}: its reporter not told: {refusal(problem)}") from problem
        return True

    async def _stands_there(self, place: discord.DMChannel, wanted: str) -> bool:
        async for message in place.history(limit=LOOKED_THROUGH):
            if message.author == self._client.user and message.content == wanted:
                return True
        return False
