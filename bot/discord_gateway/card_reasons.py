"""Why does a card say that a human should look? What it is about and how surely, in words and bars, the words that
weighed, the limits it passed, and which of the same member's messages were upheld lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bot.core.about import about, may_be_about
from bot.core.cases import Case
from bot.core.flags import Flag, Reason, sureness
from bot.core.messages import Kind
from bot.discord_gateway.heard_card import heard_lines
from bot.discord_gateway.lines import in_each, once
from bot.discord_gateway.member_history import earlier
from bot.discord_gateway.spoiler import harmless, spoiler
from bot.locales import Speak, speak

BAR = 5


def why(case: Case, languages: Sequence[str], most_words: int, most_reasons: int, note: int) -> list[str]:
    """The lines: at most so many words that weighed, reasons of each kind, and characters of what a member says."""
    lines = _may_be_about(case, languages) if case.is_veiled else list(_about(case, languages))
    reasons = () if case.is_veiled else case.flag.reasons
    limits = [reason for reason in reasons if reason.rule == "threshold"]
    others = [reason for reason in reasons if reason.rule in ("watchlist", "language")]
    lines += [in_each(languages, partial(_rule, reason)) for reason in others[:most_reasons]]
    if words := _words(case, most_words):
        lines.append(once(languages, "card-words", words))
    if limits:
        lines.append(in_each(languages, partial(_limits, limits[:most_reasons])))
    if case.audited and not case.is_open:
        lines.append(in_each(languages, partial(_below, case.flag)))
    if case.flag.message.kind not in (Kind.PERSON, Kind.ELSEWHERE):
        lines += heard_lines(case, languages, note)
    if case.earlier:
        lines.append(in_each(languages, partial(earlier, case.earlier)))
    return lines


def _may_be_about(case: Case, languages: Sequence[str]) -> list[str]:
    """What it may be about, and not how surely."""
    found = may_be_about(case)
    return [
        in_each(languages, lambda say: say("card-may-be", labels=", ".join(say(f"label-{each}") for each in found)))
    ]


def _about(case: Case, languages: Sequence[str]) -> Iterator[str]:
    """A line with a bar for each label; in the other languages one small line for all of them, in the same order."""
    labels, (first, *others) = about(case), languages
    for label, value in labels:
        yield f"{_bar(value)} {_label(label, value, speak(first))}"
    for language in others if labels else ():
        yield "-# " + " · ".join(_label(label, value, speak(language)) for label, value in labels)
    if any(label in case.scales for label, _ in labels):
        yield "-# " + " / ".join(speak(language)("card-recalibrated") for language in languages)


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


def _below(flag: Flag, say: Speak) -> str:
    """How far a sample stayed below the thresholds that were in force."""
    values = dict(flag.verdict.items())
    passed = [Reason("threshold", label, values[label], limit) for label, limit in flag.thresholds.items()]
    return say("card-below", limits=", ".join(_limit(reason, say) for reason in passed))


def _words(case: Case, most: int) -> str:
    """The words that spoke for the flag, the weightiest first, each behind its own spoiler."""
    text = case.flag.message.text
    spans = sorted(case.flag.verdict.spans, key=lambda span: -span.weight)
    words = dict.fromkeys(word for span in spans if (word := text[span.start : span.end].strip()))
    return ", ".join(spoiler(word, 40) for word in list(words)[:most])
