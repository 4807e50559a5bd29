"""Which pictures are wanted of a database, and of what? The evidence and the thresholds in force, read once for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import plots
from bot.changing import channel_of, past
from bot.config import Settings
from bot.core.errors import Refused
from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.evidence import Evidence, Scope
from bot.core.tuning.in_force import in_force
from bot.core.tuning.wishes import caught, curve_of
from bot.plots import Form, Lines, Picture
from bot.store import open_database
from bot.store.connection import translated
from bot.store.evidence import evidence, latest, places

KINDS = ("precision", "flags", "reliability", "workload")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see."""

    kinds: tuple[str, ...] = KINDS
    label: str = "flag"
    proposed: float | None = None
    capacity: float | None = None  # flags a day that moderators can handle
    channel: str = ""  # an id or a name, with its threads; empty: everywhere
    days: int = 30  # up to the last message that was read
    language: str = "sv"
    form: Form = Form.PNG


def pictures(db: Path, settings: Settings, wish: Wish) -> tuple[list[Picture], list[Refused]]:
    """What can be drawn, and why the rest cannot. Refused where nothing can; Unchanged for a channel not on record."""
    known, lines = _read(db, settings, wish)
    drawn: list[Picture] = []
    refused: list[Refused] = []
    for kind in wish.kinds:
        try:
            drawn.append(_drawing(known, lines, wish)[kind]())
        except Refused as problem:
            refused.append(problem)
    if refused and not drawn:
        raise refused[0]
    return drawn, refused


def _drawing(known: Evidence, lines: Lines, wish: Wish) -> dict[str, Callable[[], Picture]]:
    language, label, form = wish.language, wish.label, wish.form
    return {
        "precision": lambda: plots.of_precision(
            known, label, lines, language=language, form=form, recall=curve_of(caught(known, label, lines.in_force))
        ),
        "flags": lambda: plots.of_flags(known, label, lines, language=language, form=form, capacity=wish.capacity),
        "reliability": lambda: plots.of_reliability(known, label, language=language, form=form),
        "workload": lambda: plots.of_workload(known, language=language, form=form),
    }


def _read(db: Path, settings: Settings, wish: Wish) -> tuple[Evidence, Lines]:
    """The evidence, and the thresholds that it is to be seen beside."""
    record = past(db, settings)
    channel = channel_of(wish.channel, record.channels)
    policy = in_force(record.configured, record.changes)
    opened = open_database(db, create=False)
    try:
        with translated(db):
            there = {each.id: each for each in places(opened)}
            until = latest(opened) or datetime.now(UTC)
            chosen = _with_threads(channel, there)
            guilds = tuple(sorted({each.guild for each in there.values()}))
            known = evidence(opened, Scope(guilds, until - timedelta(days=wish.days), until, chosen), record.model)
    finally:
        opened.close()
    return known, _lines(policy, known, there, channel, wish)


def _with_threads(channel: str, there: dict[str, Channel]) -> tuple[str, ...]:
    return (channel, *(each.id for each in there.values() if each.parent == channel)) if channel else ()


def _lines(policy: Policy, known: Evidence, there: dict[str, Channel], channel: str, wish: Wish) -> Lines:
    here = policy.limits(there[channel]) if channel in there else policy.thresholds
    return Lines(here.get(wish.label), wish.proposed, tuple(policy.limits(there[each]) for each in known.channels))
