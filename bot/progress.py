"""How is long work shown? A bar with rate and remaining time on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(total: int | None, unit: str, *, done: int = 0) -> Iterator[Callable[[int], None]]:
    """A bar on stderr; the function it gives is told how much is done in all."""
    with tqdm(total=total, initial=done, unit=f" {unit}", disable=None, dynamic_ncols=True, leave=False) as shown:

        def at(place: int) -> None:
            shown.update(place - shown.n)

        yield at
