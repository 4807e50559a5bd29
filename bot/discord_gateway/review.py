"""What happens when a moderator asks for the next flag, presses a button, or sends in a modal?

First comes the acknowledgement, because Discord waits three seconds and a disk may take longer; then the question
whether this person may, from this server; then the work. Every refusal is one sentence, and leaves everything as it
was. A modal cannot follow a deferral, so before one the store is given a moment only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

import discord

from bot.config import Settings
from bot.core.cases import Card, Case, Ruling
from bot.core.errors import StoreError
from bot.core.flags import Step
from bot.core.roles import Deed
from bot.discord_gateway import uphold
from bot.discord_gateway.answers import NOBODY, answering, language, person, tell
from bot.discord_gateway.buttons import MODAL, Press, is_heard
from bot.discord_gateway.card import card, outcome
from bot.discord_gateway.context import Missing, context_of
from bot.discord_gateway.context_card import context_card, without_context
from bot.discord_gateway.figures import figures
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import Speak
from bot.reviewing import Reviewing

log = logging.getLogger(__name__)

MOMENT = 0.1  # seconds that the store gets before a modal is shown without it

Watches = Callable[[int | None], bool]


class Review:
    """Answers moderators."""

    def __init__(self, client: discord.Client, settings: Settings, reviewing: Reviewing, watches: Watches) -> None:
        self._client = client
        self._roles = settings.ranks()
        self._desk = settings.discord.moderators_channel
        self._languages = sorted(dict.fromkeys(settings.uppsikt.languages), key=lambda each: each != "sv")
        self._reviewing = reviewing
        self._watches = watches

    async def pressed(self, interaction: discord.Interaction, press: Press) -> None:
        """One of our buttons."""
        if press.deed == "next":
            await self.next(interaction)
        elif press.deed == "context":
            await self.context(interaction, press.flag)
        elif press.deed == "dismiss":
            async with answering(interaction) as say:
                await interaction.response.defer()
                await self._decide(interaction, say, press.flag, Step.DISMISS)
        else:
            async with answering(interaction) as say:
                await self._ask(interaction, say, press)

    async def other(self, interaction: discord.Interaction) -> None:
        """Modals, and presses that none of our buttons has heard: forged, or of a version long gone."""
        if interaction.type is discord.InteractionType.modal_submit:
            async with answering(interaction) as say:
                await self._answered(interaction, say)
        elif interaction.type is discord.InteractionType.component:
            async with answering(interaction) as say:
                if not is_heard(interaction):
                    await tell(interaction, say("refused-malformed"))

    async def next(self, interaction: discord.Interaction) -> None:
        """Open the next flag, for the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._refused(interaction, Deed.REVIEW, say):
                await tell(interaction, problem)
                return
            who = str(interaction.user.id)
            opened = await self._reviewing.next(who, self._guilds(interaction))
            if opened is None:
                await tell(interaction, say("flags-none"))
                return
            case, lease = opened
            view = card(case, [language(interaction)], None if lease.holder == who else lease)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def show_case(self, interaction: discord.Interaction, flag: int) -> None:
        """Show one flag by its number, decided or not, to the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            case = await self._looked_up(interaction, say, flag)
            if case is None:
                return
            who = str(interaction.user.id)
            lease = await self._reviewing.open(flag, who) if case.is_open else None
            others = None if lease is None or lease.holder == who else lease
            view = card(case, [language(interaction)], others)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def show_statistics(self, interaction: discord.Interaction) -> None:
        """How quickly the flags that may be looked at from here are handled."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            problem = self._refused(interaction, Deed.STATISTICS, say)
            await tell(
                interaction, problem or figures(await self._reviewing.statistics(self._guilds(interaction)), say)
            )

    async def context(self, interaction: discord.Interaction, flag: int) -> None:
        """Show what was written around a flagged message, to the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            case = await self._looked_up(interaction, say, flag)
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
            view = context_card(flag, found, where, say)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def _looked_up(self, interaction: discord.Interaction, say: Speak, flag: int) -> Case | None:
        """A flag that this person may look at from here; else None, and the person is told why."""
        if problem := self._refused(interaction, Deed.REVIEW, say):
            await tell(interaction, problem)
            return None
        case = await self._reviewing.case(flag)
        if case is None or not self._shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return None
        return case

    async def _ask(self, interaction: discord.Interaction, say: Speak, press: Press) -> None:
        if problem := self._refused(interaction, Deed.DECIDE, say):
            await tell(interaction, problem)
            return
        asked = asyncio.ensure_future(self._reviewing.case(press.flag))
        await asyncio.wait({asked}, timeout=MOMENT)
        if not asked.done():  # it is asked again for the decision
            asked.add_done_callback(lambda done: done.cancelled() or done.exception())
        elif (case := asked.result()) is None or not self._shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return
        elif not case.is_open:
            await interaction.response.defer()
            await self._show(interaction, say, Ruling(case, False))
            return
        await interaction.response.send_modal(uphold.modal(press.flag, press.likely, say))
        try:
            await self._reviewing.open(press.flag, str(interaction.user.id))
        except StoreError as failure:  # whoever decides has seen it: that is noted with the decision
            log.warning("not noted who looks at flag %d: %s", press.flag, failure)

    async def _answered(self, interaction: discord.Interaction, say: Speak) -> None:
        data = dict(interaction.data or {})
        match = MODAL.fullmatch(str(data.get("custom_id")))
        given = uphold.answered(data)
        if match is None or given is None or interaction.message is None:
            await tell(interaction, say("refused-malformed"))
            return
        await interaction.response.defer()
        await self._decide(interaction, say, int(match["flag"]), Step.UPHOLD, *given)

    async def _decide(
        self,
        interaction: discord.Interaction,
        say: Speak,
        flag: int,
        step: Step,
        motives: Sequence[str] = (),
        note: str = "",
    ) -> None:
        if problem := self._refused(interaction, Deed.DECIDE, say):
            await tell(interaction, problem)
            return
        case = await self._reviewing.case(flag)
        if case is None or not self._shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return
        ruling: Ruling | None = Ruling(case, False)
        if case.is_open:
            ruling = await self._reviewing.decide(flag, step, str(interaction.user.id), motives, note)
        assert ruling is not None, "flags are never deleted"
        await self._show(interaction, say, ruling)

    async def _show(self, interaction: discord.Interaction, say: Speak, ruling: Ruling) -> None:
        """The card that was used shows the outcome; whoever was late, or has no card left, is told in words."""
        case = ruling.case
        problem = await self._update(interaction, case)
        if not ruling.changed:
            await tell(interaction, say("refused-decided", outcome=outcome(case, say)))
        elif problem is not None:
            log.info("flag %d: the card used for its decision was not updated: %s", case.id, refusal(problem))
            await tell(interaction, say("decided-without-card", outcome=outcome(case, say)))

    async def _update(self, interaction: discord.Interaction, case: Case) -> BaseException | None:
        """Bring the card that was used up to date; what kept it from being updated, if anything did."""
        message = interaction.message
        assert message is not None, "buttons and our modals stand on messages"
        languages = [language(interaction)] if message.flags.ephemeral else self._languages
        async with self._reviewing.showing(case.id) as note:
            try:
                await interaction.edit_original_response(view=card(case, languages), allowed_mentions=NOBODY)
            except REFUSALS as problem:
                return problem
            if not message.flags.ephemeral:
                try:
                    await note(Card(case.id, str(message.channel.id), str(message.id), case.version))
                except StoreError as failure:  # it is shown once more, then
                    log.warning("flag %d: not noted what its card shows: %s", case.id, failure)
        return None

    def _refused(self, interaction: discord.Interaction, deed: Deed, say: Speak) -> str | None:
        if not self._watches(interaction.guild_id):
            return say("status-elsewhere")
        return None if self._roles.allow(person(interaction), deed) else say("refused-role")

    def _shows(self, interaction: discord.Interaction, case: Case) -> bool:
        return case.flag.message.channel.guild in self._guilds(interaction)

    def _guilds(self, interaction: discord.Interaction) -> list[str]:
        """Whose flags may be looked at from here: a server's own; from where the moderators' channel is, all."""
        here = str(interaction.guild_id)
        desk = self._client.get_channel(int(self._desk)) if self._desk else None
        if isinstance(desk, discord.abc.GuildChannel | discord.Thread) and str(desk.guild.id) == here:
            return [str(guild.id) for guild in self._client.guilds if self._watches(guild.id)]
        return [here]
