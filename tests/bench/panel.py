"""What does a page of the panel cost when there are many flags? With 1,000 and with 1,000,000 of them, a tenth open,
thirty moderators asking at once while messages stream in.

The two panels are asked in turn, so that whatever else the machine does meets both. A page that others add is one more
line of PAGES. `python -m tests.bench.panel 10000` tries it with fewer.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench.panel_hand import sixty_cases
from tests.bench.panel_seed import FIRST, seed
from tests.bench.panel_served import Served, served, streaming
from tests.bench.town import percentile

FEW, MANY = 1_000, 1_000_000
PLACE = FIRST + 5
OFTEN, SELDOM = 5, 2  # rounds of a page by everybody: of most, and of what is worked out at length for each who asks
PAGES: Mapping[str, tuple[str, int]] = {  # `{flag}` is another one each time
    "queue": ("/queue", OFTEN),
    "queue, by motive": ("/queue?motive=misogyny", OFTEN),
    "queue, reported in a channel": (f"/queue?channel={PLACE}&reported=1", OFTEN),
    "queue with a case": ("/queue?case={flag}", OFTEN),
    "queue, decided": ("/queue?pile=decided", OFTEN),
    "case": ("/case/{flag}", OFTEN),
    "map": ("/map", OFTEN),
    "map of a channel": (f"/map?channel={PLACE}", OFTEN),
    "cases behind a cell": (f"/map/cases?channel={PLACE}&block=10", OFTEN),
    "week": ("/week", OFTEN),
    "settings": ("/settings", OFTEN),
    "record": ("/record", OFTEN),
    "record of a person": ("/record?by=m1", OFTEN),
    "record of reopenings": ("/record?kind=reopening", OFTEN),
    "thresholds": ("/thresholds?threshold=0,9", SELDOM),
    "thresholds, live figures": ("/thresholds/live", SELDOM),
    "thresholds, a plot": ("/thresholds/precision.svg?threshold=0,9", SELDOM),
}
FORMS = ("uphold", "reopen")


@dataclass(slots=True)
class Both:
    """The two panels, and what has been measured."""

    few: Served
    many: Served
    times: dict[str, list[float]]

    async def ask(self, name: str, once: Callable[[Served], Awaitable[list[float]]], *, counts: bool = True) -> None:
        """Both, one after the other; the next time the other way round."""
        pair = [("few", self.few), ("many", self.many)]
        for which, panel in pair if len(self.times.get(f"{name} few", ())) % 2 else reversed(pair):
            found = await once(panel)
            self.times.setdefault(f"{name} {which}", []).extend(found if counts else ())


def panel(few: int = FEW, many: int = MANY) -> dict[str, float]:
    """The 95th percentile of each page in milliseconds for both sizes, its weight in KB, and a hand's seconds."""
    return asyncio.run(_panel(few, many))


async def _panel(few: int, many: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.db" for size in (few, many)}
        for size, path in files.items():
            seed(path, size)
        async with AsyncExitStack() as stack:
            panels = [await stack.enter_async_context(served(path, size)) for size, path in files.items()]
            await stack.enter_async_context(streaming(list(files.values())))
            both = Both(panels[0], panels[1], {})
            await _measure(both)
            found = {f"{name} ms": percentile(each, 0.95) for name, each in both.times.items()}
            hand = both.many.hands[0]
            weights = {f"{name} KB": await hand.weight(at.format(flag=10)) for name, (at, _) in PAGES.items()}
            return found | weights | await sixty_cases(both.many.address, hand.secret)


async def _measure(both: Both) -> None:
    """Every page by everybody, so many rounds; the first of each is not counted."""
    for name, (place, rounds) in PAGES.items():
        for number in range(rounds + 1):
            await both.ask(name, lambda panel, place=place: panel.look(place), counts=number > 0)  # type: ignore[misc]
    for number in range(OFTEN + 1):
        await both.ask("uphold", Served.uphold, counts=number > 0)
        await both.ask("reopen", Served.reopen, counts=number > 0)


def _told(found: Mapping[str, float]) -> None:
    for name in (*PAGES, *FORMS):
        few, many = found[f"{name} few ms"], found[f"{name} many ms"]
        print(f"{name:30} {few:8.0f} ms {many:8.0f} ms {many / few:6.2f} {found.get(f'{name} KB', 0):6.0f} KB")
    print({key: round(value, 1) for key, value in found.items() if key.startswith("hand")})


if __name__ == "__main__":
    _told(panel(FEW, int(sys.argv[1]) if sys.argv[1:] else MANY))
