"""`uppsikt replay` with the fake classifier in a process of its own, to be killed at any moment.

Its batches are small, so that a short file has many places to be killed at.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from bot import app
from bot import pipeline as pipelines
from bot.config import Settings
from bot.replay import Skipped
from tests.builders import ReplayModel

BATCH = 50


def replay(file: Path, db: Path, begun: Connection) -> None:
    """Tell when the work begins, then do it."""
    skipped: list[Skipped] = []
    pipelines.BATCH = BATCH
    begun.send(True)
    app.replay(file, db, Settings(), skip=skipped.append, model=ReplayModel())  # type: ignore[arg-type]  # the port
