"""How is a change of thresholds kept? A proposal is a row, what became of it another; nothing is updated.

The rules are asked inside the transaction that writes, so that of two admins at once the second is told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.changes import (
    Change,
    Proposal,
    State,
    Step,
    Where,
    checked,
    fresh,
    settled,
    to_undo,
    undoing,
)
from bot.store.keeping import stamp, storable
from bot.store.transaction import at_once

_STATES = {None: State.PROPOSED, "apply": State.APPLIED, "withdraw": State.WITHDRAWN}


def propose(db: Database, proposal: Proposal, policy: Policy) -> Change:
    """Put a proposal on record; `policy` is as configured. Unchanged where the rules refuse it."""
    with at_once(db):
        ready = checked(proposal, policy, changes(db), channels(db))
        return Change(_insert(db, ready), ready)


def apply(db: Database, number: int, by: str, at: datetime, model: str) -> Change:
    """Bring a proposal into force; `model` is the id of the one in use. Unchanged where the rules refuse it."""
    with at_once(db):
        known = changes(db)
        found = next((each for each in known if each.number == number), None)
        after = settled(found, number, Step.APPLY, by, at)
        fresh(after.proposal, known, model)
        return _settle(db, after, Step.APPLY)


def withdraw(db: Database, number: int, by: str, at: datetime) -> Change:
    """Put a proposal aside. Unchanged where the rules refuse it."""
    with at_once(db):
        found = next((each for each in changes(db) if each.number == number), None)
        return _settle(db, settled(found, number, Step.WITHDRAW, by, at), Step.WITHDRAW)


def change(db: Database, proposal: Proposal, policy: Policy) -> Change:
    """Propose and apply in one. Unchanged where the rules refuse it."""
    with at_once(db):
        number = propose(db, proposal, policy).number
        return apply(db, number, proposal.by, proposal.at, proposal.model)


def undo(
    db: Database,
    number: int,
    by: str,
    at: datetime,
    why: str,
    *,
    model: str = "",
    figures: Mapping[str, object] | None = None,
) -> Change:
    """Take a change back, at once. Unchanged where the rules refuse it."""
    with at_once(db):
        known = changes(db)
        taken = to_undo(known, number)
        back = undoing(taken, known, by=by, at=at, why=why, model=model, figures=figures)
        # Whatever place it is of was good when it was set: a group that is gone since must not keep it in force.
        whole = Policy({}, groups={taken.proposal.where.group: frozenset()})
        return change(db, back, whole)


def changes(db: Database) -> list[Change]:
    """All that is on record, by number."""
    rows = db.execute(
        """SELECT threshold_changes.*, step, threshold_steps.by AS settled_by, at FROM threshold_changes
        LEFT JOIN threshold_steps ON change_id = id ORDER BY id"""
    )
    return [_change(row) for row in rows.fetchall()]


def last_applied(db: Database) -> int:
    """The number of the last change that came into force; 0 for none. One step in an index."""
    row = db.execute("SELECT max(change_id) FROM threshold_steps WHERE step = 'apply'").fetchone()
    return int(row[0] or 0)


def channels(db: Database) -> dict[str, Channel]:
    """The channels and threads that are known, by id."""
    rows = db.execute(
        """SELECT here.id, here.name, here.guild_id, here.parent_id, coalesce(above.name, '') AS parent
        FROM channels AS here LEFT JOIN channels AS above ON above.id = here.parent_id ORDER BY here.id"""
    ).fetchall()
    return {
        row["id"]: Channel(row["id"], row["name"], row["guild_id"], row["parent_id"], row["parent"]) for row in rows
    }


def _insert(db: Database, proposal: Proposal) -> int:
    where = proposal.where
    scope = "group" if where.group else "channel" if where.channel else "everywhere"
    cursor = db.execute(
        """INSERT INTO threshold_changes (scope, place, thresholds, by, why, base, model, figures, undoes, proposed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            scope,
            where.group or where.channel,
            json.dumps(dict(proposal.values)),
            storable(proposal.by),
            storable(proposal.why),
            proposal.base,
            proposal.model,
            storable(json.dumps(dict(proposal.figures), ensure_ascii=False, allow_nan=False)),
            proposal.undoes or None,
            stamp(proposal.at),
        ],
    )
    return int(cursor.lastrowid or 0)


def _settle(db: Database, after: Change, step: Step) -> Change:
    assert after.at is not None, "a settled change has its moment"
    db.execute(
        "INSERT INTO threshold_steps (change_id, step, by, at) VALUES (?, ?, ?, ?)",
        [after.number, str(step), storable(after.by), stamp(after.at)],
    )
    return after


def _change(row: Mapping[str, Any]) -> Change:
    where = Where(**({} if row["scope"] == "everywhere" else {row["scope"]: row["place"]}))
    proposal = Proposal(
        where,
        json.loads(row["thresholds"]),
        row["by"],
        datetime.fromisoformat(row["proposed_at"]),
        row["why"],
        row["base"],
        row["model"],
        json.loads(row["figures"]),
        row["undoes"] or 0,
    )
    at = datetime.fromisoformat(row["at"]) if row["at"] else None
    return Change(row["id"], proposal, _STATES[row["step"]], row["settled_by"] or "", at)
