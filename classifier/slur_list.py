"""Is this word a slur against a group? The list alone, word by word, with marks or without."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from unicodedata import combining, normalize

SLURS = Path(__file__).parent / "data" / "slurs.txt"


class SlurList:
    """Slurs as the lines of the file have them; read when the first word is asked about."""

    def __init__(self, entries: Iterable[str] | None = None) -> None:
        """`entries`: lines of the file; None: the file."""
        self._given = None if entries is None else list(entries)

    def __contains__(self, word: str) -> bool:
        bare = _bare(word)
        return bare in self._whole or bare.startswith(self._starts) or any(part in bare for part in self._parts)

    @cached_property
    def _entries(self) -> list[str]:
        lines = SLURS.read_text("utf-8").splitlines() if self._given is None else self._given
        bare = [_bare(line.strip()) for line in lines if not line.startswith("#")]
        return [line for line in bare if line.strip("*")]

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(entry for entry in self._entries if "*" not in entry)

    @cached_property
    def _starts(self) -> tuple[str, ...]:
        return tuple(entry[:-1] for entry in self._entries if entry.endswith("*") and entry[0] != "*")

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(entry.strip("*") for entry in self._entries if entry[0] == "*")


def _bare(word: str) -> str:
    """A word in small letters without marks, which are left out or put on as people please."""
    small = word.lower()
    return small if small.isascii() else "".join(c for c in normalize("NFKD", small) if not combining(c))
