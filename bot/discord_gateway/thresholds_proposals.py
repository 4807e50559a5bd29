"""How does an admin change thresholds? By a proposal that somebody applies, and by taking it back.

A proposal hangs in the leads' channel, where there is one, so that another admin can apply it; else the proposer alone
has it, and others find it by its number. Whoever presses is asked for anew each time, and so is what is in force.
"""

from __future__ import annotations

import logging

import discord

from bot.config import Settings
from bot.core.roles import Deed
from bot.core.tuning.changes import Change, State, last, standing
from bot.core.tuning.no_evidence import NoEvidence
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, language, tell
from bot.discord_gateway.buttons import is_heard
from bot.discord_gateway.commands import Handler
from bot.discord_gateway.lines import who
from bot.discord_gateway.moments import moment
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.discord_gateway.spoiler import harmless
from bot.discord_gateway.thresholds_card import (
    card,
    change_lines,
    propose_modal,
    reason,
    settle_row,
    undo_modal,
    undo_row,
    what,
    what_changes,
)
from bot.discord_gateway.thresholds_ids import MODAL, TEMPLATE, Press, pressed, tried
from bot.discord_gateway.thresholds_pictures import files, pictures
from bot.discord_gateway.thresholds_refusals import deciding
from bot.discord_gateway.thresholds_words import beside, rests
from bot.locales import Speak, speak
from bot.plots import Picture
from bot.tuning_desk import Back, Footing, TuningDesk

log = logging.getLogger(__name__)


class Proposals:
    """Puts changes of thresholds on record for admins."""

    def __init__(self, client: discord.Client, settings: Settings, desk: TuningDesk, access: Access) -> None:
        self._client = client
        self._leads = settings.discord.leads_channel
        self._language = settings.languages()[0]  # of what everybody reads
        self._desk = desk
        self._access = access

    def before(self, otherwise: Handler) -> Handler:
        """Hears of our modals; what is not ours, nor heard by our buttons, goes on to `otherwise`."""

        async def hear(interaction: discord.Interaction) -> None:
            match = MODAL.fullmatch(str(dict(interaction.data or {}).get("custom_id")))
            if interaction.type is discord.InteractionType.modal_submit and match is not None:
                await self._answered(interaction, pressed(match))
            elif interaction.type is not discord.InteractionType.component or not is_heard(interaction, TEMPLATE):
                await otherwise(interaction)

        return hear

    async def pressed(self, interaction: discord.Interaction, press: Press) -> None:
        """One of our buttons."""
        async with deciding(interaction) as say:
            if problem := self._access.refused(interaction, Deed.TUNE, say):
                await tell(interaction, problem)
            elif press.deed == "propose":
                await interaction.response.send_modal(propose_modal(press.tried, say))
            elif press.deed == "undo":
                await interaction.response.send_modal(undo_modal(press.number, press.base, say))
            else:
                await interaction.response.defer()
                await self._settle(interaction, press)

    async def history(self, interaction: discord.Interaction, wanted: int | None) -> None:
        """`history`: every change, the newest first; or one of them with its figures."""
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            guilds, speaks = self._access.guilds(interaction), language(interaction)
            if wanted is not None:
                await self._show(interaction, *await self._desk.proposal(wanted, guilds), say)
                return
            footing, found = await self._desk.past(guilds)
            lines = [say("tune-history-title")] if found else [say("tuned-never")]
            undone = {each.proposal.undoes for each in footing.changes if each.applied}
            for each in reversed(found):
                lines.append(_entry(each, footing, each.number in undone, say, speaks))
            await interaction.followup.send(view=card(lines), ephemeral=True, allowed_mentions=NOBODY)

    async def undo(self, interaction: discord.Interaction, wanted: int | None) -> None:
        """`undo`: what taking a change back would do, with the button that does."""
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            back = await self._desk.look_back(wanted, self._access.guilds(interaction))
            view = card(
                _back(back, say, language(interaction)),
                undo_row(back.taken.number, last(back.footing.changes), say),
            )
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def _answered(self, interaction: discord.Interaction, press: Press) -> None:
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            why = reason(dict(interaction.data or {}))
            by, guilds = str(interaction.user.id), self._access.guilds(interaction)
            if press.deed == "undo":
                change = await self._desk.undo(press.number, press.base, by, why, guilds)
                await tell(interaction, say("tune-undone", undoes=str(press.number), number=str(change.number)))
                return
            wanted = tried(press.tried, self._desk.groups)
            if wanted is None:
                await tell(interaction, say("tune-malformed"))
                return
            change = await self._desk.propose(
                wanted.where, wanted.values, by, why, guilds, wanted.base, max(1, wanted.days)
            )
            await self._hang(interaction, change, max(1, wanted.days), say)

    async def _hang(self, interaction: discord.Interaction, change: Change, days: int, say: Speak) -> None:
        """In the leads' channel; where there is none, or it refuses, before the proposer alone."""
        footing = await self._desk.footing()
        if self._leads:
            try:
                message = await self._send(change, footing, days, interaction)
            except REFUSALS as problem:
                log.warning("a proposal is not shown in channel %s: %s", self._leads, refusal(problem))
            else:
                await tell(interaction, say("tune-hangs", number=str(change.number), link=message.jump_url))
                return
        await self._show(interaction, footing, change, say, days)

    async def _send(
        self, change: Change, footing: Footing, days: int, interaction: discord.Interaction
    ) -> discord.Message:
        say = speak(self._language)
        drawn = files(await self._drawn(change, self._language, days, interaction))
        view = card(change_lines(change, footing, say, self._language), settle_row(change.number, say), drawn)
        place = self._client.get_partial_messageable(int(self._leads))
        return await place.send(view=view, files=drawn, nonce=f"tune-{change.number}", allowed_mentions=NOBODY)

    async def _show(
        self, interaction: discord.Interaction, footing: Footing, change: Change, say: Speak, days: int = 28
    ) -> None:
        """One change, for the one who asks alone; a proposal with its pictures and buttons."""
        speaks = language(interaction)
        row, drawn = None, []
        if change.state is State.PROPOSED:
            row = settle_row(change.number, say)
            drawn = files(await self._drawn(change, speaks, days, interaction))
        elif change in standing(footing.changes):
            row = undo_row(change.number, last(footing.changes), say)
        view = card(change_lines(change, footing, say, speaks), row, drawn)
        await interaction.followup.send(view=view, files=drawn, ephemeral=True, allowed_mentions=NOBODY)

    async def _drawn(self, change: Change, speaks: str, days: int, interaction: discord.Interaction) -> list[Picture]:
        it, guilds = change.proposal, self._access.guilds(interaction)
        try:
            weighed = await self._desk.weigh(it.where, it.values, guilds, days)
        except (NoEvidence, Unchanged):
            return []
        drawn, _missing = await pictures(weighed, next(iter(it.values)), speaks)
        return drawn

    async def _settle(self, interaction: discord.Interaction, press: Press) -> None:
        """Apply or withdraw; the card that was pressed shows what is so now, also where somebody was faster."""
        by, guilds = str(interaction.user.id), self._access.guilds(interaction)
        settle = self._desk.apply if press.deed == "apply" else self._desk.withdraw
        try:
            await settle(press.number, by, guilds)
        except Unchanged as problem:
            if problem.why in (Objection.APPLIED, Objection.WITHDRAWN):
                await self._renew(interaction, press.number, guilds)
            raise
        await self._renew(interaction, press.number, guilds)

    async def _renew(self, interaction: discord.Interaction, number: int, guilds: list[str]) -> None:
        footing, change = await self._desk.proposal(number, guilds)
        message = interaction.message
        speaks = language(interaction) if message is None or message.flags.ephemeral else self._language
        view = card(change_lines(change, footing, speak(speaks), speaks))
        await interaction.edit_original_response(view=view, attachments=[], allowed_mentions=NOBODY)

    async def _may(self, interaction: discord.Interaction, say: Speak) -> bool:
        await interaction.response.defer(ephemeral=True, thinking=True)
        problem = self._access.refused(interaction, Deed.TUNE, say)
        if problem:
            await tell(interaction, problem)
        return not problem


def _entry(change: Change, footing: Footing, is_undone: bool, say: Speak, language: str) -> str:
    it = change.proposal
    state = say("tune-entry-undone") if is_undone else say(f"change-{change.state}")
    return say(
        "tune-entry",
        number=str(change.number),
        state=state,
        what=what(change, footing, say, language),
        who=who(it.by),
        when=moment(it.at, "D"),
        why=harmless(it.why, 100),
    )


def _back(back: Back, say: Speak, language: str) -> list[str]:
    """What taking a change back does, beside what it did."""
    it, taken = back.proposal, back.taken
    lines = [
        say("tune-back-title", number=str(taken.number)),
        say(
            "tune-by", who=who(taken.proposal.by), when=moment(taken.proposal.at), why=harmless(taken.proposal.why, 300)
        ),
        say("tune-back"),
        what_changes(it, back.footing.changes, back.footing, say, language),
    ]
    if not it.figures:
        return [*lines, say("tune-no-figures")]
    lines += [f"- {line}" for line in beside(it.figures, say, language)]
    return [*lines, *(f"-# {line}" for line in rests(it.figures, say, language))]
