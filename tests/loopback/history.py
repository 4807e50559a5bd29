"""What has been written in a channel, and which page of it does a request get?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .messages import Message


class History:
    """Messages in the order of their ids; finding a page costs no more in a long history than in a short one."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._by_id: dict[int, Message] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Message]:
        return (self._by_id[message_id] for message_id in self._ids)

    @property
    def last(self) -> Message | None:
        return self._by_id[self._ids[-1]] if self._ids else None

    def get(self, message_id: int) -> Message | None:
        return self._by_id.get(message_id)

    def add(self, message: Message) -> None:
        insort(self._ids, message.id)
        self._by_id[message.id] = message

    def remove(self, message: Message) -> None:
        del self._by_id[message.id]
        del self._ids[bisect_left(self._ids, message.id)]

    def page(self, limit: int, before: int | None, after: int | None, around: int | None) -> list[Message]:
        """Newest first, whichever way is asked. `after` gives the messages right after it, not the newest ones."""
        if after is not None:
            start = bisect_right(self._ids, after)
            ids = self._ids[start : start + limit]
        elif around is not None:
            middle = bisect_left(self._ids, around)
            start = max(0, middle - limit // 2)
            ids = self._ids[start : start + limit]
        else:
            end = len(self._ids) if before is None else bisect_left(self._ids, before)
            ids = self._ids[max(0, end - limit) : end]
        return [self._by_id[message_id] for message_id in reversed(ids)]
