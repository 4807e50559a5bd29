"""How do flags look in a terminal? Tables, Swedish with English beside it; hostile text cannot act on the screen."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.core.about import likeliest
from bot.core.flags import AUDIT, Reason, State, sureness
from bot.core.pseudonyms import Pseudonyms
from bot.core.tuning.scale import told
from bot.locales import Speak, speak
from bot.store.queries import FlagRow
from classifier.verdict import MOTIVES, TARGETS

ZONE = ZoneInfo("Europe/Stockholm")
LONGEST = 300  # characters of a text shown in a table
_ACTING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # what JSON itself does not escape
NAMED = 0.5  # motives and targets at least this sure are named


def both(languages: Sequence[str], key: str, **slots: object) -> str:
    """The words in each language of the configuration, a line each."""
    return "\n".join(dict.fromkeys(speak(language)(key, **slots) for language in languages))


def heading(languages: Sequence[str], key: str) -> str:
    """Words in each language on one line, for the head of a column."""
    return "\n".join(dict.fromkeys(speak(language)(key) for language in languages))


def flag_table(rows: Sequence[FlagRow], languages: Sequence[str], *, show_text: bool) -> Table:
    """Flags with why and how surely; text masked unless asked for."""
    table = Table(title=heading(languages[:1], "flags-title"), title_justify="left", show_lines=False, pad_edge=False)
    for key, options in _COLUMNS.items():
        table.add_column(heading(languages, key), **options)
    say = speak(languages[0])
    for row in rows:
        table.add_row(
            str(row.id),
            Text(f"{_when(row, languages[0])}\n{visible(row.channel)}"),
            Text("\n".join([why(row, say), *_became(row, say)])),
            Text(_sure(row, say)),
            Text(_text(row, say, show_text)),
        )
    return table


_COLUMNS: dict[str, dict[str, Any]] = {
    "column-number": {"justify": "right"},
    "column-where": {"min_width": 12, "ratio": 3, "overflow": "fold"},
    "column-why": {"ratio": 4, "overflow": "fold"},
    "column-sure": {"no_wrap": True},
    "column-text": {"ratio": 5},
}


def flags_json(rows: Sequence[FlagRow], names: Pseudonyms | None = None) -> str:
    """Flags as a JSON array, with their texts: for programs, and harmless where a terminal shows it.

    With `names` nobody's id is in it, a message's neither: Discord tells whose that is.
    """
    plain = [_plain(row) for row in rows]
    return as_json(plain if names is None else [_unnamed(each, names) for each in plain])


def _unnamed(plain: dict[str, object], names: Pseudonyms) -> dict[str, object]:
    """With pseudonyms, in the text too; what somebody is called is a name itself."""
    text = None if plain["text"] is None or plain["kind"] == "name" else names.within(str(plain["text"]))
    message, author = str(plain["message_id"]), str(plain["author_id"])
    return {**plain, "message_id": names.of(message, "message"), "author_id": names.of(author), "text": text}


def as_json(value: object) -> str:
    """JSON for programs, in which no character acts on a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def why(row: FlagRow, say: Speak) -> str:
    """The reasons in words: what the rules found, and what it is about; or, veiled, what it may be about."""
    if row.is_veiled:
        found = likeliest({"threat": row.threat, **row.motives})
        return say("card-may-be", labels=", ".join(say(f"label-{label}") for label in found))
    found = [_reason(reason, say) for reason in row.reasons]
    about = [label for label in (*MOTIVES, *TARGETS) if _named(row, label)]
    return ", ".join(dict.fromkeys([*found, *(say(f"label-{label}") for label in about)]))


def visible(text: str) -> str:
    """Text that cannot act on a terminal: no control, format or direction characters, few stacked marks."""
    shown: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Zl", "Zp"):
            shown.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn") and marks <= 2:
            shown.append(character)
    return "".join(shown)


def masked(text: str) -> str:
    """The shape of a text without its letters."""
    shape = "".join("•" if not c.isspace() else " " for c in visible(text))
    return shape if len(shape) <= 40 else shape[:39] + "…"


def console() -> Console:
    """Standard output; in a pipe as wide as a table needs."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=max(plain.width, 160))


def _named(row: FlagRow, label: str) -> bool:
    return {**row.motives, **row.targets}.get(label, 0.0) >= row.thresholds.get(label, NAMED)


def _reason(reason: Reason, say: Speak) -> str:
    if reason.rule == "watchlist":
        return say("reason-watchlist", entry=reason.label)
    if reason.rule == "report":
        return say("reason-report", category=say(f"category-{reason.label}"))
    if reason.rule == "language":
        return say("reason-language", language=reason.label)
    if reason.rule == AUDIT:
        return say("reason-audit")
    return say(f"label-{reason.label}")


def _when(row: FlagRow, language: str) -> str:
    return format_datetime(row.posted_at, "EEE d MMM HH:mm", tzinfo=ZONE, locale=language)


def _became(row: FlagRow, say: Speak) -> list[str]:
    """What became of it, where something did."""
    state = [say(f"state-{row.state}")] if row.state is not State.PENDING else []
    return [*state, *([say("withdrawn")] if row.withdrawn_at else [])]


def _surest(row: FlagRow) -> float:
    """As probable as this community's decisions say, where they were heard."""
    return max(told(row.scales, "flag", row.score), told(row.scales, "threat", row.threat))


def _sure(row: FlagRow, say: Speak) -> str:
    if row.is_veiled:
        return say("veiled")
    return f"{_bar(_surest(row))} {_surest(row):.0%}\n{say('sure-' + sureness(_surest(row)))}"


def _bar(value: float) -> str:
    return "█" * round(value * 6) + "░" * (6 - round(value * 6))


def _text(row: FlagRow, say: Speak, show_text: bool) -> str:
    if row.text is None:
        return say("restricted" if row.restricted else "forgotten")
    if not show_text:
        return masked(row.text)
    shown = visible(row.text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


# What would tell a sample from a flag before somebody has decided it.
_VEIL: dict[str, object] = {
    "score": None, "threat": None, "motives": {}, "targets": {}, "reasons": [], "thresholds": {}, "audited": None,
    "recalibrated": {},
}  # fmt: skip


def _plain(row: FlagRow) -> dict[str, object]:
    plain: dict[str, object] = {
        "id": row.id,
        "kind": row.kind,
        "message_id": row.message_id,
        "revision": row.revision,
        "guild_id": row.guild_id,
        "channel_id": row.channel_id,
        "channel": row.channel,
        "author_id": row.author_id,
        "text": row.text,
        "score": row.score,
        "threat": row.threat,
        "motives": row.motives,
        "targets": row.targets,
        "spans": row.spans,
        "reasons": [{"rule": r.rule, "label": r.label, "value": r.value, "limit": r.limit} for r in row.reasons],
        "thresholds": row.thresholds,
        "language": row.language,
        "model": row.model,
        "state": str(row.state),
        "posted_at": row.posted_at.isoformat(),
        "flagged_at": row.flagged_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "audited": row.audited,
        "restricted": row.restricted,
        "recalibrated": _recalibrated(row),
    }
    return plain | _VEIL if row.is_veiled else plain


def _recalibrated(row: FlagRow) -> dict[str, float]:
    """What this community's decisions make of the model's scores, for the labels that have a scale."""
    values = {"flag": row.score, "threat": row.threat, **row.motives}
    return {label: round(told(row.scales, label, values[label]), 4) for label in row.scales if label in values}
