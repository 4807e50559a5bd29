"""What was seen lately? A mapping that keeps the newest entries only, so that a long run does not fill the memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `size` entries; the one not touched for the longest time goes first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """An entry, which is thereby touched; None where there is none."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: K, value: V) -> None:
        """Remember an entry, at the cost of the oldest."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def changed(self, key: K, value: V) -> bool:
        """Remember an entry; whether it differs from what was remembered."""
        before = self.get(key)
        self.put(key, value)
        return before != value
