"""How is a file written so that nobody ever meets half of it? Beside its place, and moved there when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write meanwhile; what was written takes the file's place at the end, and after an error nothing does."""
    part = path.with_name(path.name + ".part")
    yield part
    part.replace(path)
