"""How are texts from a stream classified in order, without waiting for more than there is?

A thread reads lines; whatever waits is one batch. So a file is read at full speed, and a program that writes one
line and waits for its verdict gets it.
"""

from __future__ import annotations

import io
import json
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bot import app
from bot.config import Settings
from bot.core.errors import BadInput
from bot.core.lines import BadLine, Text, parse_text
from bot.progress import bar
from classifier.verdict import Verdict

BATCH = 256
Skip = Callable[[int, str], None]


def verdict_lines(file: str, settings: Settings, *, explain: bool, skip: Skip) -> Iterator[str]:
    """Verdicts as JSON, one for each line that could be read, in order."""
    batches = _batches(file, skip)
    waiting: list[list[Text]] = []

    def texts() -> Iterator[list[str]]:
        for batch in batches:
            waiting.append(batch)
            yield [item.text for item in batch]

    done = 0
    with bar(None, "messages") as show:
        for verdicts in app.classify(texts(), settings, explain=explain):
            for item, (verdict, flagged) in zip(waiting.pop(), verdicts, strict=True):
                yield as_json(item.id, verdict, flagged, explain=explain)
            done += len(verdicts)
            show(done)
            sys.stdout.flush()


def as_json(message_id: str, verdict: Verdict, flagged: bool, *, explain: bool) -> str:
    """A verdict in the format of the interfaces."""
    row: dict[str, object] = {
        "id": message_id,
        "flag": flagged,
        "score": round(verdict.score, 4),
        "motives": {label: round(value, 4) for label, value in verdict.motives.items()},
        "targets": {label: round(value, 4) for label, value in verdict.targets.items()},
        "threat": round(verdict.threat, 4),
    }
    if explain:
        row["spans"] = [[span.start, span.end, round(span.weight, 4)] for span in verdict.spans]
    row |= {"model": verdict.model, "language": verdict.language, "unread": verdict.unread}
    return json.dumps(row, ensure_ascii=False)


def _batches(file: str, skip: Skip) -> Iterator[list[Text]]:
    """Lines that could be read, as many at a time as wait."""
    lines: queue.Queue[bytes | OSError | None] = queue.Queue(maxsize=4 * BATCH)

    def read() -> None:
        end = None
        try:
            with _opened(file) as stream:
                for line in stream:
                    lines.put(line)
        except OSError as problem:
            end = problem
        lines.put(end)

    threading.Thread(target=read, name="lines", daemon=True).start()
    number, more = 0, True
    while more:
        batch: list[Text] = []
        line = lines.get()
        while True:
            if line is None:
                more = False
                break
            if isinstance(line, OSError):
                raise BadInput(f"{file}: {line.strerror or line}")
            number += 1
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if text.strip():
                try:
                    batch.append(parse_text(text))
                except BadLine as problem:
                    skip(number, str(problem))
            if len(batch) >= BATCH or lines.empty():
                break
            line = lines.get()
        if batch:
            yield batch


def _opened(file: str) -> BinaryIO:
    """The stream of bytes. Standard input gets a buffer of its own: Python's is locked while our thread waits in it,
    and a program that ends meanwhile (Ctrl-C, a closed pipe) would die of that lock."""
    if file != "-":
        return Path(file).open("rb")
    raw: Any = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
    return io.BufferedReader(raw)
