"""What does the answer with a flag's context say? What the message answers, then what stood before and after it.

Everybody's words are behind spoilers and tamed as on a card, and everybody's share is the same: where the whole does
not fit into a message, all are shortened alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.core.cases import Case
from bot.core.context import Context
from bot.core.messages import Kind, Posted
from bot.discord_gateway.card import LONGEST, view_of
from bot.discord_gateway.spoiler import spoiler
from bot.locales import Speak

SHARES = (600, 400, 250, 150, 100, 70, 45, 25)  # characters of each message; the first that fits
READ = 4 * SHARES[0]  # of a text at most: most of what is not shown need not be tamed either
COLOUR = 0x4A5A6A


def context_card(flag: int, context: Context, where: str, say: Speak) -> discord.ui.LayoutView:
    """The answer, in one language, since one person sees it."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
    for part in _parts(flag, context, where, say):
        container.add_item(discord.ui.TextDisplay(part))
    return view_of(container)


def without_context(case: Case, say: Speak) -> str | None:
    """Why a flag has no context to show, if it has none."""
    if case.forgotten:
        return say(f"context-{case.without}", flag=str(case.id))
    if case.flag.message.kind is not Kind.MESSAGE:
        return say(f"context-{case.flag.message.kind}", flag=str(case.id))
    return None


def _parts(flag: int, context: Context, where: str, say: Speak) -> list[str]:
    heading = say("context-heading", flag=str(flag), where=f"<#{where}>")
    if not context.is_whole:
        heading += "\n" + say("context-message-gone")
    for share in SHARES:
        parts = [heading]
        if context.chain:
            parts.append("\n".join([say("context-chain"), *_lines(context.chain, context.flagged, share, say)]))
        if context.around:
            parts.append("\n".join([say("context-around"), *_lines(context.around, context.flagged, share, say)]))
        if sum(map(len, parts)) <= LONGEST:
            break
    return parts


def _lines(posts: Sequence[Posted], flagged: str, share: int, say: Speak) -> list[str]:
    return [_line(post, post.id == flagged, share, say) for post in posts]


def _line(post: Posted, is_flagged: bool, share: int, say: Speak) -> str:
    when = f"<t:{int(post.at.timestamp())}:f>"
    link = f"https://discord.com/channels/{post.channel.guild}/{post.channel.id}/{post.id}"
    mark = say("context-flagged") + " " if is_flagged else ""
    return f"{mark}<@{post.author}>, {when} · [{say('context-link')}]({link})\n{spoiler(post.text[:READ], share)}"
