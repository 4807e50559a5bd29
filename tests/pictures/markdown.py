"""How does Discord show its Markdown? As HTML, with everything escaped that comes from outside.

What stands behind a spoiler is not written at all: as long a bar of other letters takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta

ZONE = ZoneInfo("Europe/Stockholm")
_INNER = r"((?:\\.|(?!{0}).)+?)"
_MARKS = {
    "spoiler": r"\|\|" + _INNER.format(r"\|\|") + r"\|\|",
    "bold": r"\*\*" + _INNER.format(r"\*\*") + r"\*\*",
    "under": r"__" + _INNER.format("__") + r"__",
    "struck": r"~~" + _INNER.format("~~") + r"~~",
    "italic": r"\*" + _INNER.format(r"\*") + r"\*",
    "code": r"`([^`\n]+)`",
    "link": r"\[((?:\\.|[^\]\n])+)\]\((https?://[^)\s]+)\)",
    "time": r"<t:(-?\d+)(?::([tTdDfFR]))?>",
    "user": r"<@!?(\d+)>",
    "role": r"<@&(\d+)>",
    "place": r"<#(\d+)>",
    "command": r"</([^:>\n]+):\d+>",
    "escaped": r"\\([^\w\s])",
}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _MARKS.items()), re.DOTALL)
_TAGS = {"bold": "strong", "under": "u", "struck": "s", "italic": "em"}
_TIMES = {
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "d": "y-MM-dd",
    "D": "d MMMM y",
    "f": "d MMMM y HH:mm",
    "F": "EEEE d MMMM y HH:mm",
}


@dataclass(frozen=True)
class Reader:
    """Who reads, and what mentions are called for that person: `<@1>`, `<#2>`, `<@&3>` by id."""

    users: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    now: datetime = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    locale: str = "sv"


def html(text: str, reader: Reader) -> str:
    """A text display's content."""
    lines = []
    for line in _whole_lines(text):
        for start, kind in (
            ("-# ", "small"),
            ("### ", "h3"),
            ("## ", "h2"),
            ("# ", "h1"),
            ("- ", "item"),
            ("> ", "quote"),
        ):
            if line.startswith(start):
                lines.append(f'<div class="{kind}">{_inline(line.removeprefix(start), reader)}</div>')
                break
        else:
            lines.append(f'<div class="line">{_inline(line, reader) or "&nbsp;"}</div>')
    return "".join(lines)


def _whole_lines(text: str) -> list[str]:
    """A line break within a spoiler ends no line of ours."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _ANY.sub(lambda found: "" if found.lastgroup else found[0], lines[-1]).count("||") % 2:
            lines[-1] += "\n" + line
        else:
            lines.append(line)
    return lines


def _inline(text: str, reader: Reader) -> str:
    done, parts = 0, []
    for found in _ANY.finditer(text):
        parts += [escape(text[done : found.start()]), _marked(found, reader)]
        done = found.end()
    return "".join([*parts, escape(text[done:])])


def _marked(found: re.Match[str], reader: Reader) -> str:
    kind = next(name for name in _MARKS if found[name] is not None)
    given = re.fullmatch(_MARKS[kind], found[0], re.DOTALL)
    assert given is not None
    if kind == "spoiler":
        bare = re.sub(r"\\(.)", r"\1", given[1])
        return f'<span class="spoiler">{" ".join("x" * len(word) for word in bare.split())}</span>'
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{_inline(given[1], reader)}</{_TAGS[kind]}>"
    if kind == "link":
        return f'<span class="link" title="{escape(given[2])}">{_inline(given[1], reader)}</span>'
    if kind == "time":
        return f'<span class="time">{escape(_time(int(given[1]), given[2] or "f", reader))}</span>'
    if kind in ("code", "escaped"):
        return f"<code>{escape(given[1])}</code>" if kind == "code" else escape(given[1])
    if kind == "command":
        return f'<span class="mention">/{escape(given[1])}</span>'
    names, sign = {"user": (reader.users, "@"), "role": (reader.roles, "@"), "place": (reader.places, "# ")}[kind]
    return f'<span class="mention">{sign}{escape(names.get(given[1], given[1]))}</span>'


def _time(seconds: int, style: str, reader: Reader) -> str:
    moment = datetime.fromtimestamp(seconds, ZONE)
    if style == "R":
        return str(format_timedelta(moment - reader.now, add_direction=True, locale=reader.locale))
    return str(format_datetime(moment, _TIMES[style], tzinfo=ZONE, locale=reader.locale))
