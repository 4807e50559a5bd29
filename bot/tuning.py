"""Which policy is in force right now? One whole value, swapped between batches when a change was applied.

Whoever assesses asks once for each batch and keeps what it was given to the end of it, so that a batch is judged by one
policy. A change may come from another process, such as a terminal: a glance every few seconds at the number of the last
one tells, and only a new number makes the changes be read.
"""

from __future__ import annotations

import asyncio
import logging

from bot.core.errors import StoreError
from bot.core.policy import Policy
from bot.core.ports.thresholds import ThresholdStore
from bot.core.tuning.changes import last
from bot.core.tuning.in_force import in_force
from bot.healing import Sleep

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0  # between glances


class Tuning:
    """Holds the policy in force; the configured one until `look` was called first."""

    def __init__(self, store: ThresholdStore, configured: Policy) -> None:
        self.configured = configured
        self._store = store
        self._policy = configured
        self._number = 0

    def policy(self) -> Policy:
        """The policy in force; never changes itself."""
        return self._policy

    async def look(self) -> bool:
        """Take over what was applied since; whether anything was. StoreError where it cannot be read."""
        if await self._store.last_applied() == self._number:
            return False
        changes = await self._store.changes()
        self._policy = in_force(self.configured, changes)
        self._number = last(changes)
        log.info("thresholds in force: those of change %d", self._number)
        return True

    async def run(self, sleep: Sleep = asyncio.sleep) -> None:
        """Look again and again until cancelled; while the database cannot be read, what was in force stays so."""
        while True:
            await sleep(LOOK_SECONDS)
            try:
                await self.look()
            except StoreError as problem:
                log.warning("thresholds not looked at: %s", problem)
