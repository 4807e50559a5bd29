"""What is said of many flags at once, and to whoever is on call? How many where, since when; and one button.

Nothing that was flagged stands there: it is opened one at a time, by somebody who has chosen to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import discord

from bot.core.telling_times import Untold
from bot.discord_gateway.buttons import NEXT
from bot.discord_gateway.card import view_of
from bot.discord_gateway.lines import both, place
from bot.locales import speak

LISTED = 20  # channels named in a digest
COLOUR = 0x8A6D3B
ALARM = 0x9C2F2F


def digest(flags: Sequence[Untold], languages: Sequence[str]) -> discord.ui.LayoutView:
    """One message of many flags, which are all threats or none."""
    threats = flags[0].threat
    channels = Counter(each.channel for each in flags).most_common()
    heading = "announce-threats" if threats else "announce-digest"
    lines = [both(languages, heading, flags=len(flags))]
    lines += [f"- {place(channel)}: {count}" for channel, count in channels[:LISTED]]
    lines += ["- …"] if len(channels) > LISTED else []
    times = [each.flagged_at for each in flags if each.flagged_at is not None]
    if times:
        lines.append(both(languages, "announce-oldest", when=f"<t:{int(min(times).timestamp())}:R>"))
    label = " / ".join(speak(language)("show-next") for language in languages)
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    row.add_item(discord.ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=NEXT))
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        accent_colour=ALARM if threats else COLOUR
    )
    return view_of(container.add_item(discord.ui.TextDisplay("\n".join(lines))).add_item(row))


def summoning(view: discord.ui.LayoutView, role: str, languages: Sequence[str]) -> discord.ui.LayoutView:
    """The same message with a line before it that mentions whoever is on call."""
    called = discord.ui.LayoutView(timeout=None)
    called.add_item(discord.ui.TextDisplay(both(languages, "announce-on-call", who=f"<@&{role}>")))
    for item in view.children:
        called.add_item(item)
    called.stop()
    return called
