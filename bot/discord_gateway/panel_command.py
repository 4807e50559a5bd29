"""How does a moderator come to the panel? `/panel` answers that member alone with a link; `/panel end` ends it all.

The link works once, for five minutes, and carries what the member's roles say in the server where it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.core.panel import Visitor
from bot.core.roles import Deed, Roles
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import answering, language, tell
from bot.discord_gateway.commands import offered_to
from bot.locales import Speak, speak
from bot.signing_in import SigningIn

END = "end"
Link = Callable[[str], str | None]  # the address that a secret opens; None while no panel is served
Command = app_commands.Command[app_commands.Group, ..., None]


class PanelDoor:
    """Lets moderators in at the panel, and out."""

    def __init__(self, access: Access, signing_in: SigningIn, link: Link, *, is_near: bool) -> None:
        """`is_near` says that the link only works on the machine that the bot runs on."""
        self._access = access
        self._signing_in = signing_in
        self._link = link
        self._is_near = is_near

    async def asked(self, interaction: discord.Interaction, what: str | None) -> None:
        """Answer `/panel`."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if what == END:  # whoever has lost the role may still want to be sure of it
                ended = await self._signing_in.end(str(interaction.user.id))
                await tell(interaction, say("panel-ended", count=ended))
            else:
                await tell(interaction, await self._opened(interaction, say))

    async def _opened(self, interaction: discord.Interaction, say: Speak) -> str:
        if problem := self._access.refused(interaction, Deed.REVIEW, say):
            return problem
        member = interaction.user
        assert isinstance(member, discord.Member), "refused elsewhere"
        rank, guilds = self._access.standing(member)
        visitor = Visitor(str(member.id), member.display_name, rank, guilds, language(interaction))
        if (link := self._link("")) is None:
            return say("panel-closed")
        link = self._link(await self._signing_in.invite(visitor))
        return "\n".join([say("panel-link", link=f"<{link}>"), *([say("panel-near")] if self._is_near else [])])


def panel_command(door: PanelDoor, roles: Roles) -> Command:
    """The command `/panel`."""
    english = speak("en")

    @app_commands.command(
        name=locale_str(english("panel-name"), key="panel-name"),
        description=locale_str(english("panel-description"), key="panel-description"),
    )
    @app_commands.rename(what=locale_str(english("panel-what-name"), key="panel-what-name"))
    @app_commands.describe(what=locale_str(english("panel-what-description"), key="panel-what-description"))
    @app_commands.choices(
        what=[app_commands.Choice(name=locale_str(english("panel-end-name"), key="panel-end-name"), value=END)]
    )
    @app_commands.guild_only()
    async def command(interaction: discord.Interaction, what: str | None = None) -> None:
        await door.asked(interaction, what)

    command.default_permissions = offered_to(roles)
    return command
