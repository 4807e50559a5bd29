"""How is the record's head posted? A line of plain characters in a channel of its own, and what it is good for."""

from __future__ import annotations

import discord
from babel.numbers import format_decimal

from bot.config import Settings
from bot.core.anchors import Anchor
from bot.core.errors import PlatformError
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.card import view_of
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import speak

COLOUR = 0x5B6770


class AnchorPoster:
    """Posts to the channel that is configured."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.record.anchor_channel
        self._languages = settings.languages()

    async def post_anchor(self, anchor: Anchor) -> bool:
        """Post it; False where no channel is configured. PlatformError where Discord refuses."""
        if not self._channel:
            return False
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("the record's head was not posted: not connected to Discord yet")
        channel = self._client.get_partial_messageable(int(self._channel))
        words = [_words(anchor, language, "-# " if number else "") for number, language in enumerate(self._languages)]
        container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
        text = "\n".join([words[0], f"```\n{anchor}\n```", *words[1:]])
        try:
            view = view_of(container.add_item(discord.ui.TextDisplay(text)))
            await channel.send(view=view, nonce=f"anchor-{anchor.head.seq}", allowed_mentions=NOBODY)
        except REFUSALS as problem:
            raise PlatformError(
                f"the record's head was not posted in channel {self._channel}: {refusal(problem)}"
            ) from problem
        return True


def _words(anchor: Anchor, language: str, mark: str) -> str:
    seq = format_decimal(anchor.head.seq, locale=language)
    return f"{mark}{speak(language)('record-posted', seq=seq)}"
