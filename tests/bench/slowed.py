"""The live bot, with a slow model and a slow disk if asked for.

`python -m tests.bench.slowed API GATEWAY CDN FOLDER MODEL LEAST MOST`

MODEL: seconds that each batch takes more; LEAST, MOST: seconds that each call of the store takes more.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import bot.live
from bot.config import Settings
from bot.store import SqliteStore
from classifier.verdict import Verdict
from tests import live_child

T = TypeVar("T")


class SlowModel:
    """A model whose every batch takes longer, on the thread where it reads; else the model itself."""

    def __init__(self, model: Any, seconds: float) -> None:
        self._model, self._seconds = model, seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        time.sleep(self._seconds)
        verdicts: list[Verdict] = self._model.read(texts, explain=explain)
        return verdicts


def slow_store(least: float, most: float) -> type[SqliteStore]:
    """The store whose every call takes longer, on its own thread."""

    class SlowStore(SqliteStore):
        def _translated(self, work: Callable[[], T]) -> T:
            time.sleep(random.uniform(least, most))
            return super()._translated(work)

    return SlowStore


def main(api: str, gateway: str, cdn: str, folder: str, model: str, least: str, most: str) -> None:
    """Run until told to stop, slow where it is asked."""
    if float(model):
        load: Callable[[Settings], Any] = bot.live.load_model
        bot.live.load_model = lambda settings: SlowModel(load(settings), float(model))  # type: ignore[assignment]
    if float(most):
        bot.live.SqliteStore = slow_store(float(least), float(most))  # type: ignore[misc]
    live_child.main(api, gateway, cdn, folder)


if __name__ == "__main__":
    main(*sys.argv[1:8])
