"""How is a file of messages read, so that a run that was broken off goes on where it was?

The database remembers how many bytes of a file were read and their SHA-256, in the same transaction as the flags
found in them. A file whose beginning has that digest is the same file, wherever it lies and however it has grown:
reading goes on behind it. What was read before is parsed again only to count lines and know ids.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.lines import BadLine, parse_event
from bot.core.messages import Event, Posted
from bot.core.ports import Progress

MAX_LINE = 4_000_000  # bytes: many times the longest message; anything longer is no message


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that could not be read, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line's events (none for a bad or blank one), how far the file is read with it, whether it is new."""

    number: int
    events: Sequence[Event]
    skipped: Skipped | None
    size: int
    new: bool


class ReplayFile:
    """One pass over a JSONL file."""

    def __init__(self, path: Path, known: Sequence[Progress]) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.start = _same_beginning(path, known, self.size)
        self._hash = hashlib.sha256()
        self._name = self.start.file if self.start else secrets.token_hex(8)
        self._seen: set[tuple[str, int]] = set()

    def lines(self) -> Iterator[Line]:
        """Every line of the file in order, the ones already read too."""
        begin = self.start.size if self.start else 0
        size = number = 0
        with self.path.open("rb") as file:
            while raw := file.readline(MAX_LINE):
                number += 1
                line, length = raw, len(raw)
                self._hash.update(raw)
                while len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                    raw = file.readline(MAX_LINE)  # the rest of a monstrous line is hashed, not kept
                    self._hash.update(raw)
                    length += len(raw)
                events, skipped = self._read(number, line)
                if skipped and not raw.endswith(b"\n"):
                    # A torn last line may still be being written: it is not counted as read.
                    yield Line(number, (), skipped, size, new=False)
                    return
                size += length
                end = size - len(raw) + len(raw.rstrip(b"\r\n"))  # an earlier run may have met it without its line end
                yield Line(number, events, skipped, size, end > begin)

    def progress(self, line: Line) -> Progress:
        """How far the file is read with the line that `lines` gave last."""
        return Progress(self._name, line.number, line.size, self._hash.hexdigest())

    def _read(self, number: int, raw: bytes) -> tuple[Sequence[Event], Skipped | None]:
        text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not text.strip():
            return (), None
        if len(raw) >= MAX_LINE:
            return (), Skipped(number, f"longer than {MAX_LINE} bytes")
        try:
            events = parse_event(text)
        except BadLine as problem:
            return (), Skipped(number, str(problem))
        for event in events:
            if isinstance(event, Posted):
                key = (event.id, event.revision)
                if key in self._seen:
                    return (), Skipped(number, f"message {event.id} stands on an earlier line already")
                self._seen.add(key)
        return events, None


def _same_beginning(path: Path, known: Sequence[Progress], size: int) -> Progress | None:
    """The longest known progress that is a beginning of this file."""
    wanted: dict[int, list[Progress]] = {}
    for progress in known:
        if progress.size <= size:
            wanted.setdefault(progress.size, []).append(progress)
    found, digest, here = None, hashlib.sha256(), 0
    with path.open("rb") as file:
        for end in sorted(wanted):
            while here < end and (chunk := file.read(min(1 << 20, end - here))):
                digest.update(chunk)
                here += len(chunk)
            for progress in wanted[end]:
                if progress.digest == digest.hexdigest():
                    found = progress
    return found
