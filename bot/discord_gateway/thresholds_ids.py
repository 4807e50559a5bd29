"""What does a press on a card of thresholds say? All stands in its `custom_id`, so that it works after any restart.

    uppsikt:tune:propose:WHERE:VALUES:BASE:DAYS   ask why, then put it on record; its modal: uppsikt:tune:proposed:…
    uppsikt:tune:apply:NUMBER                     bring a proposal into force
    uppsikt:tune:withdraw:NUMBER                  put it aside
    uppsikt:tune:undo:NUMBER:BASE                 ask why, then take a change back; its modal: uppsikt:tune:undone:…

WHERE is `e` for everywhere, `c` and a channel's id, or `g` and a hash of a group's name, which may be too long itself.
VALUES are three hexadecimal digits for each label: its place in LABELS, and its threshold in hundredths. BASE is the
last change that was in force when the figures were made.

A custom_id can be forged: whatever it says is checked by the rules, as if it had been typed.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import discord

from bot.core.tuning.changes import EVERYWHERE, Where
from bot.discord_gateway.heard import heard
from classifier.verdict import LABELS

_WHERE, _VALUES, _BASE = r"(?P<where>e|c[0-9]{1,19}|g[0-9a-f]{12})", r"(?P<values>(?:[0-9a-f]{3}){1,14})", r"[0-9]{1,9}"
_TRIED = rf"{_WHERE}:{_VALUES}:(?P<base>{_BASE}):(?P<days>[0-9]{{1,3}})"
_NUMBER = r"(?P<number>[0-9]{1,9})"
TEMPLATE = re.compile(
    rf"uppsikt:tune:(?:(?P<propose>propose):{_TRIED}"
    rf"|(?P<settle>apply|withdraw):{_NUMBER}|(?P<undo>undo):(?P<taken>[0-9]{{1,9}}):(?P<since>{_BASE}))"
)
MODAL = re.compile(
    rf"uppsikt:tune:(?:(?P<propose>proposed):{_TRIED}|(?P<undo>undone):(?P<taken>[0-9]{{1,9}}):(?P<since>{_BASE}))"
)


@dataclass(frozen=True, slots=True)
class Tried:
    """Thresholds that somebody has looked at and may propose."""

    where: Where
    values: Mapping[str, float]
    base: int
    days: int


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed or a modal that was sent in: `propose`, `apply`, `withdraw` or `undo`."""

    deed: str
    number: int = 0
    base: int = 0
    tried: str = ""  # as it stands in the id; see `tried`


def propose_id(it: Tried) -> str:
    return f"uppsikt:tune:propose:{_written(it)}"


def proposed_id(tried: str) -> str:
    return f"uppsikt:tune:proposed:{tried}"


def apply_id(number: int) -> str:
    return f"uppsikt:tune:apply:{number}"


def withdraw_id(number: int) -> str:
    return f"uppsikt:tune:withdraw:{number}"


def undo_id(number: int, base: int) -> str:
    return f"uppsikt:tune:undo:{number}:{base}"


def undone_id(number: int, base: int) -> str:
    return f"uppsikt:tune:undone:{number}:{base}"


def pressed(match: re.Match[str]) -> Press:
    """What a well-formed custom_id, of a button or a modal, says."""
    found = match.groupdict()
    if found["propose"]:
        return Press("propose", tried=match.string.split(":", 3)[3])
    if found["undo"]:
        return Press("undo", int(found["taken"]), int(found["since"]))
    return Press(found["settle"], int(found["number"]))


def tried(written: str, groups: Collection[str]) -> Tried | None:
    """What was looked at; None for what none of our buttons can have said. A group that is gone is nobody's."""
    match = re.fullmatch(_TRIED, written)
    where = None if match is None else _where(match["where"], groups)
    if match is None or where is None:
        return None
    parts = [match["values"][start : start + 3] for start in range(0, len(match["values"]), 3)]
    places = [(int(part[0], 16), int(part[1:], 16)) for part in parts]
    if any(label >= len(LABELS) or hundredths > 100 for label, hundredths in places):
        return None
    return Tried(where, {LABELS[label]: value / 100 for label, value in places}, int(match["base"]), int(match["days"]))


Answer = Callable[[discord.Interaction, Press], Awaitable[None]]


def tuning_listening(answer: Answer) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The class of these buttons, to be given to discord.py; `answer` is called with each press."""
    return heard(TEMPLATE, lambda interaction, match: answer(interaction, pressed(match)))


def _written(it: Tried) -> str:
    values = "".join(f"{LABELS.index(label):x}{round(value * 100):02x}" for label, value in it.values.items())
    where = f"c{it.where.channel}" if it.where.channel else f"g{_hashed(it.where.group)}" if it.where.group else "e"
    return f"{where}:{values}:{it.base}:{it.days}"


def _where(written: str, groups: Collection[str]) -> Where | None:
    if written == "e":
        return EVERYWHERE
    if written.startswith("c"):
        return Where(channel=written[1:])
    return next((Where(group=each) for each in groups if _hashed(each) == written[1:]), None)


def _hashed(group: str) -> str:
    return sha256(group.encode("utf-8", "surrogatepass")).hexdigest()[:12]
