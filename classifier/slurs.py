"""Where in a text do slurs against groups stand? Found as the model reads, so that disguises hide none of them.

This decides nothing: a text is flagged by the model alone. It only lets a moderator read without being struck by the
same words all day. The list is short and ours, and holds no name that a group has for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from unicodedata import combining, normalize

from classifier.prepare import prepare

SLURS = Path(__file__).parent / "data" / "slurs.txt"
_WORD = re.compile(r"\w+")


class Slurs:
    """A list of slurs; read when the first text is asked about."""

    def __init__(self, entries: Iterable[str] | None = None) -> None:
        """`entries` as a line of the file has them; None: the file."""
        self._given = None if entries is None else list(entries)

    def find(self, text: str) -> list[tuple[int, int]]:
        """The ranges of a text, as it was given, that hold slurs, from its beginning to its end."""
        prepared = prepare(text)
        return [prepared.given(*match.span()) for match in _WORD.finditer(prepared.text) if self._has(match[0])]

    def _has(self, word: str) -> bool:
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
