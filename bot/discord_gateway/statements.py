"""How is an author reached? By direct message, once: what may have been sent before a crash is looked for first.

Discord itself remembers a nonce for some minutes, and so takes a message that is sent twice for one; after that the
channel's own history tells.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.config import Settings
from bot.core.errors import PlatformError
from bot.core.messages import is_snowflake
from bot.core.statements import Notice
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.discord_gateway.statement_card import heading, notice_card
from bot.discord_gateway.words import words

LOOKED_THROUGH = 50  # messages of a channel
# https://discord.com/developers/docs/topics/opcodes-and-status-codes: direct messages closed, no server in common,
# nobody of that id, and who cannot be written to at all. They do not heal by trying again.
NEVER = frozenset({50007, 50278, 10013, 50033})


class DirectMessenger:
    """The port Messenger."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings.statements
        self._languages = settings.languages()

    async def tell(self, notice: Notice) -> bool:
        """Tell it once; False where this person can never be told so. PlatformError where it may heal."""
        author = notice.statement.author
        if not is_snowflake(author):  # a name from a file that was replayed
            return False
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("authors not told: not connected to Discord yet")
        languages = self.languages(notice)
        try:
            place = await self._client.create_dm(discord.Object(int(author)))
            if not (notice.tried and await self._stands_there(place, heading(notice, languages))):
                view = notice_card(notice, languages, self._settings)
                await place.send(view=view, nonce=f"notice-{notice.id}", allowed_mentions=NOBODY)
        except REFUSALS as problem:
            if isinstance(problem, discord.HTTPException) and problem.code in NEVER:
                return False
            raise PlatformError(
                f"case {notice.statement.case.id}: its author not told: {refusal(problem)}"
            ) from problem
        return True

    def languages(self, notice: Notice) -> Sequence[str]:
        """The one in which the author has appealed, where that is known; else all that are configured."""
        appeal = notice.statement.appeal
        return self._languages if appeal is None else [appeal.language]

    async def _stands_there(self, place: discord.DMChannel, wanted: str) -> bool:
        async for message in place.history(limit=LOOKED_THROUGH):
            if message.author == self._client.user and words(message).startswith(wanted):
                return True
        return False
