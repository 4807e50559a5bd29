"""What is asked of whoever wants a second opinion, escalates, or reads a case again? Modals, and their answers.

As in uphold.py, what comes back can be forged: it is either exactly what the modal can give, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.flags import FINDINGS
from bot.core.opinions import Lean
from bot.locales import Speak

LONGEST_NOTE = 1_000
TEMPLATE = re.compile(r"uppsikt:(?P<asked>seconded|escalated|reread):(?P<flag>[0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Answer:
    """A modal that was sent in."""

    asked: str  # `seconded`, `escalated` or `reread`
    flag: int
    motives: tuple[str, ...] = ()
    note: str = ""
    lean: Lean | None = None


def second_modal(flag: int, likely: Collection[str], say: Speak) -> discord.ui.Modal:
    """How do you lean, and why?"""
    modal = _modal("seconded", flag, say("second-title", flag=str(flag)))
    options = [discord.RadioGroupOption(label=say(f"lean-{lean}"), value=lean.value) for lean in Lean]
    leans: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(custom_id="lean", options=options)
    modal.add_item(
        discord.ui.Label(text=say("second-lean"), description=say("second-lean-description"), component=leans)
    )
    return _with_note(_with_motives(modal, likely, say), say("modal-note"))


def escalate_modal(flag: int, say: Speak) -> discord.ui.Modal:
    """Why?"""
    return _with_note(_modal("escalated", flag, say("escalate-title", flag=str(flag))), say("escalate-note"))


def reread_modal(flag: int, likely: Collection[str], say: Speak) -> discord.ui.Modal:
    """The motives as the second reader sees them."""
    modal = _modal("reread", flag, say("modal-title", flag=str(flag)))
    return _with_note(_with_motives(modal, likely, say), say("modal-note"))


def answer(data: Mapping[str, Any]) -> Answer | None:
    """What was answered; None for what none of these modals can have given."""
    match = TEMPLATE.fullmatch(str(data.get("custom_id")))
    if match is None:
        return None
    given = _fields(data)
    motives, note, lean = given.get("motives") or [], given.get("note") or "", given.get("lean")
    if not isinstance(motives, list) or not isinstance(note, str) or len(note) > LONGEST_NOTE:
        return None
    leans: list[Lean | None] = list(Lean) if match["asked"] == "seconded" else [None]
    if not set(map(str, motives)) <= set(FINDINGS) or lean not in leans:
        return None
    chosen = tuple(motive for motive in FINDINGS if motive in motives)
    return Answer(match["asked"], int(match["flag"]), chosen, note.strip(), None if lean is None else Lean(lean))


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    fields = [row.get("component") or {} for row in data.get("components") or ()]
    return {str(field.get("custom_id")): field.get("values", field.get("value")) for field in fields}


def _modal(asked: str, flag: int, title: str) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=title, custom_id=f"uppsikt:{asked}:{flag}", timeout=None)
    modal.stop()  # discord.py need not remember it
    return modal


def _with_motives(modal: discord.ui.Modal, likely: Collection[str], say: Speak) -> discord.ui.Modal:
    options = [
        discord.SelectOption(label=say(f"label-{motive}"), value=motive, default=motive in likely)
        for motive in FINDINGS
    ]
    motives: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="motives", options=options, min_values=0, max_values=len(options), required=False
    )
    label = discord.ui.Label(
        text=say("modal-motives"), description=say("modal-likely") if likely else None, component=motives
    )
    return modal.add_item(label)


def _with_note(modal: discord.ui.Modal, text: str) -> discord.ui.Modal:
    note: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_NOTE
    )
    return modal.add_item(discord.ui.Label(text=text, component=note))
