"""How is a person answered who asks for what is held, for erasure, or for restriction (GDPR art. 15, 17, 18)?

Everything that is done is a deed of the record, in one transaction with what it does; what is handed out is written
whole before that, and gets its name after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.backing_up import rules_of
from bot.backups_forgetting import after_forgetting
from bot.config import Settings
from bot.core.deeds import Deed, DeedKind
from bot.core.erasure import Plan, plan
from bot.core.errors import Refused, StoreBusy
from bot.core.held import Held
from bot.core.persons import THEMSELVES, checked
from bot.core.retention import RecordClass
from bot.own_data import HandedOut, HandOut
from bot.rights import words
from bot.rights.about import About, Kept, Made
from bot.rights.document import as_json, document
from bot.rights.files import new_file, new_folder, write
from bot.rights.masking import Names
from bot.rights.page import Answer, erasure_letter, export_page
from bot.store import persons, restricting
from bot.store.chain import note
from bot.store.connection import existing
from bot.store.erasing import scrub
from bot.store.person_erasing import Outcome, erase_by_plan, holds_of
from bot.store.restricting import Restricted
from bot.store.transaction import at_once

PAGE, DATA = "uppgifter.html", "uppgifter.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is about, who does it and why; as typed."""

    who: str
    by: str
    reason: str
    at: datetime

    def deed(self, kind: DeedKind, names: Iterable[str]) -> Deed:
        """As the record has it; Refused where that would tell who the person is, who is called by these names."""
        by = checked("who does it, with --by NAME", self.by, self.who, names)
        reason = checked("why, with --reason TEXT", self.reason, self.who, names)
        return Deed(kind, by, reason, self.at)


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export lies, and what is in it."""

    folder: Path
    held: Held


def about(settings: Settings) -> About:
    """What documents say of who answers for the data."""
    papers, keeping = settings.papers, settings.keeping()
    kept = [Kept(words.CLASSES[each], keeping.days(each), keeping.basis.get(each, "")) for each in RecordClass]
    archive, contact = settings.persons.archive_duty, papers.dpo or papers.contact
    return About(papers.controller, contact, papers.legal_basis, archive, kept)


def export(db: Path, settings: Settings, asked: Asked, out: Path, *, notes: bool = False) -> Exported:
    """A folder with everything of one person, as a page and as data. Of whom nothing is held, that is what it says."""
    with existing(db) as database:
        deed = asked.deed(DeedKind.PERSON_EXPORT, persons.names_of(database, asked.who))
        with new_folder(out) as folder, at_once(database):  # what is handed out is what the record says of it
            held = persons.held(database, asked.who)
            made = Made(asked.at, note(database, replace(deed, facts=held.facts())), notes=notes)
            data = document(held, about(settings), made, Names(held.who))
            write({folder / PAGE: export_page(data), folder / DATA: as_json(data)})
    return Exported(out, held)


def own_data(settings: Settings, db: Path | None = None) -> HandOut:
    """What makes a member's own page while the bot runs: off the event loop, on a connection of its own."""
    path = db or settings.database
    return lambda who, at: asyncio.to_thread(_own, path, settings, who, at)


def _own(db: Path, settings: Settings, who: str, at: datetime) -> HandedOut:
    """All of it, on record before it is handed out; of whom nothing is held, nothing is put on record."""
    with existing(db) as database:
        held = persons.held(database, who)
        deed = Deed(DeedKind.PERSON_EXPORT, THEMSELVES, "/mydata", at, held.facts())
        number = note(database, deed) if held else 0
    data = document(held, about(settings), Made(at, number, by_themselves=True), Names(who))
    return HandedOut(export_page(data), len(held.cases), len(held.reports), held.appeals, bool(held))


def erase(db: Path, settings: Settings, asked: Asked, out: Path | None) -> Answer:
    """Erase what may be erased, and answer with what stays and why; `out` is the letter to the person.

    Refused where nothing is held. Where nothing may go, that is an answer too: `gone` is empty.
    """
    with existing(db) as database:
        with nullcontext() if out is None else new_file(out) as place, at_once(database):
            held = persons.held(database, asked.who)
            if not held:
                raise Refused("nothing is held of that person, so that there is nothing to erase")
            deed = asked.deed(DeedKind.ERASURE, persons.names_of(database, held.who))
            what = plan(held, holds_of(database, held.who), archive=bool(settings.persons.archive_duty))
            answer = _answer(held, what, deed, erase_by_plan(database, held.who, deed, what))
            if place is not None:
                write({place: erasure_letter(answer, about(settings))})
        if answer.erased:
            with _advising():
                scrub(database)
    if answer.erased:
        after_forgetting(rules_of(settings, db), asked.at)
    return answer


def restrict(db: Path, asked: Asked, *, lift: bool) -> Restricted:
    """Restrict all that is held of a person, or lift that. Refused where there is no text that could be."""
    with existing(db) as database:
        kind = DeedKind.LIFTING if lift else DeedKind.RESTRICTION
        deed = asked.deed(kind, persons.names_of(database, asked.who))
        found = restricting.restrict(database, asked.who, deed)
        if not found.cases and not restricting.is_any(database, asked.who):
            raise Refused("no message of that person is held, so that there is nothing to restrict")
    return found


def _answer(held: Held, what: Plan, deed: Deed, outcome: Outcome) -> Answer:
    return Answer(
        deed.at,
        deed.reason,
        outcome.deeds,
        what.goes,
        what.stays,
        outcome.reports,
        len(held.reports) - outcome.reports,
        bool(held.service.done),
        outcome.is_erased,
    )


@contextmanager
def _advising() -> Iterator[None]:
    """Asking again would find nothing to erase: say what else removes what is left."""
    try:
        yield
    except StoreBusy as problem:
        raise StoreBusy(
            "it is erased, but another program keeps the old text in the file: stop it, and run `uppsikt retain`"
        ) from problem
