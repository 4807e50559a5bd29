"""How is a draft of a copy written, so that whoever reviews it needs nothing but an editor, and how is it read back?

    12.03 Text: ring Anna på [[070-123 45 67|2?]]

What stands in double brackets is masked, on the ground whose number stands behind the bar; a question mark, or no
number, says that nobody has confirmed it yet. Lines that begin with # are for the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.config import ZONE
from bot.core.disclosure import Line, Mask, digest
from bot.core.errors import BadInput
from bot.locales import speak

FIRST = "Uppsikt, utkast till utlämnande, version 1"
_MASK = re.compile(r"\[\[(.*?)\|([0-9]{0,2})(\??)\]\]")
_LINE = re.compile(r"([0-9]{1,18})\.([0-9]{2,6}) ([^:]+):(?: (.*))?")
_GROUND = re.compile(r"Grund ([0-9]{1,2}): *(.+)")
_HEAD = re.compile(r"(Ärenden|Gjort|Kontroll|Granskat av): *(.*)")
# The only words of law in a draft: hints, by number, for the person who reviews.
GROUNDS: Mapping[int, str] = {
    1: "OSL 21 kap. 1 § (uppgift om enskilds hälsa eller sexualliv)",
    2: "OSL 21 kap. 3 § (adress, telefonnummer och liknande, vid risk för hot, våld eller annat allvarligt men)",
    3: "OSL 21 kap. 7 § (personuppgift som kan antas komma att behandlas i strid med dataskyddsreglerna)",
    4: "OSL 18 kap. 1 § (förundersökning)",
}
GUIDE = """\
# Det här är ett förslag. Ingenting är prövat: det gör du, rad för rad. Hemligt är bara det som en lag säger är hemligt.
# [[…]] maskeras i kopian. Siffran efter strecket är grunden ur listan ovan; skriv egna grunder som nya rader i listan.
# Ett frågetecken betyder att du inte har tagit ställning. Stämmer det: ta bort frågetecknet, och skriv en siffra om det
# saknas. Ska det visas: ta bort [[, siffran och ]]. Ska något mer maskeras: skriv [[ före och |siffra]] efter.
# Ändra inget annat. Programmet hittar inte alla namn: läs varje rad, också dem som inte har något förslag.
# Fyll i ditt namn efter ”Granskat av:”. När kopian är gjord: radera den här filen, den innehåller allt omaskerat."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines under review. `check` is the digest of what they said when the draft was made."""

    cases: tuple[int, ...]
    made_at: str
    check: str
    lines: tuple[Line, ...]
    reviewer: str = ""
    grounds: Mapping[int, str] = field(default_factory=lambda: dict(GROUNDS))


def draft_of(lines: Sequence[Line], at: datetime) -> Draft:
    """A draft of these lines, made now."""
    cases = tuple(dict.fromkeys(line.case for line in lines))
    return Draft(cases, f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}", digest(lines), tuple(lines))


def to_text(draft: Draft) -> str:
    """The draft as a text."""
    head = [
        FIRST,
        f"Ärenden: {', '.join(map(str, draft.cases))}",
        f"Gjort: {draft.made_at}",
        f"Kontroll: {draft.check}",
        *(f"Grund {number}: {ground}" for number, ground in draft.grounds.items()),
        f"Granskat av: {draft.reviewer}",
        "",
        GUIDE,
    ]
    return "\n".join([*head, *_body(draft.lines)]) + "\n"


def _body(lines: Sequence[Line]) -> Iterator[str]:
    case = 0
    for line in lines:
        if line.case != case:
            case = line.case
            yield f"\n# Ärende {case}"
        if whys := whys_of(line):
            yield f"# {line.place}: {whys}"
        yield f"{line.place} {line.label}: {marked(line)}"


def whys_of(line: Line) -> str:
    """What the masks were proposed for, in words."""
    say = speak("sv")
    return ", ".join(dict.fromkeys(say(f"disclose-why-{mask.why}") for mask in line.masks if mask.why is not None))


def marked(line: Line) -> str:
    """The line's text with its masks in double brackets."""
    return "".join(
        piece if mask is None else f"[[{piece}|{mask.ground or ''}{'' if mask.sure else '?'}]]"
        for piece, mask in line.pieces()
    )


def unmarked(text: str, where: str) -> tuple[str, tuple[Mask, ...]]:
    """A text without its brackets, and what they mask; BadInput where they do not fit, saying `where`."""
    plain, masks, place = "", [], 0
    for match in _MASK.finditer(text):
        _unbracketed(text[place : match.start()], where)
        _unbracketed(match[1], where)
        plain += text[place : match.start()] + match[1]
        if match[1]:
            masks.append(Mask(len(plain) - len(match[1]), len(plain), int(match[2] or 0), not match[3]))
        place = match.end()
    _unbracketed(text[place:], where)
    return plain + text[place:], tuple(masks)


def _unbracketed(text: str, where: str) -> None:
    if "[[" in text or "]]" in text:
        raise BadInput(f"{where}: brackets do not fit: write [[what is masked|number of its ground]]")


def from_text(text: str) -> Draft:
    """A draft as a person has left it; BadInput names the line of the file that cannot be read."""
    rows = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").split("\n")
    if rows[0].strip() != FIRST:
        raise BadInput("this is no draft of a disclosure; make one with `uppsikt disclose CASE… --draft FILE`")
    head: dict[str, str] = {}
    grounds: dict[int, str] = {}
    lines: list[Line] = []
    for number, row in enumerate(rows[1:], start=2):
        _read(row.rstrip(), f"line {number} of the draft", head, grounds, lines)
    try:
        cases = tuple(int(each) for each in head["Ärenden"].split(","))
        return Draft(cases, head["Gjort"], head["Kontroll"], tuple(lines), head["Granskat av"], grounds)
    except (KeyError, ValueError) as problem:
        raise BadInput(f"the head of the draft was changed ({problem}); make a new draft") from None


def _read(row: str, where: str, head: dict[str, str], grounds: dict[int, str], lines: list[Line]) -> None:
    """One row of the file: the head, a ground, a line of a case, or something for the reader alone."""
    if not row or row.startswith("#"):
        return
    if match := _GROUND.fullmatch(row):
        grounds[int(match[1])] = match[2]
    elif match := _HEAD.fullmatch(row):
        head[match[1]] = match[2]
    elif match := _LINE.fullmatch(row):
        text, masks = unmarked(match[4] or "", where)
        lines.append(Line(int(match[1]), int(match[2]), match[3], text, masks))
    else:
        raise BadInput(f"{where} is of no case: remove it, or put # before it")
