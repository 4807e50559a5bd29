"""Do cards come to show what was saved, whatever fails on the way? Against a real store, with time in hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest_asyncio

from bot.core.cases import Card, Case, Told
from bot.core.errors import PlatformError, StoreBusy
from bot.core.flags import State, Step
from bot.core.leases import LENGTH, Lease, Leases
from bot.core.opinions import Turn
from bot.reviewing import Reviewing
from bot.store import SqliteStore
from bot.upkeep import AT_ONCE, CardUpkeep
from tests.builders import FLAGGED, NOW, decision, flag, kept, post
from tests.fakes import FakeClock

PATIENCE = 20  # seconds until a test that hangs is called failed
HERE = ("1",)


class Board:
    """Remembers what its cards show; cards that are gone, and problems to have first, are given."""

    def __init__(self, *problems: Exception, gone: tuple[str, ...] = ()) -> None:
        self.problems = list(problems)
        self.gone = gone
        self.cards: dict[str, tuple[State, str]] = {}
        self.changes = 0
        self.meanwhile: Callable[[Case], Awaitable[object]] = lambda _case: asyncio.sleep(0)

    async def show(self, card: Card, case: Case, lease: Lease | None) -> bool:
        await self.meanwhile(case)
        if self.problems:
            raise self.problems.pop(0)
        if card.message in self.gone:
            return False
        self.cards[card.message] = (case.state, lease.holder if lease else "")
        self.changes += 1
        return True


class Desk:
    """A store with flags that have cards, and those who look after them."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.clock = FakeClock(NOW)
        self.leases = Leases()
        self.upkeep = CardUpkeep(store, self.clock, self.leases, lambda _seconds: asyncio.sleep(0))
        self.reviewing = Reviewing(store, self.clock, self.leases, self.upkeep)

    async def hang(self, count: int) -> None:
        """So many flags, each with a card of its number."""
        await self.store.keep(kept(*(flag(post(number, FLAGGED)) for number in range(1, count + 1))))
        numbers = range(1, count + 1)
        await self.store.announced(Told(list(numbers), [Card(n, "9", str(n), 0) for n in numbers]), NOW)

    async def up_to_date(self) -> None:
        """Wait until no card is behind."""
        async with asyncio.timeout(PATIENCE):
            while await self.store.cards_behind(0, 1):
                await asyncio.sleep(0)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0)


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = SqliteStore.open(tmp_path / "uppsikt.db")
    yield Desk(store)
    await store.close()


@asynccontextmanager
async def kept_up(desk: Desk, board: Board) -> AsyncIterator[None]:
    task = asyncio.create_task(desk.upkeep.run(board))
    try:
        yield
        assert not task.done(), "the upkeep ended by itself"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_an_earlier_run_left_behind_is_brought_up_to_date_at_the_start(desk: Desk) -> None:
    count = 2 * AT_ONCE + 1
    await desk.hang(count)
    for number in range(1, count + 1):
        await desk.store.rule(decision(number, Step.DISMISS))
    board = Board()
    async with kept_up(desk, board):
        await desk.up_to_date()
    assert set(board.cards) == {str(number) for number in range(1, count + 1)}
    assert board.changes == count


async def test_a_card_that_is_refused_is_tried_again_and_holds_up_no_other(desk: Desk) -> None:
    await desk.hang(3)
    board = Board(PlatformError("no"), PlatformError("no"), PlatformError("no"), PlatformError("no"))
    for number in (1, 2, 3):
        await desk.store.rule(decision(number))
    async with kept_up(desk, board):
        await desk.up_to_date()
    assert {state for state, _ in board.cards.values()} == {State.UPHELD}


async def test_a_card_that_is_gone_is_asked_for_once(desk: Desk) -> None:
    await desk.hang(2)
    board = Board(gone=("1",))
    for number in (1, 2):
        await desk.store.rule(decision(number))
    async with kept_up(desk, board):
        await desk.up_to_date()
    assert await desk.store.cards_of(1) == []
    assert set(board.cards) == {"2"}


async def test_a_decision_that_comes_while_its_card_is_changed_is_shown_in_the_end(desk: Desk) -> None:
    await desk.hang(1)
    board = Board()

    async def decided_meanwhile(case: Case) -> None:
        if case.state is State.PENDING:
            await desk.store.rule(decision(1))
            desk.upkeep.wake()

    board.meanwhile = decided_meanwhile
    async with kept_up(desk, board):
        await desk.reviewing.open(1, "mo")
        await desk.until(lambda: board.cards.get("1", (None,))[0] is State.UPHELD)
        await desk.up_to_date()


async def test_who_looks_is_shown_until_the_lease_lapses(desk: Desk) -> None:
    await desk.hang(1)
    board = Board()
    async with kept_up(desk, board):
        await desk.reviewing.open(1, "mo")
        await desk.until(lambda: board.cards.get("1") == (State.PENDING, "mo"))
        desk.clock.advance(seconds=LENGTH.total_seconds())
        desk.upkeep.wake()
        await desk.until(lambda: board.cards["1"] == (State.PENDING, ""))


async def test_what_was_saved_is_shown_before_who_looks_at_many_others(desk: Desk) -> None:
    await desk.hang(30)
    board = Board()
    shown: list[int] = []

    async def decided_meanwhile(case: Case) -> None:
        shown.append(case.id)
        if len(shown) == 1:
            await desk.store.rule(decision(30, Step.DISMISS))
            desk.upkeep.wake()

    board.meanwhile = decided_meanwhile
    for number in range(1, 30):
        await desk.reviewing.open(number, f"mo{number}")
    async with kept_up(desk, board):
        await desk.until(lambda: len(board.cards) == 30)
    assert shown.index(30) == 1


async def test_a_card_that_shows_its_decision_is_not_changed_again_for_who_looked(desk: Desk) -> None:
    await desk.hang(3)
    board = Board()
    for number in (1, 2, 3):
        await desk.reviewing.open(number, "mo")
    for number in (1, 2):
        ruling = await desk.reviewing.decide(number, Step.DISMISS, "mo")
        assert ruling is not None
        async with desk.reviewing.showing(number) as note:
            await note(Card(number, "9", str(number), ruling.case.version))
    async with kept_up(desk, board):
        await desk.until(lambda: "3" in board.cards)
        await desk.up_to_date()
    assert set(board.cards) == {"3"}


async def test_a_card_that_somebody_else_brought_up_to_date_meanwhile_is_left_alone(desk: Desk) -> None:
    await desk.hang(3)
    board = Board()
    for number in (1, 2, 3):
        await desk.store.rule(decision(number, Step.DISMISS))

    async def shown_meanwhile(case: Case) -> None:
        if case.id == 1:
            async with desk.reviewing.showing(2) as note:
                await note(Card(2, "9", "2", case.version))

    board.meanwhile = shown_meanwhile
    async with kept_up(desk, board):
        await desk.up_to_date()
    assert set(board.cards) == {"1", "3"}


async def test_everybody_who_asks_at_once_gets_a_flag_of_their_own(desk: Desk) -> None:
    await desk.hang(20)
    people = [f"mo{number}" for number in range(20)]
    opened = await asyncio.gather(*(desk.reviewing.next(who, HERE) for who in people))
    assert sorted(each[0].id for each in opened if each) == list(range(1, 21))
    assert [each[1].holder for each in opened if each] == people


async def test_of_many_who_ask_at_once_nobody_has_to_ask_again(desk: Desk) -> None:
    await desk.hang(50)
    works, asked = desk.store.next_case, []

    async def counted(guilds: Sequence[str], others: Sequence[int], turn: Turn | None = None) -> Case | None:
        asked.append(others)
        return await works(guilds, others, turn)

    desk.store.next_case = counted  # type: ignore[method-assign]
    await asyncio.gather(*(desk.reviewing.next(f"mo{number}", HERE) for number in range(50)))
    assert len(asked) == 50


async def test_of_many_decisions_on_one_flag_at_once_one_is_kept(desk: Desk) -> None:
    await desk.hang(1)
    steps = [Step.UPHOLD, Step.DISMISS] * 10
    rulings = await asyncio.gather(*(desk.reviewing.decide(1, step, str(n)) for n, step in enumerate(steps)))
    assert [ruling.changed for ruling in rulings if ruling].count(True) == 1
    assert len({ruling.case.decision for ruling in rulings if ruling}) == 1
    count = await desk.store.do(lambda db: db.execute("SELECT count(*) FROM decisions").fetchone()[0])
    assert count == 1


async def test_a_flag_that_could_not_be_opened_is_left_to_others(desk: Desk) -> None:
    await desk.hang(1)
    works = desk.store.seen

    async def busy(flag: int, at: object) -> None:
        raise StoreBusy("locked")

    desk.store.seen = busy  # type: ignore[method-assign]
    try:
        await desk.reviewing.next("mo", HERE)
    except StoreBusy:
        desk.store.seen = works  # type: ignore[method-assign]
    opened = await desk.reviewing.next("my", HERE)
    assert opened is not None
    assert opened[1].holder == "my"


async def test_a_decision_ends_the_lease(desk: Desk) -> None:
    await desk.hang(1)
    await desk.reviewing.open(1, "mo")
    await desk.reviewing.decide(1, Step.UPHOLD, "mo")
    assert desk.leases.of(1, NOW) is None
