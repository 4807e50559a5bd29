"""What happens when an author presses *Appeal* or asks for `/mycases`, and when a moderator judges an appeal?

As in review.py: the acknowledgement first, then the question whether this person may, then the work; every refusal is
one sentence and changes nothing. Authors press in direct messages too, where there is no server and nobody has a rank;
there it counts alone whose case it is.
"""

from __future__ import annotations

import discord

from bot.appealing import Appealing
from bot.config import Settings
from bot.core.appeals import Hindrance, Objection
from bot.core.roles import Deed
from bot.core.statements import Outcome, Statement
from bot.discord_gateway import appeal_modals
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, answering, language, tell
from bot.discord_gateway.appeal_buttons import MODAL, TEMPLATE
from bot.discord_gateway.appeal_card import NOWHERE, appeal_card
from bot.discord_gateway.briefly import briefly
from bot.discord_gateway.buttons import is_heard
from bot.discord_gateway.card import LONGEST
from bot.discord_gateway.commands import Handler
from bot.discord_gateway.member_history import history
from bot.discord_gateway.mycases import mycases
from bot.discord_gateway.pause import Pause
from bot.discord_gateway.statement_card import notice_card
from bot.locales import Speak

MISTAKE = "appeal-mistake"  # an author has no queue to look into


class Appeals:
    """Answers authors, and the moderators who judge their appeals."""

    def __init__(
        self, client: discord.Client, settings: Settings, appealing: Appealing, access: Access, pause: Pause
    ) -> None:
        self._client = client
        self._settings = settings.statements
        self._appealing = appealing
        self._access = access
        self._pause = pause
        self._mask = settings.masking()

    def before(self, otherwise: Handler) -> Handler:
        """Hears of modals and of what no button heard; what is not ours goes on to `otherwise`."""

        async def hear(interaction: discord.Interaction) -> None:
            match = MODAL.fullmatch(str(dict(interaction.data or {}).get("custom_id")))
            if interaction.type is discord.InteractionType.modal_submit and match is not None:
                await self._answered(interaction, match["deed"], int(match["number"]))
            elif interaction.type is not discord.InteractionType.component or not is_heard(interaction, TEMPLATE):
                await otherwise(interaction)

        return hear

    async def pressed(self, interaction: discord.Interaction, deed: str, number: int) -> None:
        """One of our buttons."""
        async with answering(interaction, MISTAKE if deed == "appeal" else "refused-mistake") as say:
            if deed == "appeal":
                await self._ask_author(interaction, say, number)
            elif problem := self._access.refused(interaction, Deed.APPEAL, say):
                await tell(interaction, problem)
            elif deed == "grant":
                await interaction.response.defer(ephemeral=True, thinking=True)
                await self._judge(interaction, say, number, Outcome.GRANTED)
            else:
                await self._ask_judge(interaction, say, number)

    # For authors.

    async def mine(self, interaction: discord.Interaction) -> None:
        """One's own cases; and, in full, what could not be sent."""
        async with answering(interaction, MISTAKE) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            speaks, appealing = language(interaction), self._appealing
            statements, waiting = await appealing.mine(str(interaction.user.id))
            view = mycases(statements, appealing.is_appealable, appealing.days, speaks, say)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
            for notice in waiting:
                card = notice_card(notice, [speaks], self._settings)
                await interaction.followup.send(view=card, ephemeral=True, allowed_mentions=NOBODY)
                await appealing.received([notice])

    async def _ask_author(self, interaction: discord.Interaction, say: Speak, flag: int) -> None:
        asked = await briefly(self._appealing.hindrance(flag, str(interaction.user.id)))
        if asked.done() and (problem := asked.result()) is not None:
            await tell(interaction, say(f"unappealable-{problem}", flag=str(flag)))
            return
        await interaction.response.send_modal(appeal_modals.appeal_modal(flag, say))

    async def _answered(self, interaction: discord.Interaction, deed: str, number: int) -> None:
        async with answering(interaction, MISTAKE if deed == "appealed" else "refused-mistake") as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            words = appeal_modals.answered(dict(interaction.data or {}), appeal_modals.LIMITS[deed])
            if words is None:
                await tell(interaction, say("appeal-malformed"))
            elif not words:
                await tell(interaction, say("appeal-empty"))
            elif deed == "appealed":
                made = await self._appealing.appeal(number, str(interaction.user.id), words, language(interaction))
                key = f"unappealable-{made}" if isinstance(made, Hindrance) else "appeal-made"
                await tell(interaction, say(key, flag=str(number)))
            elif problem := self._access.refused(interaction, Deed.APPEAL, say):
                await tell(interaction, problem)
            else:
                await self._judge(interaction, say, number, Outcome.REJECTED, words)

    # For moderators.

    async def waiting(self, interaction: discord.Interaction, say: Speak) -> None:
        """No flag waits: the appeals that do, and the first that this person may decide. Deferred already."""
        who = str(interaction.user.id)
        count, oldest, first = await self._appealing.open(self._access.guilds(interaction), who)
        if not count:
            await tell(interaction, say("flags-none"))
            return
        links = ", ".join(self._link(each, say) for each in oldest)
        lines = f"{say('appeals-waiting', count=count)}\n{links}"
        if first is None:
            await tell(interaction, lines)
            return
        view = appeal_card(self._mask.appealed(first), [language(interaction)], lines)
        await self._pause.met(interaction, first.case)
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
        await self._pause.after_queue(interaction, say)

    async def history(self, interaction: discord.Interaction, member: discord.abc.User) -> None:
        """A member's cases that were ever upheld, to the one who asks alone."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._access.refused(interaction, Deed.HISTORY, say):
                await tell(interaction, problem)
                return
            entries = await self._appealing.history(str(member.id), self._access.guilds(interaction))
            text = history(entries, f"<@{member.id}>", say)
            while len(text) > LONGEST:  # whole lines: a mention cut in two would be nonsense
                text = text.rpartition("\n")[0]
            view = discord.ui.LayoutView(timeout=None).add_item(discord.ui.TextDisplay(text))
            view.stop()
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def _ask_judge(self, interaction: discord.Interaction, say: Speak, appeal: int) -> None:
        asked = await briefly(self._judgeable(interaction, say, appeal))
        found = asked.result() if asked.done() else None
        if isinstance(found, str):
            await tell(interaction, found)
            return
        flag = None if found is None else found.case.id
        await interaction.response.send_modal(appeal_modals.reject_modal(appeal, flag, say))

    async def _judge(
        self, interaction: discord.Interaction, say: Speak, appeal: int, outcome: Outcome, answer: str = ""
    ) -> None:
        found = await self._judgeable(interaction, say, appeal)
        if isinstance(found, str):
            await tell(interaction, found)
            return
        message = interaction.message
        card = None if message is None or message.flags.ephemeral else (str(message.channel.id), str(message.id))
        judged = await self._appealing.judge(appeal, str(interaction.user.id), outcome, answer, card)
        if isinstance(judged, Objection):
            await tell(interaction, say(f"objection-{judged}"))
            return
        await tell(interaction, say(f"judged-{outcome}", flag=str(judged.case.id)))
        await self._pause.met(interaction, judged.case)
        await self._pause.after_deciding(interaction, say)

    async def _judgeable(self, interaction: discord.Interaction, say: Speak, appeal: int) -> Statement | str:
        """What an appeal is about; or why this person may not decide it, from here."""
        about = await self._appealing.appealed(appeal)
        if about is None or not self._access.shows(interaction, about.case):  # of another's, not even that it is over
            return say(f"objection-{Objection.UNKNOWN}")
        found = await self._appealing.may_judge(appeal, str(interaction.user.id))
        return say(f"objection-{found}") if isinstance(found, Objection) else found

    def _link(self, statement: Statement, say: Speak) -> str:
        name = say("appeals-link", flag=str(statement.case.id))
        card = statement.appeal.card if statement.appeal is not None else None
        place = None if card is None or card == NOWHERE else self._client.get_channel(int(card[0]))
        if card is None or not isinstance(place, discord.abc.GuildChannel | discord.Thread):
            return name
        return f"[{name}](https://discord.com/channels/{place.guild.id}/{card[0]}/{card[1]})"
