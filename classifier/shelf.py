"""Which models are there, which one is in force, and who put it there?

A name is looked for in the shelf's own folder, then among the models that come with Uppsikt. `promoted.json` in the own
folder is the history of promotions, each by a person, and only ever grows; the last one is in force. Nothing here
looks inside a model: that is `manifest`'s and `model`'s.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from classifier.errors import ModelError

SHIPPED = "uppsikt-sv"  # in force until somebody promotes another
PROMOTED = "promoted.json"
PART = ".part"  # what a folder that is still being written ends with
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Promotion:
    """A person put a model in force."""

    name: str
    digest: str  # the model's, so that a folder that was changed since is seen
    by: str
    at: datetime
    reason: str = ""


def plain(name: str) -> bool:
    """Whether a name can be a folder's on the shelf, and nothing else: no path, no option, no hidden file."""
    return _NAME.fullmatch(name) is not None and not name.endswith((PART, ".json"))


class Shelf:
    """Two folders of models: the own one, which is written to, and the one that comes with Uppsikt."""

    def __init__(self, own: Path, shipped: Path) -> None:
        self.own = own
        self._shipped = shipped

    def folder(self, name: str) -> Path:
        """Where the model of that name lies, or would be looked for last."""
        return self.own / name if (self.own / name).is_dir() else self._shipped / name

    def folders(self) -> dict[str, Path]:
        """Every folder that may be a model, by name."""
        names = {path.name for place in (self._shipped, self.own) if place.is_dir() for path in place.iterdir()}
        shown = sorted(name for name in names if not name.startswith(".") and not name.endswith(PART))
        return {name: self.folder(name) for name in shown if self.folder(name).is_dir()}

    def has(self, name: str) -> bool:
        """Whether anything of that name is there already."""
        return any(os.path.lexists(place / name) for place in (self.own, self._shipped))

    @property
    def in_force(self) -> str:
        """The name of the promoted model; ours until one is promoted. ModelError where the history is broken."""
        history = self.history()
        return history[-1].name if history else SHIPPED

    @property
    def before(self) -> Promotion | None:
        """What a rollback goes back to, itself a promotion like any other; None where there is nothing before."""
        history = self.history()
        if len(history) == 1:  # before the first one ours was in force, by nobody's word
            return Promotion(SHIPPED, "", "", history[0].at)
        return history[-2] if history else None

    def history(self) -> tuple[Promotion, ...]:
        """Every promotion, oldest first. ModelError where the file cannot be trusted."""
        path = self.own / PROMOTED
        try:
            raw = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return ()
        except OSError as problem:
            raise ModelError(f"{path} cannot be read ({problem.strerror}); check who owns it") from problem
        except (ValueError, RecursionError) as problem:
            raise ModelError(_broken(path, "it is no JSON")) from problem
        if not isinstance(raw, list):
            raise ModelError(_broken(path, "it is no list"))
        return tuple(_promotion(path, number, row) for number, row in enumerate(raw, start=1))

    def promote(self, promotion: Promotion, seen: tuple[Promotion, ...]) -> None:
        """Add a promotion to the history that was `seen`; ModelError where another person was quicker."""
        self.own.mkdir(parents=True, exist_ok=True)
        with _alone(self.own):
            if self.history() != seen:
                raise ModelError(f"{self.own / PROMOTED}: somebody else promoted a model just now; look, and try again")
            rows = [{**asdict(each), "at": each.at.isoformat()} for each in (*seen, promotion)]
            _write(self.own / PROMOTED, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _promotion(path: Path, number: int, row: Any) -> Promotion:
    try:
        name, digest, by, reason = (row[key] for key in ("name", "digest", "by", "reason"))
        at = datetime.fromisoformat(row["at"])
    except (TypeError, KeyError, ValueError) as problem:
        raise ModelError(_broken(path, f"entry {number} lacks something")) from problem
    if not all(isinstance(value, str) for value in (name, digest, by, reason)) or at.tzinfo is None:
        raise ModelError(_broken(path, f"entry {number} holds something else than it should"))
    if not plain(name):
        raise ModelError(_broken(path, f"the name in entry {number} is no plain name"))
    return Promotion(name, digest, by, at, reason)


def _broken(path: Path, why: str) -> str:
    return f"{path} is broken ({why}); mend it, or take it away to go back to {SHIPPED}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Others who promote wait: the lock is on the folder itself, so that none is left lying about."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and on the disk before it counts."""
    part = path.with_name(f".{path.name}{PART}")
    with part.open("w", encoding="utf-8", errors="replace") as file:  # a terminal may give bytes that are no letters
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
