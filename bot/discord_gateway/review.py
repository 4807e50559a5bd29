"""What happens when a moderator asks for the next flag, presses a button, or sends in a modal?

First comes the acknowledgement, because Discord waits three seconds and a disk may take longer; then the question
whether this person may, from this server; then the work. Every refusal is one sentence, and leaves everything as it
was. A modal cannot follow a deferral, so before one the store and Discord are given a moment only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.config import Settings
from bot.core.cases import Card, Case, Ruling
from bot.core.errors import StoreError
from bot.core.flags import Step
from bot.core.measures import Measure
from bot.core.opinions import Course
from bot.core.roles import Deed
from bot.discord_gateway import asking, second, uphold
from bot.discord_gateway.ability import Ability
from bot.discord_gateway.abuse import with_abuse
from bot.discord_gateway.agreement_words import agreement_lines
from bot.discord_gateway.answers import NOBODY, answering, language, person, tell
from bot.discord_gateway.buttons import MODAL, Press, is_heard
from bot.discord_gateway.card import card, outcome
from bot.discord_gateway.context import Missing, context_of
from bot.discord_gateway.context_card import context_card, without_context
from bot.discord_gateway.figures import figures
from bot.discord_gateway.measure_lines import hindered
from bot.discord_gateway.pause import Pause
from bot.discord_gateway.reach import Watches, reach
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import Speak
from bot.reviewing import Reviewing

log = logging.getLogger(__name__)

Idle = Callable[[discord.Interaction, Speak], Awaitable[None]]

MOMENT = 0.1  # seconds that the store and Discord together get before a modal is shown without what they know


async def no_flags(interaction: discord.Interaction, say: Speak) -> None:
    """The queue is empty."""
    await tell(interaction, say("flags-none"))


class Review:
    """Answers moderators."""

    def __init__(
        self, client: discord.Client, settings: Settings, reviewing: Reviewing, watches: Watches, pause: Pause
    ) -> None:
        self._client = client
        self._roles = settings.ranks()
        self._desk = settings.desks()
        self._mask = settings.masking()
        self._languages = sorted(dict.fromkeys(settings.uppsikt.languages), key=lambda each: each != "sv")
        self._reviewing = reviewing
        self._ability = Ability(client, settings)
        self._offered = settings.offered()
        self._watches = watches
        self._pause = pause
        desk = second.Desk(self._refused, self._shows, reviewing.case, self._update)
        self._eyes = second.SecondEyes(reviewing.opinions, desk)
        self.idle: Idle = no_flags  # says what else there is, when no flag waits

    async def pressed(self, interaction: discord.Interaction, press: Press) -> None:
        """One of our buttons."""
        if press.deed == "next":
            await self.next(interaction)
        elif press.deed == "context":
            await self.context(interaction, press.flag)
        elif press.again:
            async with answering(interaction) as say:
                await self._eyes.pressed_again(interaction, say, press)
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
            if await self._pause.keeps_from_queue(interaction, say):
                return
            who = str(interaction.user.id)
            opened = await self._reviewing.next(who, self._guilds(interaction), self._leads(interaction))
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
            case = await self._looked_up(interaction, say, flag)
            if case is None:
                return
            who = str(interaction.user.id)
            lease = await self._reviewing.open(flag, who) if case.is_open else None
            others = None if lease is None or lease.holder == who else lease
            view = with_abuse(card(case if unmasked else self._mask(case), [language(interaction)], others), case, say)
            await self._pause.met(interaction, case)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def show_statistics(self, interaction: discord.Interaction) -> None:
        """How quickly the flags that may be looked at from here are handled."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._refused(interaction, Deed.STATISTICS, say):
                await tell(interaction, problem)
                return
            guilds = self._guilds(interaction)
            lines = [figures(await self._reviewing.statistics(guilds), say)]
            if self._refused(interaction, Deed.AGREEMENT, say) is None:
                lines += agreement_lines(await self._reviewing.opinions.agreement(guilds), say)
            await tell(interaction, "\n".join(lines))

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
            shown = await asyncio.to_thread(found.masked, self._mask)  # many long messages take a while to look through
            view = context_card(flag, shown, where, say)
            await self._pause.met(interaction, case)
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
        loop = asyncio.get_running_loop()
        end = loop.time() + MOMENT
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
        elif sentence := second.not_now(case, press.deed, str(interaction.user.id), self._leads(interaction), say):
            await tell(interaction, sentence)
            return
        modal = second.modal_for(press, say)
        if modal is None:
            means = await self._ability.means(asked.result() if asked.done() else None, end - loop.time())
            modal = uphold.modal(press.flag, press.likely, means, say)
        await interaction.response.send_modal(modal)
        try:
            await self._reviewing.open(press.flag, str(interaction.user.id))
        except StoreError as failure:  # whoever decides has seen it: that is noted with the decision
            log.warning("not noted who looks at flag %d: %s", press.flag, failure)

    async def _answered(self, interaction: discord.Interaction, say: Speak) -> None:
        data = dict(interaction.data or {})
        if (of_eyes := asking.answer(data)) is not None and interaction.message is not None:
            await self._eyes.answered(interaction, say, of_eyes)
            return
        match = MODAL.fullmatch(str(data.get("custom_id")))
        given = uphold.answered(data, self._offered)
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
        measures: Sequence[Measure] = (),
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
            if problems := await self._ability.hindered(case, measures):
                await tell(interaction, hindered(problems, case, say))
                return
            who, leads = str(interaction.user.id), self._leads(interaction)
            ruling = await self._reviewing.decide(flag, step, who, motives, note, measures, leads=leads)
        assert ruling is not None, "flags are never deleted"
        await self._show(interaction, say, ruling)
        if ruling.changed:
            await self._pause.met(interaction, case)
            await self._pause.after_deciding(interaction, say)

    async def _show(self, interaction: discord.Interaction, say: Speak, ruling: Ruling) -> None:
        """The card that was used shows the outcome; whoever was late, or has no card left, is told in words."""
        case = ruling.case
        problem = await self._update(interaction, case)
        if ruling.course is not Course.DECISION:
            await tell(interaction, second.in_words(case, ruling.course, say))
        elif not ruling.changed:
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
                await interaction.edit_original_response(
                    view=card(self._mask(case), languages), allowed_mentions=NOBODY
                )
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

    def _leads(self, interaction: discord.Interaction) -> bool:
        return self._roles.allow(person(interaction), Deed.SETTLE)

    def _shows(self, interaction: discord.Interaction, case: Case) -> bool:
        return case.flag.message.channel.guild in self._guilds(interaction)

    def _guilds(self, interaction: discord.Interaction) -> list[str]:
        return reach(self._client, self._desk, self._watches, interaction.guild_id)
