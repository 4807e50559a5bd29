"""What happens when a moderator presses a button of a card, or sends in a modal?

First comes the acknowledgement, because Discord waits three seconds and a disk may take longer; then the question
whether this person may, from this server; then the work. Every refusal is one sentence, and leaves everything as it
was. A modal cannot follow a deferral, so before one the store and Discord are given a moment only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import discord

from bot.config import Settings
from bot.core.cases import Card, Case, Ruling, can_reopen
from bot.core.errors import StoreError
from bot.core.flags import Step
from bot.core.measures import Measure
from bot.core.opinions import Course
from bot.core.roles import Deed
from bot.discord_gateway import asking, second, uphold
from bot.discord_gateway.ability import Ability
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, answering, language, tell
from bot.discord_gateway.briefly import MOMENT, briefly
from bot.discord_gateway.buttons import MODAL, Press, is_heard
from bot.discord_gateway.card import card, outcome
from bot.discord_gateway.looking import Looking
from bot.discord_gateway.measure_lines import hindered
from bot.discord_gateway.pause import Pause
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import Speak
from bot.reviewing import Reviewing

log = logging.getLogger(__name__)


class Review:
    """Answers moderators."""

    def __init__(
        self,
        client: discord.Client,
        settings: Settings,
        reviewing: Reviewing,
        access: Access,
        looking: Looking,
        pause: Pause,
    ) -> None:
        self._mask = settings.masking()
        self._languages = settings.languages()
        self._reviewing = reviewing
        self._ability = Ability(client, settings)
        self._offered = settings.offered()
        self._access = access
        self._looking = looking
        self._pause = pause
        desk = second.Desk(access, reviewing.case, self._update, pause.met)
        self._eyes = second.SecondEyes(reviewing.opinions, desk)

    async def pressed(self, interaction: discord.Interaction, press: Press) -> None:
        """One of our buttons."""
        if press.deed == "next":
            await self._looking.next(interaction)
        elif press.deed == "context":
            await self._looking.context(interaction, press.flag)
        elif press.again:
            async with answering(interaction) as say:
                await self._eyes.pressed_again(interaction, say, press)
        elif press.deed == "reopen":
            async with answering(interaction) as say:
                await interaction.response.defer()
                await self._reopen(interaction, say, press.flag)
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

    async def _ask(self, interaction: discord.Interaction, say: Speak, press: Press) -> None:
        if problem := self._access.refused(interaction, Deed.DECIDE, say):
            await tell(interaction, problem)
            return
        end = asyncio.get_running_loop().time() + MOMENT
        asked = await briefly(self._reviewing.case(press.flag))
        known = asked.result() if asked.done() else None
        if asked.done() and not await self._is_askable(interaction, say, press, known):
            return
        modal = second.modal_for(press, say)
        if modal is None:
            means = await self._ability.means(known, end - asyncio.get_running_loop().time())
            modal = uphold.modal(press.flag, press.likely, means, say)
        await interaction.response.send_modal(modal)
        try:
            case = await asked
            if case is not None and case.is_open and self._access.shows(interaction, case):
                await self._reviewing.open(press.flag, str(interaction.user.id))
        except StoreError as failure:  # whoever decides has seen it: that is noted with the decision
            log.warning("not noted who looks at flag %d: %s", press.flag, failure)

    async def _is_askable(self, interaction: discord.Interaction, say: Speak, press: Press, case: Case | None) -> bool:
        """Whether a modal may follow; else the person is told why not, or shown what was decided."""
        if case is None or not self._access.shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return False
        if not case.is_open:
            await interaction.response.defer()
            await self._show(interaction, say, Ruling(case, False))
            return False
        who, leads = str(interaction.user.id), self._access.leads(interaction)
        if sentence := second.not_now(case, press.deed, who, leads, say):
            await tell(interaction, sentence)
            return False
        return True

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
        case = await self._looking.looked_up(interaction, say, flag, Deed.DECIDE)
        if case is None:
            return
        ruling: Ruling | None = Ruling(case, False)
        if case.is_open:
            if problems := await self._ability.hindered(case, measures):
                await tell(interaction, hindered(problems, case, say))
                return
            who, leads = str(interaction.user.id), self._access.leads(interaction)
            ruling = await self._reviewing.decide(flag, step, who, motives, note, measures, leads=leads)
        assert ruling is not None, "flags are never deleted"
        await self._show(interaction, say, ruling)
        if ruling.changed:
            await self._pause.met(interaction, case)
            await self._pause.after_deciding(interaction, say)

    async def _reopen(self, interaction: discord.Interaction, say: Speak, flag: int) -> None:
        """Open a decided flag again; what was carried out stands until it is decided anew."""
        case = await self._looking.looked_up(interaction, say, flag, Deed.DECIDE)
        if case is None:
            return
        who = str(interaction.user.id)
        if not can_reopen(case, who):
            await tell(interaction, say("refused-reopen", flag=str(flag)))
            return
        ruling = await self._reviewing.decide(flag, Step.REOPEN, who)
        assert ruling is not None, "flags are never deleted"
        await self._update(interaction, ruling.case)
        await tell(interaction, say("reopened" if ruling.changed else "refused-reopen", flag=str(flag)))

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
