"""What is asked of whoever reports? What it is about, against whom, whom it hurts, and in the person's own words.

    uppsikt:report:message:CHANNEL:MESSAGE   about a message
    uppsikt:report:person:MEMBER             about a member
    uppsikt:report:elsewhere                 about something else in the server

What it is about stands in the modal's id, so that it can be sent in after a restart; and it may be forged, so that
everything is checked again then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.reports import LONGEST_WORDS, Category, Complaint, Hurt
from bot.locales import Speak
from classifier.verdict import MOTIVES

FORM = re.compile(
    r"uppsikt:report:(?:message:(?P<channel>[0-9]{1,19}):(?P<message>[0-9]{1,19})|person:(?P<person>[0-9]{1,19})|elsewhere)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about; ids are 0 where they do not apply."""

    channel: int = 0
    message: int = 0
    person: int = 0

    @property
    def custom_id(self) -> str:
        if self.message:
            return f"uppsikt:report:message:{self.channel}:{self.message}"
        return f"uppsikt:report:person:{self.person}" if self.person else "uppsikt:report:elsewhere"


def subject(custom_id: str) -> Subject | None:
    """What a form was about; None where it is none of ours."""
    match = FORM.fullmatch(custom_id)
    return None if match is None else Subject(*(int(match[each] or 0) for each in ("channel", "message", "person")))


def form(about: Subject, say: Speak) -> discord.ui.Modal:
    """The form."""
    modal = discord.ui.Modal(title=say("report-title"), custom_id=about.custom_id, timeout=None)
    modal.stop()  # discord.py need not remember it
    modal.add_item(_label(say("report-category"), say("report-category-note"), _categories(say)))
    against: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="against",
        options=[discord.SelectOption(label=say(f"label-{motive}"), value=motive) for motive in MOTIVES],
        min_values=0,
        max_values=len(MOTIVES),
        required=False,
    )
    modal.add_item(_label(say("report-against"), say("report-against-note"), against))
    modal.add_item(_label(say("report-hurt"), say("report-hurt-note"), _hurt(say)))
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="words",
        style=discord.TextStyle.paragraph,
        required=not about.message,  # a message speaks for itself
        max_length=LONGEST_WORDS,
    )
    if about.message:
        return modal.add_item(_label(say("report-words"), say("report-words-note"), words))
    return modal.add_item(_label(say("report-happened"), say("report-happened-note"), words))


def answered(data: Mapping[str, Any]) -> Complaint | str:
    """What was said; or the key of the sentence that says what is wrong with it."""
    fields = [row.get("component") or {} for row in data.get("components") or ()]
    given = {str(field.get("custom_id")): field.get("values", field.get("value")) for field in fields}
    category, hurt = _one(given.get("category")), _one(given.get("hurt"))
    against, words = given.get("against") or [], given.get("words") or ""
    if category not in list(Category) or hurt not in list(Hurt) or not isinstance(words, str):
        return "report-malformed"
    if not isinstance(against, list) or not set(map(str, against)) <= set(MOTIVES):
        return "report-malformed"
    if len(words.strip()) > LONGEST_WORDS:
        return "report-long"
    chosen = tuple(motive for motive in MOTIVES if motive in against) if category == Category.HATE else ()
    return Complaint(Category(category), Hurt(hurt), words.strip(), chosen)


def _one(given: object) -> str:
    """The one value of a select that takes one."""
    return str(given[0]) if isinstance(given, list) and len(given) == 1 else ""


def _categories(say: Speak) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=say(f"category-{each}"), value=str(each)) for each in Category]
    return discord.ui.Select(custom_id="category", options=options, required=True)


def _hurt(say: Speak) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=say(f"hurt-{each}"), value=str(each)) for each in Hurt]
    return discord.ui.Select(custom_id="hurt", options=options, required=True)


def _label(text: str, note: str, component: discord.ui.Item[Any]) -> discord.ui.Label[Any]:
    return discord.ui.Label(text=text, description=note, component=component)
