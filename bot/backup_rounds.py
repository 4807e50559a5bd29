"""How does a running bot make backups, and let them forget, without being held up? In a process of its own.

Copying gives way to others; locking does not, and would stop the bot's own work for as long as it takes. What is to be
done is said in arguments alone: the process has no configuration, and not the token.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from datetime import datetime, timedelta

from bot.backing_up import Rules, names_in, rules_of
from bot.backups_forgetting import folders
from bot.config import TOKEN, Settings
from bot.core.backups import among
from bot.core.deeds import MACHINE
from bot.core.errors import StoreError, UppsiktError
from bot.core.ports import Clock
from bot.healing import Sleep

log = logging.getLogger(__name__)

_GENTLY = 10  # as nice counts it; gentler, and on a busy machine it would never end
AGAIN = timedelta(hours=1)  # after one that failed


class Backups:
    """The backups of a bot's database."""

    def __init__(self, settings: Settings, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._rules = rules_of(settings, settings.database)
        self._every = timedelta(hours=settings.backup.hours)
        self._clock = clock
        self._sleep = sleep

    async def run(self) -> None:
        """Make one whenever the newest is old enough, until cancelled."""
        while True:
            pause = self._due_in()
            if pause <= timedelta():
                pause = await self._made()
            await self._sleep(pause.total_seconds())

    async def forget(self) -> None:
        """Let those that are there forget what has been forgotten; StoreError where they cannot."""
        if folders(self._rules):
            await self._asked("--forget")

    def _due_in(self) -> timedelta:
        folder = self._rules.folder
        made = among(names_in(folder)) if folder.is_dir() else []
        newest: datetime | None = made[-1].made if made else None
        now = self._clock.now()
        # One from the future was made by a clock that has been set back since: it tells nothing.
        return timedelta() if newest is None or newest > now else newest + self._every - now

    async def _made(self) -> timedelta:
        """How long until the next."""
        try:
            await self._asked("--reason", "made regularly")
        except UppsiktError as problem:
            log.warning("no backup was made, again in an hour: %s", problem)
            return AGAIN
        log.info("a backup was made")
        return self._every

    async def _asked(self, *what: str) -> None:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "backup", *_said(self._rules), *what,
            env={name: value for name, value in os.environ.items() if name != TOKEN},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        with suppress(ProcessLookupError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, child.pid, max(_GENTLY, os.getpriority(os.PRIO_PROCESS, 0)))
        try:
            _, said = await child.communicate()
        except asyncio.CancelledError:  # the bot stops: what is half-made is swept away by the next
            child.terminate()
            await child.wait()
            raise
        if child.returncode:
            lines = said.decode("utf-8", "replace").strip().splitlines() or [f"it ended with {child.returncode}"]
            raise StoreError(lines[-1].removeprefix("uppsikt: "))


def _said(rules: Rules) -> list[str]:
    """The rules, as arguments."""
    keys = [part for each in rules.recipients for part in ("--recipient", each)]
    return [
        "--config", os.devnull, "--db", str(rules.database), "--to", str(rules.folder), "--by", MACHINE,
        "--keep", str(rules.keep), "--locked-days", str(rules.locked_days), *keys,
    ]  # fmt: skip
