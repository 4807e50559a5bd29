"""How is a plan of erasure carried out? What goes and what stays, each with its deed, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from bot.core.deeds import Deed, DeedKind
from bot.core.erasure import Plan
from bot.store.chain import note
from bot.store.erasing import erase_person
from bot.store.transaction import at_once

_HELD = "SELECT flag_id FROM holds CROSS JOIN flags ON flags.id = flag_id WHERE author_id = ?"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers of the deeds, whether anything was erased, and how many reports that the person had made."""

    deeds: Sequence[int]
    is_erased: bool
    reports: int = 0


def holds_of(db: Database, who: str) -> set[int]:
    """The cases of a person that are held."""
    return {row["flag_id"] for row in db.execute(_HELD, [who]).fetchall()}


def erase_by_plan(db: Database, who: str, deed: Deed, plan: Plan) -> Outcome:
    """Erase what goes; what stays is a refusal, with its grounds."""
    deeds: list[int] = []
    reports = 0
    with at_once(db):
        if not plan.is_refusal:
            reports = erase_person(db, who, deed, plan.kept).reports
            deeds.append(_last(db))
        if plan.stays or plan.is_refusal:
            deeds.append(note(db, replace(deed, kind=DeedKind.REFUSAL, facts=plan.facts())))
    return Outcome(deeds, not plan.is_refusal, reports)


def _last(db: Database) -> int:
    return int(db.execute("SELECT max(id) FROM deeds").fetchone()[0])
