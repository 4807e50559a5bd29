"""Which measures are there to carry out, and what became of them? Saved with the decision, in its transaction.

A trigger makes a flag's cards due whenever one of its measures changes so that a card should say it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from json import dumps

from sqlite_utils import Database

from bot.core.cases import Card, CardKind
from bot.core.flags import Decision
from bot.core.measures import Act, Measure
from bot.core.undertakings import Hindrance, Report, Standing, Undertaking, after, at_first, called_off, revised
from bot.store.cards import shown
from bot.store.keeping import stamp

# By the index measures_open. What a reopened flag has not had carried out waits for the next decision.
READY = """SELECT measures.* FROM measures CROSS JOIN flags ON flags.id = measures.flag_id
    WHERE measures.state IN ('due', 'undoing') AND again_at <= ?
    AND (measures.state = 'undoing' OR flags.state = 'upheld')
    AND measures.id NOT IN (SELECT value FROM json_each(?))
    ORDER BY again_at, measures.id LIMIT ?"""


def of_flag(db: Database, flag: int) -> list[Undertaking]:
    """The measures of a flag, in the order in which they were chosen."""
    rows = db.execute("SELECT * FROM measures WHERE flag_id = ? ORDER BY id", [flag])
    return [_undertaking(row) for row in rows.fetchall()]


def decided(db: Database, decision: Decision, number: int | None) -> None:
    """Begin and call off what the decision of that number says; inside its transaction."""
    revision = revised(of_flag(db, decision.flag), decision)
    for each in revision.off:
        state, hindrance = called_off(each)
        _settled(db, each, state, hindrance, decision.at)
    for measure in revision.begun:
        state = at_first(measure)
        at = stamp(decision.at)
        db.execute(
            """INSERT INTO measures (flag_id, decision_id, act, seconds, state, asked_at, again_at, done_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                decision.flag,
                number,
                str(measure.act),
                None if measure.length is None else int(measure.length.total_seconds()),
                str(state),
                at,
                stamp(decision.takes_effect_at),
                at if state is Standing.DONE else None,
            ],
        )
    for measure in decision.measures:  # wanted again, what stands is no longer something that only cannot be undone
        db.execute(
            "UPDATE measures SET hindrance = NULL WHERE flag_id = ? AND act = ? AND state = 'done'",
            [decision.flag, str(measure.act)],
        )
    if revision.off or revision.begun:
        _note_acted(db, decision.flag)


def ready(db: Database, now: datetime, under_way: Collection[int], limit: int) -> list[Undertaking]:
    """What is to be carried out or undone now, and is not under way; what was tried least lately comes first."""
    rows = db.execute(READY, [stamp(now), dumps(sorted(under_way)), limit])
    return [_undertaking(row) for row in rows.fetchall()]


def reported(db: Database, undertaking: Undertaking, report: Report, at: datetime, again_at: datetime) -> None:
    """Note what came of trying. The measure may have been called off meanwhile; then that counts too."""
    with db.atomic():
        now = _undertaking(db.execute("SELECT * FROM measures WHERE id = ?", [undertaking.id]).fetchone())
        if report.card is not None:
            place = report.card
            shown(db, Card(now.flag, place.channel, place.message, place.version, kind=CardKind.HANDOVER))
        if now.state is not undertaking.state:  # to be undone instead, at once
            return
        state = now.state if report.event is None else after(now.state, report.event)
        if state is not now.state:
            _settled(db, now, state, report.hindrance, at)
        else:
            _hindered(db, now, report.hindrance or Hindrance.REFUSED, again_at)


def _settled(
    db: Database, undertaking: Undertaking, state: Standing, hindrance: Hindrance | None, at: datetime
) -> None:
    """Note what a measure has come to. When it was first carried out stays noted."""
    db.execute(
        """UPDATE measures SET state = ?, hindrance = ?, again_at = ?, tries = 0,
        done_at = iif(? = 'done', coalesce(done_at, ?), done_at), undone_at = iif(? = 'undone', ?, NULL)
        WHERE id = ?""",
        [str(state), hindrance, stamp(at), str(state), stamp(at), str(state), stamp(at), undertaking.id],
    )
    _note_acted(db, undertaking.flag)


def _hindered(db: Database, undertaking: Undertaking, hindrance: Hindrance, again_at: datetime) -> None:
    """Note why a measure did not work, and when it is tried again."""
    db.execute(
        "UPDATE measures SET hindrance = ?, tries = tries + 1, again_at = ? WHERE id = ?",
        [str(hindrance), stamp(again_at), undertaking.id],
    )


def _note_acted(db: Database, flag: int) -> None:
    """A flag has been acted on when the last of its measures was carried out."""
    db.execute(
        """UPDATE flags SET acted_at = (SELECT max(done_at) FROM measures WHERE flag_id = flags.id)
        WHERE id = ? AND NOT EXISTS (SELECT 1 FROM measures WHERE flag_id = flags.id AND state = 'due')""",
        [flag],
    )


def _undertaking(row: Mapping[str, object]) -> Undertaking:
    seconds, hindrance = row["seconds"], row["hindrance"]
    length = None if seconds is None else timedelta(seconds=int(str(seconds)))
    return Undertaking(
        int(str(row["id"])),
        int(str(row["flag_id"])),
        Measure(Act(str(row["act"])), length),
        Standing(str(row["state"])),
        datetime.fromisoformat(str(row["asked_at"])),
        None if hindrance is None else Hindrance(str(hindrance)),
        int(str(row["tries"])),
        _moment(row["done_at"]),
        _moment(row["undone_at"]),
    )


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))
