"""Who is built, in which order, and who is stopped, in which order? The only place that builds adapters."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.core.errors import BadModel, Refused
from bot.core.flags import Decision
from bot.core.flags import decide as check
from bot.core.messages import Channel, Posted
from bot.core.opinions import Course, Waits
from bot.core.policy import Policy, assess
from bot.core.pseudonyms import Pseudonyms
from bot.keys.secret import make_secret, part
from bot.pipeline import Pipeline, Totals
from bot.replay import ReplayFile, Skipped
from bot.shadowing import Loaded, Shadowing
from bot.store import (
    Decided,
    FlagRow,
    SqliteShadows,
    SqliteStore,
    SqliteThresholds,
    StoreReader,
    audits,
    open_database,
    unmasking,
)
from bot.store.connection import translated
from bot.store.review import case, rule
from bot.store.transaction import at_once
from bot.tuning import Tuning
from classifier.errors import ModelError
from classifier.manifest import Manifest, read_manifest
from classifier.model import Model
from classifier.verdict import Verdict


class SystemClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did."""

    totals: Totals
    skipped: int
    before: int  # lines that an earlier run had read


@contextmanager
def trusting(folder: Path) -> Iterator[None]:
    """Look at a model's folder; BadModel where it cannot be trusted or read."""
    try:
        yield
    except ModelError as problem:
        raise BadModel(str(problem)) from problem
    except OSError as problem:
        advice = "; check who owns its files" * isinstance(problem, PermissionError)
        raise BadModel(f"{problem.filename or folder}: {problem.strerror}{advice}") from problem


def load_model(settings: Settings) -> Model:
    """The configured model; BadModel where it cannot be trusted."""
    return load_folder(settings.model_folder)


def load_folder(folder: Path) -> Model:
    """A model by its folder; BadModel where it cannot be trusted."""
    with trusting(folder):
        return Model.load(folder)


def manifest_of(settings: Settings) -> Manifest:
    """What the configured model says of itself, without loading it; BadModel where it cannot be trusted."""
    with trusting(settings.model_folder):
        return read_manifest(settings.model_folder)


def load_named(settings: Settings, name: str) -> Loaded:
    """A model of the shelf with its shipped thresholds; BadModel where it cannot be trusted."""
    model = load_folder(settings.shelf.folder(name))
    return model, model.manifest.thresholds


def policy_of(settings: Settings, model: Model) -> Policy:
    """The policy as configured: the configuration over the model's shipped thresholds."""
    return settings.policy(model.manifest.thresholds)


def shadow_of(settings: Settings, store: SqliteStore, model: Model, policy: Callable[[], Policy]) -> Shadowing:
    """What runs a candidate beside the live model, where one is tried."""
    return Shadowing(
        SqliteShadows(store),
        SystemClock(),
        model.model_id,
        policy,
        lambda name: load_named(settings, name),
        settings.policy,
    )


def replay(
    path: Path,
    db: Path,
    settings: Settings,
    *,
    skip: Callable[[Skipped], None],
    show: Callable[[int], None] = lambda _: None,
    model: Model | None = None,
) -> Replayed:
    """Messages of a JSONL file through the whole pipeline; goes on where an earlier run was broken off."""
    store = SqliteStore.open(db)
    try:
        loaded = model or load_model(settings)
    except BaseException:
        asyncio.run(store.close())
        raise
    return asyncio.run(_replay(path, store, loaded, settings, skip, show))


async def _replay(
    path: Path,
    store: SqliteStore,
    model: Model,
    settings: Settings,
    skip: Callable[[Skipped], None],
    show: Callable[[int], None],
) -> Replayed:
    tuning = Tuning(SqliteThresholds(store), policy_of(settings, model))
    shadowing = shadow_of(settings, store, model, tuning.policy)
    sampling = await store.do(lambda db: audits.begin(db, settings.audit))
    pipeline = Pipeline(model, store, tuning.policy, SystemClock(), sampling=sampling, beside=shadowing)
    skipped, last = 0, None
    try:
        await tuning.look()
        await shadowing.look()
        pipeline.start()
        file = ReplayFile(path, await store.ask(StoreReader.files))
        for line in file.lines():
            if line.skipped is not None:
                skipped += 1
                skip(line.skipped)
            if line.new:
                last = file.progress(line)
                await pipeline.submit_all(line.events, last)
            show(line.size)
        await pipeline.finish(last)
        await shadowing.look()  # what ended it while it read is saved
    finally:
        await store.close()
    return Replayed(pipeline.totals, skipped, file.start.lines if file.start else 0)


def classify(
    batches: Iterable[list[str]], settings: Settings, *, explain: bool
) -> Iterator[list[tuple[Verdict, bool]]]:
    """Verdicts with whether they are flagged, batch by batch."""
    model = load_model(settings)
    policy, now = policy_of(settings, model), datetime.now(UTC)
    for texts in batches:
        verdicts = model.read(texts, explain=explain)
        posts = (Posted("0", Channel("", ""), "", now, text) for text in texts)
        yield [(v, assess(post, v, policy, now) is not None) for post, v in zip(posts, verdicts, strict=True)]


def decide(db: Path, decision: Decision) -> Decided:
    """A decision from the terminal, by the rules of everywhere; whoever may open the database counts as a lead.

    To a flag that somebody has asked a second opinion on it is the answer: one that differs leaves the flag open.
    """
    database = open_database(db, create=False)
    try:
        with translated(db), at_once(database):
            found = case(database, decision.flag)
            if found is not None and found.is_erased:
                raise Refused(f"flag {decision.flag} is erased: there is nothing left to decide")
            if found is None or not found.is_open or found.waits is not Waits.ANOTHER:
                return StoreReader(database).decide(decision)
            check(found.state, decision)
            ruling = rule(database, decision, leads=True)
            assert ruling is not None, "flags are never deleted"
            if ruling.course is Course.ASKER:
                raise Refused(f"flag {decision.flag} waits for somebody else: {decision.by} asked for a second opinion")
            return Decided(ruling.case.state, ruling.changed)
    finally:
        database.close()


def reporters(db: Path, flag: int, by: str, reason: str) -> list[tuple[int, str]]:
    """Who reported a flag; that it was asked, by whom and why, is kept."""
    database = open_database(db, create=False)
    try:
        with translated(db):
            return unmasking.reporters(database, flag, by, reason, datetime.now(UTC))
    finally:
        database.close()


def ask(db: Path, question: Callable[[StoreReader], list[FlagRow]]) -> list[FlagRow]:
    """A question to a database that must be there."""
    database = open_database(db, create=False)
    try:
        with translated(db):
            return question(StoreReader(database))
    finally:
        database.close()


def pseudonyms(db: Path) -> Pseudonyms:
    """What members are called in exports of this database that need no names: the same each time."""
    return Pseudonyms(part(make_secret(db), "pseudonyms"))


def remove(db: Path) -> None:
    """Delete a database and what SQLite keeps beside it."""
    with translated(db):
        for beside in ("", "-wal", "-shm", ".key"):
            file = db.with_name(db.name + beside)
            file.unlink(missing_ok=True)
