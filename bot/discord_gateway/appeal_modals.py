"""What is asked of whoever appeals, and of whoever rejects an appeal? One text each.

As with every modal of ours, the answer is read from Discord's own data, because the modal may have been opened before a
restart; and it may be forged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.core.appeals import LONGEST_ANSWER, LONGEST_WORDS
from bot.locales import Speak

FIELD = "words"
LIMITS = {"appealed": LONGEST_WORDS, "rejected": LONGEST_ANSWER}


def appeal_modal(flag: int, say: Speak) -> discord.ui.Modal:
    """Why is the decision wrong?"""
    asked = discord.ui.Modal(
        title=say("appeal-modal", flag=str(flag)), custom_id=f"uppsikt:appealed:{flag}", timeout=None
    )
    return _with_field(asked, say("appeal-words"), say("appeal-words-note"), LONGEST_WORDS)


def reject_modal(appeal: int, flag: int | None, say: Speak) -> discord.ui.Modal:
    """Why does the decision stand?"""
    title = say("appeal-reject") if flag is None else say("appeal-reject-modal", flag=str(flag))
    asked = discord.ui.Modal(title=title, custom_id=f"uppsikt:rejected:{appeal}", timeout=None)
    return _with_field(asked, say("appeal-reason"), say("appeal-reason-note"), LONGEST_ANSWER)


def answered(data: Mapping[str, Any], longest: int) -> str | None:
    """The text; None for what our modal cannot have given."""
    for row in data.get("components") or ():
        field = row.get("component") or {}
        if field.get("custom_id") == FIELD:
            text = field.get("value")
            return text.strip() if isinstance(text, str) and len(text) <= longest else None
    return None


def _with_field(modal: discord.ui.Modal, label: str, note: str, longest: int) -> discord.ui.Modal:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD, style=discord.TextStyle.paragraph, required=True, max_length=longest
    )
    modal.add_item(discord.ui.Label(text=label, description=note, component=field))
    modal.stop()  # discord.py need not remember it
    return modal
