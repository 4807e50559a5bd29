"""How is a copy made for somebody who asks for a public record? From a draft that a person has gone through.

The cases are read again when the copy is made: what has changed or was forgotten since the draft is not handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.core.deeds import Deed, DeedKind
from bot.core.disclosure import CaseFile, Line, digest, reviewed, shown_elsewhere, tally
from bot.core.errors import BadInput, Refused
from bot.core.redacting import Why, found
from bot.locales import speak
from bot.paper.case_lines import lines_of
from bot.paper.copies import FORMATS, copy_of
from bot.paper.drafts import Draft, draft_of, from_text, to_text
from bot.store import chain
from bot.store.connection import asked, existing
from bot.store.disclosing import case_file
from bot.store.transaction import at_once
from bot.writing import draft as written
from bot.writing import placing, rewrite

LARGEST = 50_000_000  # bytes of a draft
PRIVATE = (Why.IDENTITY, Why.MAIL, Why.MEMBER)  # what a reason that stays on record is not to hold


def draft(db: Path, cases: Sequence[int], at: datetime) -> Draft:
    """What is kept of these cases, with what may have to be masked; Refused where there is no such case."""
    numbers = tuple(dict.fromkeys(cases))
    return draft_of(asked(db, lambda database: _lines(lambda number: case_file(database, number), numbers)), at)


def save(made: Draft, file: Path) -> None:
    """Write a new draft; its owner alone can read it. BadInput where there is such a file."""
    with written(file, to_text(made).encode()) as beside, placing(beside, file) as place:
        place()


def save_again(changed: Draft, file: Path) -> None:
    """Write a draft in the place of what was read."""
    rewrite(file, to_text(changed).encode())


def opened(file: Path) -> Draft:
    """A draft as a person has left it; BadInput says what cannot be read."""
    if file.stat().st_size > LARGEST:
        raise BadInput(f"{file} is too large for a draft")
    try:
        return from_text(file.read_text("utf-8"))
    except UnicodeDecodeError:
        raise BadInput(f"{file} is no text in UTF-8; save it as UTF-8") from None
    except BadInput as problem:
        raise BadInput(f"{file}: {problem}") from None


def copy(db: Path, made: Draft, out: Path, at: datetime, *, by: str, reason: str, authority: str, repeats: bool) -> int:
    """Write the copy and put it on record; how many places are masked.

    Refused where the review is not done or the cases have changed; unless `repeats`, also where something is shown that
    is masked elsewhere.
    """
    form = FORMATS.get(out.suffix.lower())
    if form is None:
        raise BadInput(f"{out}: a copy is .html, .pdf or .txt")
    _answered_for(made, reason)
    with existing(db) as database:
        current = _lines(lambda number: case_file(database, number), made.cases)
        _unchanged(made, current)
        reviewed(made.lines, current, made.grounds)
        if not repeats:
            _hidden_everywhere(made.lines)
        content = form(copy_of(made.lines, made.grounds, made.reviewer, authority, at))
        with written(out, content) as beside, placing(beside, out) as place, at_once(database):
            _unchanged(made, _lines(lambda number: case_file(database, number), made.cases))
            chain.note(database, _deed(made, content, out, by, reason, at))
            place()
    return sum(tally(made.lines).values())


def _lines(file_of: Callable[[int], CaseFile | None], cases: Sequence[int]) -> list[Line]:
    say, lines = speak("sv"), []
    for number in cases:
        case = file_of(number)
        if case is None:
            raise Refused(f"there is no flag {number}; `uppsikt flags` lists them")
        lines += lines_of(case, say)
    return lines


def _answered_for(made: Draft, reason: str) -> None:
    if not any(map(str.isalnum, made.reviewer)):
        raise Refused("nobody has said that the draft is reviewed: write a name behind `Granskat av:`")
    if any(each.why in PRIVATE for each in found(reason)):
        raise Refused("the reason stays on record: leave ids and addresses out of it; a registry number is enough")


def _unchanged(made: Draft, current: Sequence[Line]) -> None:
    if digest(current) != made.check:
        raise Refused("the cases have changed since the draft was made: make a new one, so that nothing stale is shown")


def _hidden_everywhere(lines: Sequence[Line]) -> None:
    repeated = shown_elsewhere(lines)
    if repeated:
        first, place = repeated[0]
        more = f" (and {len(repeated) - 1} more)" if len(repeated) > 1 else ""
        raise Refused(f"line {place} shows what is masked in line {first}{more}: mask it there too, or add --repeats")


def _deed(made: Draft, content: bytes, out: Path, by: str, reason: str, at: datetime) -> Deed:
    facts: dict[str, Any] = {
        "cases": list(made.cases),
        "lines": len(made.lines),
        "masks": sum(tally(made.lines).values()),
        "format": out.suffix.lower().removeprefix("."),
        "sha256": sha256(content).hexdigest(),
    }
    return Deed(DeedKind.DISCLOSURE, by or made.reviewer, reason, at, facts)
