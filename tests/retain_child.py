"""Forgetting in a process of its own, to be killed at any moment; its batches are small, so that there are many."""

from __future__ import annotations

from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from bot.core.retention import Retention
from bot.store import forgetting
from bot.store.connection import asked

BATCH = 7


def retain(db: Path, rules: Retention, now: datetime, begun: Connection) -> None:
    """Tell when the work begins, then do it."""
    forgetting.AT_ONCE = BATCH
    begun.send(True)
    asked(db, lambda each: forgetting.forget(each, rules, now))
