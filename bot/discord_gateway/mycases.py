"""What does `/mycases` show? One's own decisions, the newest first, what became of each, and how to appeal it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.core.flags import State
from bot.core.statements import Outcome, Statement
from bot.discord_gateway.card import LONGEST, view_of
from bot.discord_gateway.measure_words import in_short
from bot.discord_gateway.moments import moment
from bot.discord_gateway.spoiler import spoiler
from bot.discord_gateway.statement_card import appeal_button, without
from bot.locales import Speak

COLOUR = 0x4A5F8A
QUOTES = (150, 60, 0)  # characters of each text; the first that leaves room for all


def mycases(
    statements: Sequence[Statement], appealable: Callable[[Statement], bool], days: int, language: str, say: Speak
) -> discord.ui.LayoutView:
    """The list, for its author alone."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
    lines = []
    for room in QUOTES:
        lines = [_lines(each, appealable(each), days, room, say) for each in statements]
        if sum(map(len, lines)) <= LONGEST - 200:
            break
    container.add_item(discord.ui.TextDisplay(say("mycases-heading") if statements else say("mycases-none")))
    for statement, text in zip(statements, lines, strict=True):
        if appealable(statement):
            button = appeal_button(statement, [language])
            container.add_item(discord.ui.Section(text, accessory=button))
        else:
            container.add_item(discord.ui.TextDisplay(text))
    return view_of(container)


def _lines(statement: Statement, appealable: bool, days: int, room: int, say: Speak) -> str:
    case, decision = statement.case, statement.decision
    what = in_short(decision.motives, statement.measures, say)
    lines = [say("mycases-case", flag=str(case.id), when=moment(decision.at), what=what)]
    if room:
        lines.append(say(without(case)) if case.forgotten else spoiler(case.flag.message.text, room))
    lines.append(_became(statement, say))
    if appealable:
        lines.append(say("mycases-until", until=moment(statement.appealable_until(days), "D")))
    return "\n".join(lines)


def _became(statement: Statement, say: Speak) -> str:
    appeal = statement.appeal
    if appeal is not None and appeal.outcome is Outcome.GRANTED and appeal.decided_at is not None:
        return say("mycases-granted", when=moment(appeal.decided_at))
    if statement.ended_at is not None:
        return say("mycases-overtaken")
    if appeal is not None and appeal.outcome is Outcome.REJECTED and appeal.decided_at is not None:
        return say("mycases-rejected", when=moment(appeal.decided_at))
    if appeal is not None and appeal.outcome is None:
        return say("mycases-appealed")
    return say("mycases-reopened") if statement.case.state is State.PENDING else say("mycases-stands")
