"""What does looking ahead cost, when a million messages were scored and fifty thousand cases decided?

Two databases side by side, the second with a hundredth of that over the same four weeks and channels: asked within a
process, as a running bot is, and by the whole command, from its start to its last line.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from bot.core.flags import Flag, Reason
from bot.core.messages import Channel, Posted
from bot.core.ports import Kept
from bot.core.tuning.evidence import BINS, Scope
from bot.core.tuning.simulation import simulate as look_ahead
from bot.store import evidence, keeping, score_packs, scores
from bot.store.connection import open_database
from bot.store.schema_evidence import packed
from classifier.manifest import read_manifest
from classifier.verdict import LABELS, MOTIVES, TARGETS, Verdict
from tests.bench.reading import HOME, MODEL, timed

MANY, FEW = (1_000_000, 50_000), (10_000, 500)  # messages, and decisions
MODEL_ID = read_manifest(MODEL).model_id
CHANNELS, DAYS, ROUNDS = 20, 28, 7
END = datetime(2026, 3, 1, tzinfo=UTC)
START = END - timedelta(days=DAYS)
STEEP = np.array([4.0, 5.0] + [28.0] * (len(LABELS) - 2))  # most messages have a hundredth or less of most labels
NOW, CANDIDATE = {"flag": 0.82, "threat": 0.67}, {"flag": 0.7, "threat": 0.5}


def simulate() -> dict[str, float]:
    """Medians of both ways of asking, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for name, (messages, decisions) in {"many": MANY, "few": FEW}.items():
            path = Path(folder) / f"{name}.db"
            seed(path, messages, decisions)
            db = open_database(path)
            found[f"{name}_warm_s"] = _median(lambda db=db: _ask(db))  # type: ignore[misc]  # bound now
            db.close()
        for name in ("few", "many"):
            found[f"{name}_command_s"] = _median(lambda name=name: _command(Path(folder) / f"{name}.db"))  # type: ignore[misc]  # as above
    return found


def seed(path: Path, messages: int, decisions: int, seed: int = 1) -> None:
    """So many messages that were let through, and so many that were flagged and decided, over four weeks."""
    dice = np.random.default_rng(seed)
    db = open_database(path)
    with db.atomic():
        for number in range(CHANNELS):
            keeping.keep(db, Kept(END, channels={str(number): Channel(str(number), f"kanal-{number}", "1")}))
        _let_through(db, messages, dice)
        _flagged(db, decisions, dice)
    scores.roll_up(db, END)
    score_packs.pack_up(db, END)
    db.close()


def _let_through(db: Database, messages: int, dice: np.random.Generator) -> None:
    hours = DAYS * 24
    places = dice.integers(CHANNELS * hours, size=messages)
    bins = np.minimum((dice.random((messages, len(LABELS))) ** STEEP * BINS).astype(np.int64), 80)
    bins[:, 1] = np.minimum(bins[:, 1], 65)
    keys = (places[:, None] * len(LABELS) + np.arange(len(LABELS))) * BINS + bins
    kept = keys[(bins > 0) | (np.arange(len(LABELS)) == 0)]
    rows = []
    for key, n in zip(*(each.tolist() for each in np.unique(kept, return_counts=True)), strict=True):
        place, inner = divmod(key, len(LABELS) * BINS)
        label, number = divmod(inner, BINS)
        channel, hour = divmod(place, hours)
        hour -= hour % 24 if label else 0  # as scores.keep_spread does
        rows.append((MODEL_ID, scores.hour_text(START + timedelta(hours=hour)), str(channel), LABELS[label], number, n))
    db.conn.executemany(
        """INSERT INTO score_bins (model, hour, channel_id, label, bin, n) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET n = n + excluded.n""",
        rows,
    )
    totals = np.bincount(places, minlength=CHANNELS * hours).tolist()
    db.conn.executemany(
        "INSERT INTO counts (channel_id, hour, read, flagged) VALUES (?, ?, ?, 0)",
        [
            (str(place // hours), scores.hour_text(START + timedelta(hours=place % hours)), n)
            for place, n in enumerate(totals)
            if n
        ],
    )


def _flagged(db: Database, decisions: int, dice: np.random.Generator) -> None:
    """Wide rows by SQL, the narrow ones with scores of their own, and a decision on each by its trigger."""
    verdict = Verdict(0.9, 0.1, dict.fromkeys(MOTIVES, 0.1), dict.fromkeys(TARGETS, 0.1), MODEL_ID, "sv")
    post = Posted("1", Channel("0", "kanal-0", "1"), "u1", START, "ett påhittat meddelande som någon borde se på")
    keeping.keep(db, Kept(END, [Flag(post, verdict, (Reason("threshold", "flag", 0.9, 0.82),), NOW, END)]))
    columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall()]
    values = ", ".join({"id": "n", "message_id": "n"}.get(column, column) for column in columns)
    db.execute(
        f"""WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
        INSERT INTO flags ({", ".join(columns)}) SELECT {values} FROM numbers, (SELECT * FROM flags WHERE id = 1)""",
        [decisions],
    )
    db.execute("DELETE FROM scores")
    chances = dice.random((decisions, len(LABELS))) * 0.5
    chances[:, 0] = 0.82 + dice.random(decisions) * 0.18
    at = int(START.timestamp()) + dice.integers(DAYS * 86_400, size=decisions)
    rows = zip(range(1, decisions + 1), at.tolist(), (at % CHANNELS).tolist(), chances.tolist(), strict=True)
    db.conn.executemany(
        """INSERT INTO scores (guild_id, posted, flag_id, channel_id, model, probabilities, anyway, reported)
        VALUES ('1', ?, ?, ?, ?, ?, 0, 0)""",
        [(posted, flag, str(channel), MODEL_ID, packed(each)) for flag, posted, channel, each in rows],
    )
    db.conn.executemany(
        """INSERT INTO decisions (flag_id, step, by, motives, decided_at)
        VALUES (?, ?, 'Maja', ?, '2026-02-28T12:00:00.000+00:00')""",
        [
            (flag, "uphold" if value < 0.8 else "dismiss", '["xenophobia"]' if value < 0.4 else "[]")
            for flag, value in enumerate(dice.random(decisions).tolist(), 1)
        ],
    )


def _ask(db: Database) -> None:
    known = evidence.evidence(db, Scope(("1",), START, END), MODEL_ID)
    look_ahead(known, [NOW] * len(known.channels), [CANDIDATE] * len(known.channels))


def _command(db: Path) -> None:
    asked = [f"--label={label}={value}" for label, value in CANDIDATE.items()]
    subprocess.run(
        [sys.executable, "-m", "bot", "thresholds", "simulate", "--db", str(db), *asked],
        env={**os.environ, "PYTHONPATH": str(HOME)}, cwd=db.parent, check=True, capture_output=True,
    )  # fmt: skip


def _median(work: Callable[[], None]) -> float:
    work()
    return statistics.median(timed(work) for _ in range(ROUNDS))
