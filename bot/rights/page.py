"""How do the data become something one can read? A page of its own: no script, nothing fetched, fit to be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.core.display import displayable
from bot.core.erasure import Ground
from bot.rights import words
from bot.rights.about import About
from bot.rights.document import Object

LONGEST = 100_000  # characters of one text; all of it stands in the JSON


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request for erasure came to. `gone` and `stays` are numbers of cases; `deeds` those of the record."""

    at: datetime
    reason: str
    deeds: Sequence[int]
    gone: Sequence[int]
    stays: Mapping[Ground, Sequence[int]]
    reports: int = 0  # that the person had made, and that are gone as theirs
    reports_kept: int = 0  # those that stay with cases that are held
    is_moderator: bool = False  # what was done in office stays
    erased: bool = True  # anything at all


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.rights"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["said"] = lambda text: displayable(text, LONGEST)
    environment.filters["when"] = words.when
    environment.filters["day"] = words.day
    environment.filters["percent"] = words.percent
    environment.globals["words"] = words
    return environment


def export_page(made: Object) -> bytes:
    """All that is held of a person, as `document` made it."""
    return _environment().get_template("export.html").render(**made).encode("utf-8")


def erasure_letter(answer: Answer, about: About) -> bytes:
    """The answer to a person who asked for erasure: what is gone, what stays and why, and what one can do about it."""
    page = _environment().get_template("erasure.html")
    return page.render(answer=answer, about=about, at=answer.at.isoformat(), grounds=words.GROUNDS).encode("utf-8")
