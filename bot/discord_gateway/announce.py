"""How are moderators told of new flags? A card for each; of many at once a digest, so that a flood drowns nobody.

A card that is sent twice, because Discord's answer was lost, is shown once: its nonce is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import discord

from bot.config import Settings
from bot.core.cases import Card, CardKind, Case, Told
from bot.core.errors import PlatformError
from bot.core.leases import Lease
from bot.discord_gateway.buttons import NEXT
from bot.discord_gateway.card import both, card, view_of
from bot.discord_gateway.handover_card import handover_card
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import speak

ONE_BY_ONE = 5  # flags that get cards at once; more become a digest
LISTED = 20  # channels named in a digest
COLOUR = 0x8A6D3B
NOBODY = discord.AllowedMentions.none()


class Announcer:
    """Writes to the moderators' channel."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.discord.moderators_channel
        # Swedish first, whatever the order in the configuration.
        self._languages = sorted(dict.fromkeys(settings.uppsikt.languages), key=lambda language: language != "sv")

    async def announce(self, cases: Sequence[Case]) -> Told:
        """Tell of new flags, from the first on; of none where no channel is configured.

        PlatformError where Discord refuses the first; where it refuses a later one, the earlier ones are told.
        """
        if not cases or not self._channel:
            return Told([case.id for case in cases])
        self._check_connected("not announced")
        if len(cases) > ONE_BY_ONE:
            await self._send(self._digest(cases), f"{cases[0].id}-{cases[-1].id}")
            return Told([case.id for case in cases])
        told: list[Card] = []
        for case in cases:
            try:
                message = await self._send(card(case, self._languages), str(case.id))
            except PlatformError:
                if not told:
                    raise
                break
            told.append(Card(case.id, self._channel, str(message.id), case.version))
        return Told([each.flag for each in told], told)

    async def show(self, shown: Card, case: Case, lease: Lease | None) -> bool:
        """Bring a card up to date; False where its message or channel is gone."""
        self._check_connected("cards not updated")
        message = self._client.get_partial_messageable(int(shown.channel)).get_partial_message(int(shown.message))
        is_review = shown.kind is CardKind.REVIEW
        view = card(case, self._languages, lease) if is_review else handover_card(case, self._languages)
        try:
            await message.edit(view=view, allowed_mentions=NOBODY)
        except discord.NotFound:
            return False
        except REFUSALS as problem:
            raise PlatformError(f"card not updated in channel {shown.channel}: {refusal(problem)}") from problem
        return True

    def _check_connected(self, undone: str) -> None:
        if self._client.user is None or self._client.is_closed():
            raise PlatformError(f"{undone}: not connected to Discord yet")

    async def _send(self, view: discord.ui.LayoutView, nonce: str) -> discord.Message:
        place = self._client.get_partial_messageable(int(self._channel))
        try:
            return await place.send(view=view, nonce=nonce, allowed_mentions=NOBODY)
        except REFUSALS as problem:
            raise PlatformError(f"not announced in channel {self._channel}: {refusal(problem)}") from problem

    def _digest(self, cases: Sequence[Case]) -> discord.ui.LayoutView:
        channels = Counter(case.flag.message.channel.id for case in cases).most_common()
        lines = [both(self._languages, "announce-digest", flags=len(cases))]
        lines += [f"- <#{channel}>: {count}" for channel, count in channels[:LISTED]]
        lines += ["- …"] if len(channels) > LISTED else []
        label = " / ".join(speak(language)("show-next") for language in self._languages)
        row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        row.add_item(discord.ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=NEXT))
        container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
        return view_of(container.add_item(discord.ui.TextDisplay("\n".join(lines))).add_item(row))
