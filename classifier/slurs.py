"""Where in a text do slurs against groups stand? Found as the model reads, so that disguises hide none of them.

This decides nothing: a text is flagged by the model alone. It only lets a moderator read without being struck by the
same words all day. The list is short and ours, and holds no name that a group has for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from classifier.prepare import prepare
from classifier.slur_list import SlurList

_WORD = re.compile(r"\w+")


class Slurs:
    """Finds what stands on a list of slurs."""

    def __init__(self, entries: Iterable[str] | None = None) -> None:
        """`entries` as a line of the file has them; None: the file."""
        self._list = SlurList(entries)

    def find(self, text: str) -> list[tuple[int, int]]:
        """The ranges of a text, as it was given, that hold slurs, from its beginning to its end."""
        prepared = prepare(text)
        return [prepared.given(*match.span()) for match in _WORD.finditer(prepared.text) if match[0] in self._list]
