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

import discord

from bot.core.cases import Case
from bot.core.flags import Decision, Reason, State, sureness
from bot.core.leases import Lease
from bot.core.messages import Kind
from bot.core.opinions import Waits, may_ask
from bot.discord_gateway.buttons import LIKELY, again_id, context_id, dismiss_id, escalate_id, second_id, uphold_id
from bot.discord_gateway.heard_card import heard_lines
from bot.discord_gateway.lines import both as both  # also asked of this file
from bot.discord_gateway.lines import in_each as in_each
from bot.discord_gateway.lines import once as once
from bot.discord_gateway.lines import time as _time
from bot.discord_gateway.lines import who as _named
from bot.discord_gateway.measure_lines import latest, measure_line
from bot.discord_gateway.member_history import earlier
from bot.discord_gateway.opinions_card import said
from bot.discord_gateway.spoiler import LONGEST as LONGEST_QUOTE
from bot.discord_gateway.spoiler import harmless, spoiler
from bot.locales import Speak, speak
from classifier.verdict import MOTIVES, TARGETS

LONGEST = 4_000  # characters of text in one message: Discord's limit
BEFORE = 250  # of them for a line that calls whoever is on call or leads, see digest.py and leads.py
LABELS = 6  # shown at most
BAR = 5
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
        container.add_item(_buttons(case, languages))
    return view_of(container)


def view_of(container: discord.ui.Container[discord.ui.LayoutView]) -> discord.ui.LayoutView:
    """A message of one container."""
    view = discord.ui.LayoutView(timeout=None).add_item(container)
    view.stop()  # discord.py need not remember it: a button's whole state is in its custom_id
    return view


def outcome(case: Case, say: Speak) -> str:
    """In one sentence: what a flag is now."""
    if case.decision is not None:
        return say(f"outcome-{case.state}", flag=str(case.id), who=_who(case.decision), when=_time(case.decision.at))
    return say("outcome-forgotten", flag=str(case.id))


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
        parts = [
            "\n".join(part)
            for part in (
                _what(case, languages, room),
                _why(case, languages, room),
                _became(case, languages, room, lease),
            )
            if part
        ]
        if sum(map(len, parts)) <= LONGEST - BEFORE:
            break
    return parts


def _what(case: Case, languages: Sequence[str], room: Room) -> list[str]:
    post = case.flag.message
    slots: dict[str, Any] = {
        "flag": str(case.id),
        "where": f"<#{post.channel.id}>",
        "who": f"<@{post.author}>",
        "when": _time(post.at),
        "link": _link(case),
    }
    heading = both(languages, f"card-{post.kind}", **slots)
    if post.kind in (Kind.PERSON, Kind.ELSEWHERE):  # what was said of it is all that there is
        return [heading, *heard_lines(case, languages, room.quote // len(case.heard.voices or "1"))]
    return [heading, both(languages, "forgotten") if case.forgotten else spoiler(post.text, room.quote)]


def _why(case: Case, languages: Sequence[str], room: Room) -> list[str]:
    lines = [f"{_bar(value)} {in_each(languages, partial(_label, label, value))}" for label, value in _labels(case)]
    limits = [reason for reason in case.flag.reasons if reason.rule == "threshold"]
    others = [reason for reason in case.flag.reasons if reason.rule not in ("threshold", "report")]
    lines += [in_each(languages, partial(_rule, reason)) for reason in others[: room.reasons]]
    if words := _words(case, room.words):
        lines.append(once(languages, "card-words", words))
    if limits:
        lines.append(in_each(languages, partial(_limits, limits[: room.reasons])))
    if case.flag.message.kind not in (Kind.PERSON, Kind.ELSEWHERE):
        lines += heard_lines(case, languages, room.notes)
    if case.earlier:
        lines.append(in_each(languages, partial(earlier, case.earlier)))
    return lines


def _became(case: Case, languages: Sequence[str], room: Room, lease: Lease | None) -> list[str]:
    lines = [both(languages, "card-masked")] if case.masked else []
    if case.edited_at is not None:
        lines.append(both(languages, "card-edited", when=_time(case.edited_at)))
    if case.withdrawn_at is not None:
        key = "card-withdrawn-forgotten" if case.forgotten else "card-withdrawn"
        lines.append(both(languages, key, when=_time(case.withdrawn_at)))
    if case.decision is not None:
        lines += _decided(case, case.decision, languages, room.notes)
        if case.untold:
            lines.append(both(languages, "card-untold"))
    lines += said(case, languages, room.notes)
    if case.is_open and lease is not None:
        lines.append(both(languages, "card-lease", who=f"<@{lease.holder}>", when=_time(lease.until, "t")))
    lines += [in_each(languages, partial(measure_line, case, each)) for each in latest(case.undertakings)]
    return lines


def _decided(case: Case, decision: Decision, languages: Sequence[str], longest: int) -> Iterator[str]:
    yield in_each(languages, lambda say: f"**{outcome(case, say)}**")
    if decision.motives:
        yield in_each(languages, lambda say: ", ".join(say(f"label-{motive}") for motive in decision.motives))
    if decision.note:
        yield once(languages, "card-note", spoiler(decision.note, longest))


def _labels(case: Case) -> list[tuple[str, float]]:
    """Labels that are a reason, and what it is about; the surest first."""
    verdict = case.flag.verdict
    found = {r.label: r.value for r in case.flag.reasons if r.rule == "threshold" and r.value is not None}
    about = {label: value for label, value in verdict.items() if label in (*MOTIVES, *TARGETS) and value >= LIKELY}
    return sorted((about | found).items(), key=lambda each: -each[1])[:LABELS]


def _bar(value: float) -> str:
    full = max(1, min(BAR, round(value * BAR)))
    return "▰" * full + "▱" * (BAR - full)


def _label(label: str, value: float, say: Speak) -> str:
    return f"{say(f'label-{label}')} ({say(f'sure-{sureness(value)}')})"


def _rule(reason: Reason, say: Speak) -> str:
    if reason.rule == "watchlist":
        return say("reason-watchlist", entry=harmless(reason.label, 40))
    return say("reason-language", language=harmless(reason.label, 20))


def _limits(reasons: Sequence[Reason], say: Speak) -> str:
    return say("card-limits", limits=", ".join(_limit(reason, say) for reason in reasons))


def _limit(reason: Reason, say: Speak) -> str:
    label = say(f"label-{reason.label}")
    return say("card-limit", label=label, value=round(reason.value or 0.0, 2), limit=round(reason.limit or 0.0, 2))


def _words(case: Case, most: int) -> str:
    """The words that spoke for the flag, the weightiest first, each behind its own spoiler."""
    text = case.flag.message.text
    spans = sorted(case.flag.verdict.spans, key=lambda span: -span.weight)
    words = dict.fromkeys(word for span in spans if (word := text[span.start : span.end].strip()))
    return ", ".join(spoiler(word, 40) for word in list(words)[:most])


def _buttons(case: Case, languages: Sequence[str]) -> discord.ui.ActionRow[discord.ui.LayoutView]:
    likely = [motive for motive, value in case.flag.verdict.motives.items() if value >= LIKELY]
    offered = {"uphold": uphold_id(case.id, likely), "dismiss": dismiss_id(case.id)}
    if may_ask(case.waits):
        offered["second"] = second_id(case.id)
    if case.waits is not Waits.LEADS:
        offered["escalate"] = escalate_id(case.id)
    if case.flag.message.kind is Kind.MESSAGE:  # around a title or a name nothing was written
        offered["context"] = context_id(case.id)
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    for deed, custom_id in offered.items():
        label = " / ".join(speak(language)(deed) for language in languages)
        style = discord.ButtonStyle.danger if deed == "uphold" else discord.ButtonStyle.secondary
        press = again_id(custom_id) if case.is_reread else custom_id
        row.add_item(discord.ui.Button(label=label, style=style, custom_id=press))
    return row


def _who(decision: Decision) -> str:
    return _named(decision.by)


def _link(case: Case) -> str:
    post = case.flag.message
    place = f"https://discord.com/channels/{post.channel.guild}/{post.channel.id}"
    return f"{place}/{post.id}" if post.kind is Kind.MESSAGE else place
