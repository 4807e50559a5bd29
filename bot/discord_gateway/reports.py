"""What happens when a member reports something, or asks what became of it?

The form must be Discord's first answer, and it does not bring along what it is about. What the member's own app has
shown us of the message is therefore remembered until the form comes back, in memory alone: so a message can be reported
from where the bot cannot read, and one that its author takes away meanwhile. After a restart it is fetched.

Every answer is seen by the one who asks alone, and no line of the log says who it was.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

import discord

from bot.config import Settings
from bot.core.messages import Channel, Kind, Posted
from bot.core.reports import LONGEST_WORDS, Complaint, Receipt, Reporter
from bot.discord_gateway import report_form
from bot.discord_gateway.answers import answering, language, tell
from bot.discord_gateway.commands import Handler
from bot.discord_gateway.reach import Watches
from bot.discord_gateway.recent import Recent
from bot.discord_gateway.report_form import Subject
from bot.discord_gateway.report_places import fetched, linked, posted, refusable
from bot.discord_gateway.report_words import help_lines, my_reports, receipt
from bot.discord_gateway.translate import roles
from bot.locales import Speak
from bot.reporting import Reporting

MISTAKE = "report-mistake"
MOMENT = 1.0  # seconds that a message may take to be fetched before the form is shown without it
REMEMBERED = 5_000  # messages whose form is open


class Reports:
    """Answers whoever reports."""

    def __init__(self, settings: Settings, reporting: Reporting, watches: Watches) -> None:
        self._reporting = reporting
        self._watches = watches
        self._trusted = frozenset(settings.roles.trusted)
        self._support = settings.support
        self._open: Recent[tuple[int, int], Posted] = Recent(REMEMBERED)

    def before(self, otherwise: Handler) -> Handler:
        """Hears of our forms; what is not ours goes on to `otherwise`."""

        async def hear(interaction: discord.Interaction) -> None:
            about = report_form.subject(str(dict(interaction.data or {}).get("custom_id")))
            if interaction.type is discord.InteractionType.modal_submit and about is not None:
                await self._answered(interaction, about)
            else:
                await otherwise(interaction)

        return hear

    async def from_menu(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """*Report* in a message's menu: what is needed of the message comes along."""
        async with answering(interaction, MISTAKE) as say:
            if problem := self._elsewhere(interaction) or self._refusable(interaction, message):
                await tell(interaction, say(problem))
                return
            await self._ask(interaction, say, message)

    async def command(
        self, interaction: discord.Interaction, link: str | None, member: discord.abc.User | None
    ) -> None:
        """`/report`: of a message by its link, of a member, or of something else."""
        async with answering(interaction, MISTAKE) as say:
            if problem := self._elsewhere(interaction):
                await tell(interaction, say(problem))
            elif link is not None:
                await self._by_link(interaction, say, link)
            elif member is not None and (problem := self._unreportable(interaction, member)):
                await tell(interaction, say(problem))
            else:
                about = Subject(person=0 if member is None else member.id)
                await interaction.response.send_modal(report_form.form(about, say))

    async def mine(self, interaction: discord.Interaction) -> None:
        """`/myreports`, in direct messages too."""
        async with answering(interaction, MISTAKE) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            who = str(interaction.user.id)
            await tell(interaction, my_reports(await self._reporting.mine(who), say))
            await self._reporting.shown_mine(who)

    async def support(self, interaction: discord.Interaction) -> None:
        """`/support`: from the configuration alone, so that it works whatever else does not."""
        async with answering(interaction, MISTAKE) as say:
            await tell(interaction, "\n".join(help_lines(self._support, language(interaction), say)))

    async def _by_link(self, interaction: discord.Interaction, say: Speak, link: str) -> None:
        about = linked(link, interaction.guild_id)
        if isinstance(about, str):
            await tell(interaction, say(about))
            return
        assert isinstance(interaction.user, discord.Member), "the command is offered in servers alone"
        asked = asyncio.ensure_future(fetched(interaction.user, about))
        await asyncio.wait({asked}, timeout=MOMENT)
        if not asked.done():  # it is fetched again when the form comes back
            asked.cancel()
            await interaction.response.send_modal(report_form.form(about, say))
            return
        found = asked.result()
        if isinstance(found, str):
            await tell(interaction, say(found))
        elif problem := self._refusable(interaction, found):
            await tell(interaction, say(problem))
        else:
            await self._ask(interaction, say, found)

    async def _ask(self, interaction: discord.Interaction, say: Speak, message: discord.Message) -> None:
        post = posted(message)
        if not post.channel.guild:
            post = replace(post, channel=replace(post.channel, guild=str(interaction.guild_id)))
        self._open.put((interaction.user.id, message.id), post)
        about = Subject(message.channel.id, message.id)
        await interaction.response.send_modal(report_form.form(about, say))

    async def _answered(self, interaction: discord.Interaction, about: Subject) -> None:
        async with answering(interaction, MISTAKE) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._elsewhere(interaction):
                await tell(interaction, say(problem))
                return
            complaint = report_form.answered(dict(interaction.data or {}))
            if isinstance(complaint, str):
                await tell(interaction, say(complaint, most=str(LONGEST_WORDS)))
                return
            post = await self._subject(interaction, about)
            if isinstance(post, str):
                await tell(interaction, say(post))
            elif not about.message and not complaint.words:
                await tell(interaction, say("report-empty"))
            else:
                await self._save(interaction, say, complaint, post)

    async def _save(self, interaction: discord.Interaction, say: Speak, complaint: Complaint, post: Posted) -> None:
        result = await self._reporting.report(self._reporter(interaction), complaint, post)
        if not isinstance(result, Receipt):
            await tell(interaction, say(f"unheard-{result}", most=str(self._reporting.limits.per_reporter)))
            return
        speaks = language(interaction)
        await tell(interaction, receipt(result, help_lines(self._support, speaks, say), say))

    async def _subject(self, interaction: discord.Interaction, about: Subject) -> Posted | str:
        """What the report is about; or what keeps it from being reported."""
        assert isinstance(interaction.user, discord.Member)
        if not about.message:
            return self._described(interaction, about)
        remembered = self._open.get((interaction.user.id, about.message))
        if remembered is not None:
            return remembered
        found = await fetched(interaction.user, about)
        if isinstance(found, str):
            return found
        return self._refusable(interaction, found) or posted(found)

    def _described(self, interaction: discord.Interaction, about: Subject) -> Posted | str:
        assert interaction.guild is not None
        if about.person == interaction.user.id:
            return "report-own-person"
        if about.person and about.person == _own(interaction):
            return "report-me"
        here = interaction.channel
        name = getattr(here, "name", None) or ""
        where = Channel(str(interaction.channel_id), str(name), str(interaction.guild_id))
        kind = Kind.PERSON if about.person else Kind.ELSEWHERE
        author = str(about.person) if about.person else ""
        return Posted(str(interaction.id), where, author, self._reporting.now(), "", kind=kind, advances=False)

    def _elsewhere(self, interaction: discord.Interaction) -> str | None:
        is_here = self._watches(interaction.guild_id) and isinstance(interaction.user, discord.Member)
        return None if is_here else "status-elsewhere"

    def _refusable(self, interaction: discord.Interaction, message: discord.Message) -> str | None:
        return refusable(message, interaction.user.id, _own(interaction))

    def _unreportable(self, interaction: discord.Interaction, member: discord.abc.User) -> str | None:
        if member.id == _own(interaction):
            return "report-me"
        if member.id == interaction.user.id:
            return "report-own-person"
        return "report-bot" if member.bot else None

    def _reporter(self, interaction: discord.Interaction) -> Reporter:
        held = roles(interaction.user)
        return Reporter(str(interaction.user.id), language(interaction), bool(held & self._trusted))


def _own(interaction: discord.Interaction) -> int:
    """The bot's own id, which an old application's need not be."""
    return 0 if interaction.client.user is None else interaction.client.user.id
