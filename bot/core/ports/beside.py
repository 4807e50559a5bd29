"""What does the panel ask of a bot that runs beside it? What Discord alone knows: the words around a message, and what
may be done to it. Without a bot there is none of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.core.cases import Case
from bot.core.context import Context, Missing
from bot.core.measures import Act, Measure
from bot.core.messages import Posted
from bot.core.undertakings import Hindrance


class BotBeside(Protocol):
    """A bot that is connected to Discord."""

    async def context(self, message: Posted) -> Context | Missing:
        """What stands around a message, fetched now and kept nowhere; or why it cannot be."""
        ...

    async def means(self, case: Case) -> Mapping[Act, Hindrance | None]:
        """The measures that are configured, and what stands in the way of each."""
        ...

    async def hindered(self, case: Case, measures: Iterable[Measure]) -> Mapping[Act, Hindrance | None]:
        """What stands in the way of those that were chosen."""
        ...
