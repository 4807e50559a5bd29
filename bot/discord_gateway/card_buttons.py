"""What can be done with an open case? The buttons of its card, each offered only where it can do something."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.core.cases import Case
from bot.core.flags import FINDINGS
from bot.core.messages import Kind
from bot.core.opinions import Waits, may_ask
from bot.discord_gateway.buttons import (
    LIKELY,
    again_id,
    context_id,
    dismiss_id,
    escalate_id,
    reopen_id,
    second_id,
    uphold_id,
)
from bot.locales import speak


def reopening(case: Case, languages: Sequence[str]) -> discord.ui.ActionRow[discord.ui.LayoutView]:
    """The way back from a press that went wrong; not on the cards in the channels, where it would be pressed so too."""
    label = " / ".join(speak(language)("reopen") for language in languages)
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    style = discord.ButtonStyle.secondary
    return row.add_item(discord.ui.Button(label=label, style=style, custom_id=reopen_id(case.id)))


def buttons(case: Case, languages: Sequence[str]) -> discord.ui.ActionRow[discord.ui.LayoutView]:
    """The row of buttons; whatever somebody else must do now is not offered."""
    values = dict(case.flag.verdict.items())
    likely = [each for each in FINDINGS if values[each] >= LIKELY and not case.is_veiled]
    offered = {"uphold": uphold_id(case.id, likely), "dismiss": dismiss_id(case.id)}
    if may_ask(case.waits):
        offered["second"] = second_id(case.id)
    if case.waits is not Waits.LEADS:
        offered["escalate"] = escalate_id(case.id)
    if case.flag.message.kind is Kind.MESSAGE:  # around a title or a name nothing was written
        offered["context"] = context_id(case.id)
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    for deed, custom_id in offered.items():
        label = " / ".join(speak(language)(deed) for language in languages)
        style = discord.ButtonStyle.danger if deed == "uphold" else discord.ButtonStyle.secondary
        press = again_id(custom_id) if case.is_reread else custom_id
        row.add_item(discord.ui.Button(label=label, style=style, custom_id=press))
    return row
