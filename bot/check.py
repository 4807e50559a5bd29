"""Would it run? Configuration, model, database, disk, panel and Discord: a line each, none hiding the others."""

from __future__ import annotations

import asyncio
import ipaddress
import shutil
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot import config
from bot.app import load_model, trusting
from bot.backing_up import folder_of, names_in
from bot.core.backups import among
from bot.core.errors import BadConfiguration, BadModel, StoreError, UppsiktError
from bot.core.retention import Retention
from bot.keys import secret
from bot.keys.signing import fingerprint, public_key_of
from bot.locales import speak
from bot.private_files import loose
from bot.store import open_database
from bot.web import is_served

LEAST_FREE = 500_000_000  # bytes on the database's disk


def checks(path: Path | None) -> Iterator[tuple[bool, str]]:
    """(well, line) for everything that can be looked at."""
    try:
        settings = config.load(path)
    except BadConfiguration as problem:
        yield from ((False, line) for line in problem.problems)
        return
    yield True, f"configuration: {path or 'defaults (no config.toml here)'}"
    yield _tried(lambda: _model(settings))
    yield _tried(lambda: _database(settings.database))
    yield _tried(lambda: _disk(settings.database))
    yield from _all_tried(lambda: _files(settings))
    yield from _all_tried(lambda: [_backups(settings)])
    yield True, _retention(settings.keeping())
    if settings.audit.enabled:
        yield True, _audit(settings.audit)
    well, line = panel(settings)
    yield well, f"panel: {line}"
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


def _all_tried(look: Callable[[], Iterable[tuple[bool, str]]]) -> list[tuple[bool, str]]:
    try:
        return list(look())
    except OSError as problem:  # as above
        return [(False, f"{problem.filename}: {problem.strerror}")]


def _model(settings: config.Settings) -> str:
    """The model in force, and by whose word; BadModel where it is no longer the one that a person promoted."""
    model = load_model(settings)
    if settings.uppsikt.model:
        return f"model: {model.model_id}, which the configuration names"
    with trusting(settings.shelf.own):
        history = settings.shelf.history()
    if not history:
        return f"model: {model.model_id}, which comes with Uppsikt; no other was promoted"
    last = history[-1]
    if last.digest != model.manifest.digest:
        was = f"{last.name}@{last.digest[:12]}"
        raise BadModel(
            f"model: {model.model_id} is not {was}, which {last.by} promoted; measure and promote it, or another"
        )
    return f"model: {model.model_id}, promoted by {last.by} on {last.at:%Y-%m-%d}"


def _database(path: Path) -> str:
    if not path.exists():
        if not path.parent.is_dir():
            raise StoreError(f"database: the folder of {path} does not exist; make it first")
        return f"database: {path} will be made"
    open_database(path).close()
    return f"database: {path}"


def _files(settings: config.Settings) -> Iterator[tuple[bool, str]]:
    """Who else can read them, and whether the secret is there."""
    found = loose(settings)
    yield from ((False, f"files: {each}") for each in found)
    if not found:
        yield True, "files: nobody else can read the database, its secret or its backups"
    place = secret.place_of(settings.database)
    if place.exists():
        yield _tried(lambda: f"secret: {place}, signs as {fingerprint(public_key_of(settings.database) or b'')}")
    elif settings.database.exists():
        yield (
            False,
            f"secret: {place} is not there. What stands on record stays readable, and what was signed can still be "
            "checked; that nothing was cut off its end cannot. Put the file back, restore a locked backup, which holds "
            "it, or go on: the next thing that is put on record makes a new one, and signs with another key",
        )


def _backups(settings: config.Settings) -> tuple[bool, str]:
    """Whether any are made, and when the newest was."""
    folder = folder_of(settings, settings.database)
    made = among(names_in(folder)) if folder.is_dir() else []
    newest = f"; the newest is {made[-1].name}" if made else "; there is none yet"
    if not settings.backup.folder:
        return True, f"backups: the bot makes none, since [backup] folder is empty; uppsikt backup does{newest}"
    locked = "locked" if settings.backup.recipients else "not locked"
    return True, f"backups: every {settings.backup.hours:g} hours in {folder}, {locked}{newest}"


def _retention(rules: Retention) -> str:
    """Which classes are deleted though no decision on it is named: nothing is wrong, but somebody has to mend it."""
    unfounded = rules.unfounded()
    if not unfounded:
        return "retention: every class is deleted by a decision that [retention.basis] names"
    return (
        f"retention: [retention.basis] names no decision on deletion for {', '.join(unfounded)}; public records may be "
        "deleted only by one (arkivlagen 10 §)"
    )


def _audit(audit: config.Audit) -> str:
    return (
        f"audit sample: on; about {audit.share:.2%} of the messages that nobody flagged, about {audit.per_day} a day "
        f"at most, are stored for a human to read, and forgotten after {audit.keep_days} days unless upheld or reported"
    )


def panel(settings: config.Settings) -> tuple[bool, str]:
    """(well, line): where the panel is, whether its port is free, whether what is sent to it can be read on the way."""
    where, say = settings.web, speak(settings.languages()[0])
    if not where.enabled:
        return True, say("check-panel-off")
    place = f"{where.host}:{where.port}"
    if not _is_near(where.host) and not where.address.startswith("https:"):
        return False, say("check-panel-open", place=place)
    if where.port == 0:
        return True, say("check-panel-any")
    if not _is_free(where.host, where.port) and not asyncio.run(is_served(where.host, where.port)):
        return False, say("check-panel-taken", place=place)
    return True, say("check-panel", address=where.address.rstrip("/") or f"http://{place}")


def _is_near(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_free(host: str, port: int) -> bool:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return True
    except OSError:
        return False


def _disk(path: Path) -> str:
    folder = path.parent if path.parent.is_dir() else Path()
    free = shutil.disk_usage(folder).free
    line = f"disk: {free / 1e9:.1f} GB free for the database"
    if free < LEAST_FREE:
        raise StoreError(line)
    return line
