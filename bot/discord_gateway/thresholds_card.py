"""How does an answer about thresholds look? A card of lines, pictures and buttons, and a modal that asks why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.core.tuning.changes import LONGEST_WHY, Change, Proposal, State
from bot.core.tuning.in_force import as_if, in_force, limits_at
from bot.discord_gateway.card import LONGEST, view_of
from bot.discord_gateway.lines import who
from bot.discord_gateway.moments import moment
from bot.discord_gateway.spoiler import harmless
from bot.discord_gateway.thresholds_ids import Tried, apply_id, propose_id, proposed_id, undo_id, undone_id, withdraw_id
from bot.discord_gateway.thresholds_pictures import gallery
from bot.discord_gateway.thresholds_words import beside, limits_words, rests, where_words
from bot.locales import Speak
from bot.tuning_desk import Footing

COLOUR = 0x2F5D8A
FIELD = "why"
SHOWN_WHY = 300  # characters of a reason

View = discord.ui.LayoutView
Row = discord.ui.ActionRow[View]


def card(lines: Sequence[str], row: Row | None = None, attached: Sequence[discord.File] = ()) -> View:
    """Lines, pictures, buttons; whole lines are left out at the end where there are too many."""
    container: discord.ui.Container[View] = discord.ui.Container(accent_colour=COLOUR)
    container.add_item(discord.ui.TextDisplay(fitting(lines)))
    if attached:
        container.add_item(gallery(attached))
    if row is not None:
        container.add_item(row)
    return view_of(container)


def fitting(lines: Sequence[str]) -> str:
    """As many whole lines as one message holds."""
    text = "\n".join(lines)
    while len(text) > LONGEST:
        text = text.rpartition("\n")[0]
    return text


def propose_row(offered: Mapping[str, Tried]) -> Row:
    """A button *Propose* for each of what was looked at, by what is written on it."""
    style = discord.ButtonStyle.primary
    return _row(
        *(discord.ui.Button(label=name[:80], style=style, custom_id=propose_id(it)) for name, it in offered.items())
    )


def settle_row(number: int, say: Speak) -> Row:
    """*Apply* and *Withdraw*."""
    return _row(
        discord.ui.Button(label=say("tune-apply"), style=discord.ButtonStyle.primary, custom_id=apply_id(number)),
        discord.ui.Button(
            label=say("tune-withdraw"), style=discord.ButtonStyle.secondary, custom_id=withdraw_id(number)
        ),
    )


def undo_row(number: int, base: int, say: Speak) -> Row:
    """*Take back*."""
    style = discord.ButtonStyle.danger
    return _row(discord.ui.Button(label=say("tune-undo"), style=style, custom_id=undo_id(number, base)))


def change_lines(change: Change, footing: Footing, say: Speak, language: str) -> list[str]:
    """A change: what, who, why, what became of it, and the figures that were looked at."""
    it = change.proposal
    lines = [say("tune-change-title", number=str(change.number)), what(change, footing, say, language)]
    lines.append(say("tune-by", who=who(it.by), when=moment(it.at), why=harmless(it.why, SHOWN_WHY)))
    if it.undoes:
        lines.append(say("tune-undoes", number=str(it.undoes)))
    if change.state is State.PROPOSED:
        lines.append(say("tune-waits"))
    elif change.at is not None:
        lines.append(say("tune-settled-" + change.state, who=who(change.by), when=moment(change.at)))
    if not it.figures:
        return [*lines, say("tune-no-figures")]
    lines += [f"- {line}" for line in beside(it.figures, say, language)]
    return [*lines, *(f"-# {line}" for line in rests(it.figures, say, language))]


def what(change: Change, footing: Footing, say: Speak, language: str) -> str:
    """The thresholds of a change beside those that were in force when it was made."""
    earlier = [each for each in footing.changes if each.number < change.number]
    return what_changes(change.proposal, earlier, footing, say, language)


def what_changes(it: Proposal, known: Sequence[Change], footing: Footing, say: Speak, language: str) -> str:
    """The thresholds of a proposal beside those in force, where some changes are known."""
    policies = in_force(footing.configured, known), as_if(footing.configured, known, it)
    before, after = (limits_at(policy, it.where, footing.channels) for policy in policies)
    where = where_words(it.where, footing.channels, say)
    return say("tune-what", where=where, what=limits_words(it.values, before, after, say, language))


def why_modal(title: str, custom_id: str, say: Speak) -> discord.ui.Modal:
    """Why?"""
    modal = discord.ui.Modal(title=title[:45], custom_id=custom_id, timeout=None)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD, style=discord.TextStyle.paragraph, required=True, max_length=LONGEST_WHY
    )
    modal.add_item(discord.ui.Label(text=say("tune-why"), description=say("tune-why-note"), component=field))
    modal.stop()  # discord.py need not remember it
    return modal


def propose_modal(tried: str, say: Speak) -> discord.ui.Modal:
    """Why should this be?"""
    return why_modal(say("tune-propose-title"), proposed_id(tried), say)


def undo_modal(number: int, base: int, say: Speak) -> discord.ui.Modal:
    """Why should a change be taken back?"""
    return why_modal(say("tune-undo-title", number=str(number)), undone_id(number, base), say)


def reason(data: Mapping[str, Any]) -> str:
    """What was answered; nothing for what our modal cannot have given, which the rules then refuse."""
    for row in data.get("components") or ():
        field = row.get("component") or {}
        if field.get("custom_id") == FIELD and isinstance(field.get("value"), str):
            return str(field["value"]).strip()
    return ""


def _row(*buttons: discord.ui.Button[View]) -> Row:
    row: Row = discord.ui.ActionRow()
    for button in buttons:
        row.add_item(button)
    return row
