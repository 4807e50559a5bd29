"""What do the commands that keep and forget ask of a database? Each opens it, does one thing and closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.backing_up import rules_of
from bot.backups_forgetting import after_forgetting
from bot.config import Settings
from bot.core.retention import RecordClass
from bot.store import forgetting, holds
from bot.store.connection import asked
from bot.store.forgetting import Proof
from bot.store.holds import Hold


def retain(db: Path, settings: Settings, now: datetime) -> int:
    """Forget what is due; in how many flags a text was."""
    count = asked(db, lambda each: forgetting.forget(each, settings.keeping(), now))
    after_forgetting(rules_of(settings, db), now)
    return count


def due(db: Path, settings: Settings, now: datetime) -> Mapping[RecordClass, int]:
    """What would be forgotten now, of each class how many rows; nothing is changed."""
    return asked(db, lambda each: forgetting.due(each, settings.keeping(), now))


def proofs(db: Path) -> list[Proof]:
    """What was forgotten, by month, class and decision."""
    return asked(db, forgetting.proofs)


def hold(db: Path, cases: Sequence[int], by: str, reason: str, now: datetime) -> list[int]:
    """Hold cases; those that were not held before."""
    return asked(db, lambda each: holds.hold(each, cases, by, reason, now))


def release(db: Path, cases: Sequence[int], by: str, reason: str, now: datetime) -> None:
    """Release cases."""
    asked(db, lambda each: holds.release(each, cases, by, reason, now))


def held(db: Path) -> list[Hold]:
    """The cases that are held."""
    return asked(db, holds.held)
