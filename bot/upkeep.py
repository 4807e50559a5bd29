"""How do cards come to show what was saved, whatever fails on the way? From the store, again and again.

The store knows which cards are behind a decision, a deletion, an edit or the end of a text, whoever made it. Who is
looking is known in memory alone: such a card is brought up to date once, when it is asked for, and only while its flag
is open. Discord lets a channel's messages be changed about once a second, so what was saved never waits for who looks.

Whoever changes a card holds its flag's lock from reading the case until the store knows what the card shows: otherwise
an older view could land last, and pass for the newer one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.core.cases import Card
from bot.core.errors import PlatformError
from bot.core.leases import Leases
from bot.core.ports import CardBoard, CaseStore, Clock
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)

AT_ONCE = 50  # cards asked of the store in one go


class CardUpkeep:
    """Brings cards up to date."""

    def __init__(self, store: CaseStore, clock: Clock, leases: Leases, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._leases = leases
        self._healing = Healing(log, "cards not updated", sleep)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._asked: set[int] = set()  # flags whose cards should say who is looking

    def changed(self, flag: int) -> None:
        """Somebody looks at a flag, or has decided it."""
        self._asked.add(flag)
        self._healing.wake()

    def wake(self) -> None:
        """Something may have been saved, by us or by another program."""
        self._healing.wake()

    def lock(self, flag: int) -> asyncio.Lock:
        """Held by whoever changes a flag's cards."""
        return self._locks.setdefault(flag, asyncio.Lock())

    async def run(self, board: CardBoard) -> None:
        """Keep cards up to date until cancelled."""
        await self._healing.run(lambda: self._catch_up(board))

    async def _catch_up(self, board: CardBoard) -> None:
        problems: list[PlatformError] = []
        after = 0
        while behind := await self._store.cards_behind(after, AT_ONCE):
            problems += await self._show(board, behind, self._catch_up_with)
            after = behind[-1].id
        self._asked.update(self._leases.lapse(self._clock.now()))
        while self._asked:
            looked = await self._store.case(self._asked.pop())
            if looked is not None and looked.is_open:  # else nobody's looking is shown, and its cards know already
                problems += await self._show(board, await self._store.cards_of(looked.id), self._bring_up_to_date)
            if self._healing.is_woken:  # something may have been saved: that is shown first
                break
        if problems:
            raise problems[0]

    async def _show(
        self, board: CardBoard, cards: Sequence[Card], show: Callable[[CardBoard, Card], Awaitable[None]]
    ) -> list[PlatformError]:
        """What kept some of these from being updated: one card's refusal does not hold up the others."""
        problems = []
        for card in cards:
            try:
                async with self.lock(card.flag):
                    await show(board, card)
            except PlatformError as problem:
                problems.append(problem)
        return problems

    async def _catch_up_with(self, board: CardBoard, card: Card) -> None:
        """A card that was behind when it was asked for; meanwhile whoever decided may have shown it."""
        now = await self._store.cards_of(card.flag)
        case = await self._store.case(card.flag)
        if case is not None and any(each.id == card.id and each.version < case.version for each in now):
            await self._bring_up_to_date(board, card)

    async def _bring_up_to_date(self, board: CardBoard, card: Card) -> None:
        case = await self._store.case(card.flag)
        assert case is not None, "a card belongs to a flag, and flags are never deleted"
        if await board.show(card, case, self._leases.of(card.flag, self._clock.now())):
            await self._store.shown(replace(card, version=case.version))
        else:
            await self._store.card_gone(card)
            log.info("flag %d: its card is gone", card.flag)
