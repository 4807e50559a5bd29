"""How does everything of a person's leave the files? Out of the tables with its keys, then out of the files' bytes.

What stays says that there was a case, what was decided, when and by whom: nothing that leads to a person. What an
officer did in office (`by`) is no private matter and stays too. Others' words stay theirs, whomever they name.

`secure_delete` overwrites freed pages, but not what stays behind within a page when its rows are moved to others: the
file is written anew (VACUUM), and truncating the WAL removes the copy that the last commits left there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from bot.core.deeds import Deed, Gone
from bot.core.errors import BadInput, Refused, StoreBusy
from bot.store import removing
from bot.store.chain import gone, note
from bot.store.transaction import at_once

TRIES = 3  # each waits for other programs as long as the connection does
_BUSY = "what is gone still stands in the file, because another program keeps it busy: stop it, and run this again"
_THESE = "IN (SELECT value FROM json_each(?))"
_OPEN = f"""SELECT DISTINCT flag_id FROM measures WHERE state IN ('due', 'undoing') AND flag_id {_THESE}
    AND (state = 'undoing' OR (SELECT state FROM flags WHERE id = flag_id) = 'upheld') ORDER BY flag_id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Erased:
    """How many cases were erased, and which were not, because they are held or are to stay."""

    cases: int
    kept: Sequence[int] = ()
    reports: int = 0  # that the person had made


def erase_person(db: Database, who: str, deed: Deed, keep: Collection[int] = ()) -> Erased:
    """Erase all that is known of whoever has this id; the deed is noted with the cases' numbers. `scrub` comes after.

    Cases of `keep` stay, as those that are held do: whoever calls says to that person why.

    Refused, and nothing is changed, while something that was decided against the person is still to be carried out.
    """
    if not who.strip():
        raise BadInput("say whose data are to be erased: an id of Discord's")
    with at_once(db):
        mine = _numbers(db, "SELECT id FROM flags WHERE author_id = ? ORDER BY id", who)
        held = set(_numbers(db, "SELECT flag_id FROM holds JOIN flags ON flags.id = flag_id WHERE author_id = ?", who))
        held |= set(mine) & set(keep)
        free = [each for each in mine if each not in held]
        _nothing_to_do(db, free)
        made = _reported(db, who)
        what = removing.together(
            [
                erase_cases(db, free, deed.at),
                removing.reports(db, made),
                removing.reporters(db, made),
                _elsewhere(db, who),
            ]
        )
        for table in ("care", "exposure", "exposed", "panel_links", "panel_sessions"):
            db.execute(f"DELETE FROM {table} WHERE who = ?", [who])  # noqa: S608  # our tables
        facts = {"cases": free, "kept": sorted(held), "reports": made, **what.facts()}
        note(db, replace(deed, facts={**deed.facts, **facts}), persons=(who,))
    return Erased(len(free), sorted(held), len(made))


def erase_cases(db: Database, flags: Sequence[int], now: datetime) -> Gone:
    """Erase cases that are not held, with all that others said of them; part of its caller's transaction and deed."""
    listed = json.dumps(list(flags))
    told = _numbers(db, f"SELECT id FROM reports WHERE flag_id {_THESE}", listed)  # noqa: S608  # fixed texts
    said = _numbers(db, f"SELECT id FROM appeals WHERE flag_id {_THESE}", listed)  # noqa: S608  # as above
    return removing.together(
        [
            removing.texts(db, flags),
            removing.reports(db, told),
            removing.reporters(db, told),
            removing.appeals(db, said),
            removing.ties(db, flags, now),
        ]
    )


def scrub(db: Database, tries: int = TRIES) -> None:
    """Remove what is gone from the files' bytes. StoreBusy where another program keeps it there, for longer than that.

    Not within a transaction. A bot that runs writes on meanwhile, or waits as long as this takes.
    """
    for _ in range(tries):
        try:
            db.execute("VACUUM")
            busy, *_rest = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            busy = True
        if not busy:
            return
    raise StoreBusy(_BUSY)


def _nothing_to_do(db: Database, flags: Sequence[int]) -> None:
    waiting = _numbers(db, _OPEN, json.dumps(list(flags)))
    if waiting:
        cases = ", ".join(map(str, waiting))
        raise Refused(
            f"a measure is still to be carried out in case {cases}: wait until it is, or reopen the case, then erase"
        )


def _reported(db: Database, who: str) -> list[int]:
    """The reports that somebody made; not in cases that are held."""
    query = """SELECT reports.id FROM reporters CROSS JOIN reports ON reports.id = reporters.report_id
        WHERE reporters.who = ? AND reports.flag_id NOT IN (SELECT flag_id FROM holds)"""
    return _numbers(db, query, who)


def _elsewhere(db: Database, who: str) -> Gone:
    """Reports about somebody that stand with others' cases."""
    query = (
        "SELECT id FROM reports WHERE target_id = ? AND target_id <> '' AND flag_id NOT IN (SELECT flag_id FROM holds)"
    )
    numbers = _numbers(db, query, who)
    what = Gone(rows={"report": numbers})
    gone(db, what)
    db.execute(f"UPDATE reports SET target_id = '', words = NULL WHERE id {_THESE}", [json.dumps(numbers)])  # noqa: S608
    return what


def _numbers(db: Database, query: str, slot: str) -> list[int]:
    return [int(row[0]) for row in db.execute(query, [slot]).fetchall()]
