"""Whom is asked about, by whom and why? Checked before anything is looked up, because what is said stays on record.

The record outlives the person's data (core/deeds.py): nothing in it may say who it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.core.errors import BadInput, Refused

THEMSELVES = "the person"  # who asks for one's own: the record does not say which member that was
LONGEST_ID = 100
LONGEST_SAID = 1_000
SHORTEST_NAME = 2  # a name of one letter stands in every sentence


def person(typed: str) -> str:
    """The id of whoever is asked about; BadInput for what nobody's id can be."""
    who = typed.strip()
    if not who:
        raise BadInput("AUTHOR_ID: name whom it is about, by the id that `uppsikt flags --json` has as author_id")
    if len(who) > LONGEST_ID or any(unicodedata.category(c).startswith(("C", "Z")) for c in who):
        raise BadInput(f"AUTHOR_ID: an id has at most {LONGEST_ID} characters, and no spaces or control characters")
    return who


def checked(option: str, said: str, who: str, names: Iterable[str]) -> str:
    """What somebody says for the record; Refused where it is empty, too long, or would tell who the person is."""
    text = " ".join(said.split())
    if not any(map(str.isalnum, text)):
        raise Refused(f"say {option}; it stays on record")
    if len(text) > LONGEST_SAID:
        raise Refused(f"{option}: at most {LONGEST_SAID} characters")
    if any(_stands(each, text) for each in {who, *names}):
        raise Refused(f"{option} stays on record and must not say who the person is: leave the id and the name out")
    return text


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own, however it is written."""
    wanted = _plain(name)
    if len(wanted) < SHORTEST_NAME and not wanted.isdigit():
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
