"""What does a card of a flag say? Where and when, the words behind a spoiler, what it is about and how surely, which
limits it passed, what became of it; and, while it is open, the buttons to decide it and to see its context.

In several languages the first is in full size and the others stand small beside it; what is nobody's language
(the quoted text, bars, names) stands there once. A flagged text is hostile until somebody has looked: see spoiler.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import discord

from bot.core.cases import Case
from bot.core.flags import Decision, State
from bot.core.leases import Lease
from bot.core.measures import Act
from bot.core.messages import Kind
from bot.core.undertakings import Standing
from bot.discord_gateway.card_buttons import buttons
from bot.discord_gateway.card_reasons import why
from bot.discord_gateway.heard_card import heard_lines
from bot.discord_gateway.lines import both, in_each, once, place, who
from bot.discord_gateway.measure_lines import latest, measure_line
from bot.discord_gateway.moments import moment
from bot.discord_gateway.opinions_card import said
from bot.discord_gateway.spoiler import LONGEST as LONGEST_QUOTE
from bot.discord_gateway.spoiler import spoiler
from bot.locales import Speak

LONGEST = 4_000  # characters of text in one message: Discord's limit
BEFORE = 250  # of them for a line that calls whoever is on call or leads, see digest.py and leads.py
COLOURS = {State.PENDING: 0x8A6D3B, State.UPHELD: 0x9C2F2F, State.DISMISSED: 0x4F6F52}


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what has no limit of its own a card shows."""

    quote: int  # characters of the text
    words: int  # that mattered
    reasons: int  # of each kind
    notes: int = 300  # characters of each note


ROOMS = (Room(LONGEST_QUOTE, 8, 14), Room(500, 8, 14), Room(150, 3, 5, 150), Room(60, 0, 2, 30))  # the first that fits


def card(case: Case, languages: Sequence[str], lease: Lease | None = None) -> discord.ui.LayoutView:
    """The card of a flag as it is now."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOURS[case.state])
    for part in _parts(case, languages, lease):
        container.add_item(discord.ui.TextDisplay(part))
    if case.is_open:
        container.add_item(buttons(case, languages))
    return view_of(container)


def view_of(container: discord.ui.Container[discord.ui.LayoutView]) -> discord.ui.LayoutView:
    """A message of one container."""
    view = discord.ui.LayoutView(timeout=None).add_item(container)
    view.stop()  # discord.py need not remember it: a button's whole state is in its custom_id
    return view


def outcome(case: Case, say: Speak) -> str:
    """In one sentence: what a flag is now."""
    if case.decision is not None:
        return say(f"outcome-{case.state}", flag=str(case.id), who=who(case.decision.by), when=moment(case.decision.at))
    return say(f"outcome-{case.without}", flag=str(case.id))


def excerpt(case: Case, languages: Sequence[str], taken: int) -> list[str]:
    """What was written and what became of it, beside `taken` characters of something else."""
    for room in ROOMS:
        became = _became(case, languages, room, None) if case.state is not State.PENDING else []
        parts = ["\n".join(part) for part in (_what(case, languages, room), became) if part]
        if sum(map(len, parts)) + taken <= LONGEST:
            break
    return parts


def _parts(case: Case, languages: Sequence[str], lease: Lease | None) -> list[str]:
    for room in ROOMS:
        what, reasons = _what(case, languages, room), why(case, languages, room.words, room.reasons, room.notes)
        became = _became(case, languages, room, lease)
        # While it is open the reasons come first; afterwards what was decided does: nobody scrolls for it on a phone.
        order = (what, reasons, became) if case.is_open else (what, became, reasons)
        parts = ["\n".join(part) for part in order if part]
        if sum(map(len, parts)) <= LONGEST - BEFORE:
            break
    return parts


def _what(case: Case, languages: Sequence[str], room: Room) -> list[str]:
    post = case.flag.message
    slots: dict[str, Any] = {
        "flag": str(case.id),
        "where": place(post.channel.id),
        "who": who(post.author),
        "when": moment(post.at),
        "link": _link(case),
    }
    if case.forgotten and case.audited and not post.author:  # with its text went whose it was, and where it stood
        return [both(languages, "card-sample-forgotten", flag=slots["flag"], where=slots["where"])]
    if case.is_erased:
        return [both(languages, "card-erased", flag=slots["flag"], where=slots["where"])]
    heading = both(languages, f"card-{post.kind}", **slots)
    if post.kind in (Kind.PERSON, Kind.ELSEWHERE):  # what was said of it is all that there is
        return [heading, *heard_lines(case, languages, room.quote // len(case.heard.voices or "1"))]
    return [heading, both(languages, case.without) if case.forgotten else spoiler(post.text, room.quote)]


def _became(case: Case, languages: Sequence[str], room: Room, lease: Lease | None) -> list[str]:
    lines = [both(languages, "card-masked")] if case.masked else []
    if case.held:
        lines.append(both(languages, "card-held"))
    if case.edited_at is not None:
        lines.append(both(languages, "card-edited", when=moment(case.edited_at)))
    if case.is_open and case.late_at is not None:
        lines.append(both(languages, "card-late"))
    if case.withdrawn_at is not None and not _is_deleted_by_us(case):
        key = "card-withdrawn-forgotten" if case.forgotten else "card-withdrawn"
        lines.append(both(languages, key, when=moment(case.withdrawn_at)))
    if case.decision is not None:
        lines += _decided(case, case.decision, languages, room.notes)
        if case.untold:
            lines.append(both(languages, "card-untold"))
    if case.audited and not case.is_open:
        lines.append(both(languages, "card-sample"))
    lines += said(case, languages, room.notes)
    if case.is_open and lease is not None:
        lines.append(both(languages, "card-lease", who=f"<@{lease.holder}>", when=moment(lease.until, "t")))
    lines += [in_each(languages, partial(measure_line, case, each)) for each in latest(case.undertakings)]
    if _is_deleted_by_us(case) and not case.forgotten:
        lines.append(both(languages, "card-text-stays"))
    return lines


def _is_deleted_by_us(case: Case) -> bool:
    """Then the measure's own line says when, and it need not be said twice."""
    return any(each.measure.act is Act.DELETE and each.state is Standing.DONE for each in case.undertakings)


def _decided(case: Case, decision: Decision, languages: Sequence[str], longest: int) -> Iterator[str]:
    yield in_each(languages, lambda say: f"**{outcome(case, say)}**")
    if decision.motives:
        yield in_each(languages, lambda say: ", ".join(say(f"label-{motive}") for motive in decision.motives))
    if decision.note:
        yield once(languages, "card-note", spoiler(decision.note, longest))


def _link(case: Case) -> str:
    post = case.flag.message
    there = f"https://discord.com/channels/{quote(post.channel.guild)}/{quote(post.channel.id)}"
    return f"{there}/{post.id}" if post.kind is Kind.MESSAGE else there
