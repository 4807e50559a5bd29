"""What do the data-protection papers say of a configuration? What follows from it; what only people know is marked.

Swedish, because they are Swedish municipalities' documents. They quote provisions by number and assert nothing that the
program cannot know: which legal basis holds, how large a risk is, what Discord has promised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.numbers import format_decimal

from bot.config import ZONE, Settings
from bot.core.amounts import Amounts
from bot.core.measures import Act
from bot.core.retention import RecordClass
from bot.locales import speak
from bot.paper.page import page
from bot.settings_shown import Setting, Source, shown

OPEN = "FYLL I"  # stands where only a person can say what is so
PAPERS: Mapping[str, str] = {  # file: template
    "registerforteckning.html": "papers_register.html",
    "konsekvensbedomning.html": "papers_assessment.html",
    "information-till-medlemmar.html": "papers_notice.html",
}
CLASSES: Mapping[RecordClass, tuple[str, str]] = {  # what is forgotten, counted from when
    RecordClass.REPORTERS: ("Vem som har rapporterat", "efter rapporten"),
    RecordClass.UPHELD: ("Texten i ett bifallet ärende", "efter beslutet"),
    RecordClass.DISMISSED: ("Texten i ett avskrivet ärende", "efter beslutet"),
    RecordClass.PENDING: ("Texten i ett ärende som ingen har avgjort", "efter flaggningen"),
    RecordClass.SAMPLES: ("Stickprov: text, författare och meddelandets nummer", "efter dragningen"),
    RecordClass.REPORTS: ("Det medlemmar skriver i en rapport", "efter beslutet"),
    RecordClass.APPEALS: ("Det som skrivs i ett överklagande, och svaret", "efter svaret"),
    RecordClass.HISTORY: ("Vem ett avgjort ärende gäller: författarens och meddelandets nummer", "efter beslutet"),
    RecordClass.MODERATORS: ("Hur mycket en moderator har läst, pauser och inloggningar i panelen", "efter dagen"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a class of records is kept, and by which decision of the municipality's; empty: none is named."""

    what: str
    days: int
    since: str
    basis: str
    needs_basis: bool


@dataclass(frozen=True, slots=True)
class About:
    """What the papers are written of. `report` is what was measured of the model in force; empty where nothing was."""

    settings: Settings
    model: str
    report: Mapping[str, Any]
    at: datetime
    amounts: Amounts | None = None  # of the database that was named

    @property
    def day(self) -> str:
        return f"{self.at.astimezone(ZONE):%Y-%m-%d}"

    @property
    def kept(self) -> list[Kept]:
        """Every class of records that this configuration keeps."""
        rules = self.settings.keeping()
        return [
            Kept(what, rules.days(each), since, rules.basis.get(each, ""), each is not RecordClass.MODERATORS)
            for each, (what, since) in CLASSES.items()
            if each is not RecordClass.SAMPLES or self.settings.audit.enabled
        ]

    @property
    def measures(self) -> list[str]:
        """What can follow, in words."""
        say = speak("sv")
        return [say(f"act-{act}") for act in self.settings.offered()]

    @property
    def hands_over(self) -> bool:
        return Act.HANDOVER in self.settings.offered()

    @property
    def groups(self) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
        """How well and how badly the model does by group: its recall, and its false alarms."""
        found = self.report.get("groups", {})
        return [(name, row["recall"], row["false_positives"]) for name, row in sorted(found.items())]

    @property
    def annex(self) -> list[tuple[Setting, str]]:
        """Every setting with its value in words; of a watch list only its length, since the papers are public."""
        return [(each, _value(each)) for each in shown(self.settings) if each.section != "environment"]


def papers(about: About) -> dict[str, str]:
    """Each paper by the name of its file."""
    slots = {"about": about, "s": about.settings, "OPEN": OPEN, "number": _number, "share": _share, "Source": Source}
    return {file: page(template, **slots) for file, template in PAPERS.items()}


def _value(setting: Setting) -> str:
    value = setting.value
    if setting.section == "watchlist" and isinstance(value, tuple):
        return f"{len(value)} st."
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, (int, float)):
        return _number(value)
    return value or "–" if isinstance(value, str) else "; ".join(value) or "–"


def _number(value: float) -> str:
    return str(format_decimal(value, format="#,##0.####", locale="sv"))


def _share(figures: Mapping[str, Any] | None) -> str:
    """A share with its interval, such as 10 % (4–26 %), of 29."""
    if not figures or "value" not in figures:
        return "inte mätt"
    low, high = (f"{100 * figures[end]:.0f}" for end in ("low", "high"))
    return f"{100 * figures['value']:.0f} % ({low}–{high} %), {figures['of']} texter"


def missing(paper: str) -> int:
    """How many places a paper leaves for a person to fill in."""
    return paper.count(f"<mark>{OPEN}")
