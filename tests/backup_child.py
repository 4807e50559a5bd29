"""Backups and restores in a process of their own, to be killed at any moment."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot import backing_up, backups_forgetting, restoring
from bot.backing_up import Rules
from tests.builders import NOW

PATIENCE = 60  # seconds until a child that hangs is called failed


def work(what: str, rules: Rules, file: Path | None, begun: Connection) -> None:
    """Tell when the work begins, then do it."""
    begun.send(True)
    if what == "back_up":
        backing_up.back_up(rules, "Maja", "to be safe", NOW + timedelta(days=1))
    elif what == "after_forgetting":
        backups_forgetting.after_forgetting(rules, NOW + timedelta(days=1))
    else:
        assert file is not None
        restoring.restore(file, rules, None, "Maja", "to go back", NOW + timedelta(days=1))


def killed_after(seconds: float, what: str, rules: Rules, file: Path | None = None) -> bool:
    """Whether it was killed before it ended."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(what, rules, file, there))
    child.start()
    there.close()
    assert here.poll(PATIENCE)
    here.recv()
    child.join(seconds)
    child.kill()
    child.join(PATIENCE)
    return child.exitcode != 0


def seconds(of: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.monotonic()
    of()
    return time.monotonic() - began
