"""A town of people of whom much is known: what each leaves in a database, and what is found of it in files' bytes.

Everybody has a message with a mark of their own; by turns it is upheld with a note, told of, appealed, dismissed,
reported, answered by the next one's message, a thread's title or a name. So every table that holds a person does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Reason, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel, Kind, Posted
from bot.core.opinions import Escalation, Lean, Opinion
from bot.core.opinions import Kind as Opinions
from bot.core.panel import Visitor
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.roles import Rank
from bot.core.statements import Outcome
from bot.store import StoreReader, appeals, unmasking
from bot.store.care import limit, met
from bot.store.keeping import keep
from bot.store.opining import ask, escalate
from bot.store.panel import invite
from bot.store.reports import file_all
from bot.store.transaction import at_once
from tests.builders import NOW, SQUARE, decision, flag, kept, post, verdict

AT_ONCE = 500  # people to a transaction
_WIDE = re.compile(rb"M\0A\0R\0K\0((?:[0-9]\0){6})")
_NARROW = re.compile(rb"MARK([0-9]{6})")
_ID = 18  # digits
_DIGITS = re.compile(rb"[0-9]{18,}")
_WIDE_DIGITS = re.compile(rb"(?:[0-9]\0){18,}")
_LIMITS = Limits(per_reporter=10**6, per_target=10**6)


def who(number: int) -> str:
    """A person's id."""
    return f"77{number:06d}{number * 7919 % 10**10:010d}"


def message(number: int) -> str:
    """The id of the person's message."""
    return f"13{number:06d}{number * 104_729 % 10**10:010d}"


def mark(number: int) -> str:
    """What the person's words, name and the notes on them have in them."""
    return f"MARK{number:06d}"


def settle(db: Database, count: int, every: int = 1) -> None:
    """People from 1 on; of every so many, one with what the turn gives, all others with a message alone."""
    for first in range(1, count + 1, AT_ONCE):
        with at_once(db):
            turn = range(first, min(first + AT_ONCE, count + 1))
            keep(db, kept(*(flag(_post(number)) for number in turn)))
            for number in turn:
                if number % every == first % every:
                    _happen(db, number)


def of(numbers: Iterable[int]) -> set[bytes]:
    """What may be found of people: ids, messages' ids, marks' numbers."""
    return {each.encode() for number in numbers for each in (who(number), f"{number:06d}", *_written(number))}


def found(path: Path) -> set[bytes]:
    """The ids and marks of whomever that stand in a database's files and in what lies beside it, in 8 bits or in 16."""
    return {each for file in sorted(path.parent.rglob("*")) if file.is_file() for each in _found_in(file.read_bytes())}


def _found_in(written: bytes) -> Iterator[bytes]:
    yield from (match[1] for match in _NARROW.finditer(written))
    yield from (match[1].replace(b"\0", b"") for match in _WIDE.finditer(written))
    for pattern in (_DIGITS, _WIDE_DIGITS):
        for match in pattern.finditer(written):
            run = match[0].replace(b"\0", b"")
            # At every place: in a row's bytes one column begins where the other ends.
            yield from (run[at : at + _ID] for at in range(len(run) - _ID + 1))


def _written(number: int) -> list[str]:
    """The message's id; of a name there is none, and a title's is its thread's, which is a place."""
    return [] if number % 11 == 0 or number % 13 == 0 else [message(number)]


def _post(number: int) -> Posted:
    text = f"{mark(number)} " * (1 + number % 40)
    answered = _written(number - 1) if number % 3 == 0 else []
    written = post(number, text)
    if number % 11 == 0:
        return Posted(who(number), SQUARE, who(number), written.at, mark(number), number, Kind.NAME)
    if number % 13 == 0:
        thread = Channel(message(number), mark(number), "1", "100", "torget")
        return Posted(message(number), thread, who(number), written.at, mark(number), number, Kind.TITLE)
    return Posted(message(number), SQUARE, who(number), written.at, text, reply_to="".join(answered))


def _happen(db: Database, number: int) -> None:
    """What becomes of the flag that has the person's number, by turns."""
    at = NOW + timedelta(hours=1)
    if number % 4 == 1:
        _reported(db, number)
    if number % 5 == 2:
        ask(db, Opinion(number, Opinions.ASKED, "Per", Lean.UNSURE, at, (), f"{mark(number)}?"))
    if number % 7 == 3:
        escalate(db, Escalation(number, "Per", at, f"{mark(number)}!"))
    if number % 10 == 4:
        _in_office(db, number)
    if number % 3 == 1:
        StoreReader(db).decide(decision(number, measures=(Measure(Act.WARN),), note=mark(number), at=at))
        db.execute("UPDATE measures SET state = 'done', done_at = asked_at WHERE flag_id = ?", [number])
        if number % 2:
            _appealed(db, number)
    elif number % 3 == 2:
        StoreReader(db).decide(decision(number, Step.DISMISS, at=at))


def _reported(db: Database, number: int) -> None:
    """By the next person, who says a word too; and an admin asks who it was."""
    words = f"{mark(number)} och {mark(number + 1)}"
    found = flag(_post(number)).message
    about = flag(found)
    reported = type(about)(found, verdict(), (Reason("report", "other"),), {}, NOW)
    said = Complaint(Category.OTHER, Hurt.SOMEBODY, words)
    file_all(db, [Report(Reporter(who(number + 1)), said, reported, NOW)], _LIMITS)
    unmasking.reporters(db, number, "Per", f"om {mark(number)}", NOW)


def _appealed(db: Database, number: int) -> None:
    at = NOW + timedelta(hours=2)
    made = appeals.appeal(db, number, who(number), f"{mark(number)} nej", "sv", at, 180)
    assert not isinstance(made, str)
    if number % 4 == 3:
        judged = db.execute("SELECT id FROM appeals WHERE flag_id = ?", [number]).fetchone()["id"]
        appeals.judge(db, judged, "Mo", Outcome.REJECTED, f"{mark(number)} står fast", at)


def _in_office(db: Database, number: int) -> None:
    """Whoever moderates has read something, wants a break and may come in at the panel."""
    met(db, who(number), 1, False, NOW.date())
    limit(db, who(number), 5)
    visitor = Visitor(who(number), mark(number), Rank.MODERATOR, ("1",), "sv")
    invite(db, f"link-{number}", visitor, NOW)
