"""Would it run? Configuration, model, database, disk and Discord: a line each, none hiding the others."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot import config
from bot.app import load_model
from bot.core.errors import BadConfiguration, StoreError, UppsiktError
from bot.store import open_database

LEAST_FREE = 500_000_000  # bytes on the database's disk


def checks(path: Path | None) -> Iterator[tuple[bool, str]]:
    """(well, line) for everything that can be looked at."""
    try:
        settings = config.load(path)
    except BadConfiguration as problem:
        yield from ((False, line) for line in problem.problems)
        return
    yield True, f"configuration: {path or 'defaults (no config.toml here)'}"
    yield _tried(lambda: f"model: {load_model(settings).model_id}")
    yield _tried(lambda: _database(settings.database))
    yield _tried(lambda: _disk(settings.database))
    if settings.token.get_secret_value():
        from bot.discord_gateway import check

        yield from ((line.ok, f"Discord: {line.text}") for line in asyncio.run(check(settings)))
    else:
        yield False, f"Discord: no token; set {config.TOKEN} in the environment"


def _tried(look: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, look()
    except UppsiktError as problem:
        return False, str(problem)
    except OSError as problem:  # a file or folder that this user may not look at
        return False, f"{problem.filename}: {problem.strerror}"


def _database(path: Path) -> str:
    if not path.exists():
        if not path.parent.is_dir():
            raise StoreError(f"database: the folder of {path} does not exist; make it first")
        return f"database: {path} will be made"
    open_database(path).close()
    return f"database: {path}"


def _disk(path: Path) -> str:
    folder = path.parent if path.parent.is_dir() else Path()
    free = shutil.disk_usage(folder).free
    line = f"disk: {free / 1e9:.1f} GB free for the database"
    if free < LEAST_FREE:
        raise StoreError(line)
    return line
