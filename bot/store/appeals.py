"""How is an appeal kept, decided and forgotten? By the rules of core/appeals.py, asked inside the transaction that
writes, so that two people at once get one outcome."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.appeals import Hindrance, Objection, hindrance, objection
from bot.core.flags import Decision, Step
from bot.core.statements import Outcome, Statement
from bot.store import readings, statements, told
from bot.store.keeping import stamp, storable
from bot.store.queries import StoreReader
from bot.store.transaction import at_once


def appeal(
    db: Database, flag: int, who: str, words: str, language: str, at: datetime, days: int
) -> Statement | Hindrance:
    """Keep what an author says to a statement; or what keeps it from being said."""
    with at_once(db):
        about = told.statement(db, flag)
        if (problem := hindrance(about, who, at, days)) is not None:
            return problem
        assert about is not None, "an unknown one is a hindrance"
        db.execute(
            """INSERT INTO appeals (statement_id, flag_id, guild_id, words, language, made_at)
            VALUES (?, ?, ?, ?, ?, ?)""",
            [about.id, flag, about.case.flag.message.channel.guild, storable(words), language, stamp(at)],
        )
    return told.statement(db, flag) or about


def may_judge(db: Database, number: int, who: str) -> Statement | Objection:
    """The statement that an appeal is about, or why this person may not decide it."""
    about = told.appealed(db, number)
    deciders = () if about is None else _deciders(db, about.case.id)
    problem = objection(about, who, deciders)
    if problem is None:
        assert about is not None, "an unknown one is an objection"
        return about
    return problem


def judge(db: Database, number: int, who: str, outcome: Outcome, answer: str, at: datetime) -> Statement | Objection:
    """Decide an appeal. Granting takes the decision back: reopened and dismissed, by whoever granted it."""
    with at_once(db):
        about = may_judge(db, number, who)
        if isinstance(about, Objection):
            return about
        db.execute(
            "UPDATE appeals SET outcome = ?, by = ?, answer = ?, decided_at = ? WHERE id = ?",
            [str(outcome), storable(who), storable(answer), stamp(at), number],
        )
        readings.end(db, about.case.id, at)  # whoever judged it has read it again; what follows would not be blind
        if outcome is Outcome.GRANTED:
            for step in (Step.REOPEN, Step.DISMISS):
                StoreReader(db).decide(Decision(about.case.id, step, who, at))
        else:
            statements.tell_rejected(db, about.id, at)
    return told.appealed(db, number) or about


def open_appeals(db: Database, guilds: Sequence[str], limit: int) -> tuple[int, list[Statement]]:
    """How many wait in these servers, and the oldest of them."""
    open_ones = "FROM appeals WHERE outcome IS NULL AND guild_id IN (SELECT value FROM json_each(?))"
    servers = json.dumps(list(guilds))
    count = int(db.execute(f"SELECT count(*) {open_ones}", [servers]).fetchone()[0])  # a fixed text
    rows = db.execute(f"SELECT id {open_ones} ORDER BY id LIMIT ?", [servers, limit]).fetchall()  # too
    found = [told.appealed(db, row["id"]) for row in rows]
    return count, [each for each in found if each is not None]


def first_for(db: Database, guilds: Sequence[str], who: str) -> Statement | None:
    """The oldest appeal of these servers that somebody may decide, however many others wait before it."""
    # By the same rules as `may_judge`, which has the last word: here only so that not every appeal is looked through.
    query = """SELECT appeals.id FROM appeals JOIN flags ON flags.id = appeals.flag_id
        WHERE outcome IS NULL AND appeals.guild_id IN (SELECT value FROM json_each(?1))
        AND flags.state = 'upheld' AND flags.author_id <> ?2 AND flags.restricted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM decisions WHERE flag_id = appeals.flag_id AND by = ?2)
        AND NOT EXISTS (SELECT 1 FROM opinions WHERE flag_id = appeals.flag_id AND by = ?2)
        ORDER BY appeals.id LIMIT 1"""
    row = db.execute(query, [json.dumps(list(guilds)), who]).fetchone()
    found = None if row is None else may_judge(db, row["id"], who)
    return found if isinstance(found, Statement) else None


def behind(db: Database, after: int, limit: int) -> list[Statement]:
    """Appeals whose card is missing while they are open, or shows less than what was saved."""
    query = """SELECT id FROM appeals WHERE (shown IS NULL OR shown < version)
        AND (shown IS NOT NULL OR outcome IS NULL) AND id > ? ORDER BY id LIMIT ?"""
    found = [told.appealed(db, row["id"]) for row in db.execute(query, [after, limit]).fetchall()]
    return [each for each in found if each is not None]


def hangs(db: Database, number: int, card: tuple[str, str]) -> None:
    """Note where a card was met that nobody had noted: the program ended between hanging it up and saving that."""
    db.execute(
        """UPDATE appeals SET shown = -1, card_channel_id = ?, card_message_id = ?
        WHERE id = ? AND card_message_id IS NULL""",
        [*card, number],
    )


def shown(db: Database, number: int, version: int, card: tuple[str, str] | None) -> None:
    """Note what a card shows and where it hangs; one that is gone is hung up anew while the appeal is open."""
    channel, message = card or (None, None)
    db.execute(
        """UPDATE appeals SET shown = ?, card_channel_id = ?, card_message_id = ?, version = version + ?
        WHERE id = ?""",
        [None if card is None else version, channel, message, card is None, number],
    )


def _deciders(db: Database, flag: int) -> set[str]:
    """Whoever has decided it or said what they see in it."""
    rows = db.execute(
        "SELECT by FROM decisions WHERE flag_id = ?1 UNION SELECT by FROM opinions WHERE flag_id = ?1", [flag]
    )
    return {row["by"] for row in rows.fetchall()}
