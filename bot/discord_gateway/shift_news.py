"""How do admins hear of a sudden shift? A message in the leads' channel, or the moderators': what, where, since when.

It mentions nobody, names nobody and quotes nothing: there is only what was counted.
"""

from __future__ import annotations

import discord

from bot.config import Settings
from bot.core.errors import PlatformError
from bot.core.tuning.drift import Event
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.card import view_of
from bot.discord_gateway.lines import place
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import speak
from bot.shift_words import shift_words

COLOUR = 0x8A6D3B


class ShiftAnnouncer:
    """Writes to the leads' channel, or to the moderators' where they have none."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.discord.leads_channel or settings.discord.moderators_channel
        self._languages = settings.languages()

    async def tell_shift(self, event: Event) -> None:
        """Tell it; nowhere where no channel is configured. PlatformError where Discord refuses."""
        if not self._channel:
            return
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("a shift was not told: not connected to Discord yet")
        channel = self._client.get_partial_messageable(int(self._channel))
        text = "\n".join(
            line
            for number, language in enumerate(self._languages)
            for line in _lines(event, language, "-# " if number else "")
        )
        container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
        view = view_of(container.add_item(discord.ui.TextDisplay(text)))
        try:
            await channel.send(view=view, nonce=f"shift-{event.id}", allowed_mentions=NOBODY)
        except REFUSALS as problem:
            raise PlatformError(f"a shift was not told in channel {self._channel}: {refusal(problem)}") from problem


def _lines(event: Event, language: str, mark: str) -> list[str]:
    shift = event.shift
    where = place(shift.channel) if shift.channel else speak(language)("shift-everywhere")
    title, *lines = shift_words(shift, language, where, f"<t:{int(shift.since.timestamp())}:f>")
    return [f"{mark}{line}" for line in (f"**{title}**", *lines)]
