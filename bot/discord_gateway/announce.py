"""How are moderators told of new flags? A card for each; of many at once a digest, so that a flood drowns nobody.

Each is told in the channel where it belongs; where that one is gone or refuses the bot, in the moderators' own,
because a flag that nobody hears of protects nobody. A card that is sent twice, because Discord's answer was lost, is
shown once: its nonce is the same.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.config import Settings
from bot.core.cases import Card, CardKind, Case, Told
from bot.core.errors import PlatformError
from bot.core.leases import Lease
from bot.core.telling_times import ONE_BY_ONE, Untold
from bot.core.urgency import is_threat
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.card import card
from bot.discord_gateway.digest import digest, summoning
from bot.discord_gateway.handover_card import handover_card
from bot.discord_gateway.refusals import REFUSALS, refusal

log = logging.getLogger(__name__)


class Announcer:
    """Writes to the moderators' channels."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._desk = settings.channels_of_desk()
        self._on_call = settings.desk.ping_role
        self._mask = settings.masking()
        self._languages = settings.languages()

    async def announce(self, cases: Sequence[Case], *, ping: bool = False) -> Told:
        """Tell of new flags, from the first on, by cards where they are few; of those that belong nowhere not at all.

        PlatformError where Discord refuses the first; where it refuses a later one, the earlier ones are told.
        """
        if len(cases) > ONE_BY_ONE:
            return await self.digest([self._untold(case) for case in cases], ping=ping)
        told = Told([])
        for case in cases:
            try:
                cards = await self._hang(case, ping and case is cases[0])
            except PlatformError:
                if not told.flags:
                    raise
                break
            told = replace(told, flags=[*told.flags, case.id], cards=[*told.cards, *cards])
        return told

    async def digest(self, flags: Sequence[Untold], *, ping: bool = False) -> Told:
        """Tell of all of these in one message. PlatformError where Discord refuses."""
        place = flags[0].place
        if place:
            view = digest(flags, self._languages)
            await self._send(place, view, f"{flags[0].flag}-{flags[-1].flag}", ping)
        return Told([each.flag for each in flags])

    async def _hang(self, case: Case, ping: bool) -> list[Card]:
        place = self._desk.place(case.flag)
        if not place:
            return []
        # What is told anew, because somebody trusted reported it, is not the message that Discord has taken already.
        nonce = f"{case.id}-{case.heard.count}" if case.heard.count else str(case.id)
        message = await self._send(place, card(self._mask(case), self._languages), nonce, ping)
        return [Card(case.id, str(message.channel.id), str(message.id), case.version)]

    def _untold(self, case: Case) -> Untold:
        post, place = case.flag.message, self._desk.place(case.flag)
        return Untold(case.id, is_threat(case.flag.reasons), place, post.channel.id, case.flag.flagged_at)

    async def show(self, shown: Card, case: Case, lease: Lease | None) -> bool:
        """Bring a card up to date; False where its message or channel is gone."""
        self._check_connected("cards not updated")
        message = self._client.get_partial_messageable(int(shown.channel)).get_partial_message(int(shown.message))
        is_review = shown.kind is CardKind.REVIEW
        case = self._mask(case)
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

    async def _send(self, place: str, view: discord.ui.LayoutView, nonce: str, ping: bool) -> discord.Message:
        self._check_connected("not announced")
        shown, mentions = view, NOBODY
        if ping and self._on_call:
            shown = summoning(view, self._on_call, self._languages)
            mentions = discord.AllowedMentions(
                everyone=False, users=False, roles=[discord.Object(int(self._on_call))], replied_user=False
            )
        try:
            return await self._post(place, shown, nonce, mentions)
        except discord.HTTPException as problem:
            if place == self._desk.default or not self._desk.default or problem.status >= 500:
                raise PlatformError(f"not announced in channel {place}: {refusal(problem)}") from problem
            log.warning("not announced in channel %s, so in the moderators' own: %s", place, refusal(problem))
            return await self._send(self._desk.default, view, nonce, ping)
        except REFUSALS as problem:
            raise PlatformError(f"not announced in channel {place}: {refusal(problem)}") from problem

    async def _post(
        self, place: str, view: discord.ui.LayoutView, nonce: str, mentions: discord.AllowedMentions
    ) -> discord.Message:
        channel = self._client.get_partial_messageable(int(place))
        return await channel.send(view=view, nonce=nonce, allowed_mentions=mentions)
