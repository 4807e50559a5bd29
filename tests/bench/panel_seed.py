"""How does a database come to hold a million flags? A year of a town's channels, straight into the file by SQL.

Everything that pages read is there: decisions with motives, measures, reports, second readings, what was read by the
hour, scores. Sums that triggers keep are made as the migration makes them of what it finds, so that a million decisions
take a minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from bot.core.flags import Flag, Reason
from bot.core.messages import Channel, Posted
from bot.core.ports import Kept
from bot.store import score_packs
from bot.store.connection import open_database
from bot.store.keeping import keep
from bot.store.schema_evidence import packed
from bot.store.schema_panel_weeks import M018
from bot.store.scores import hour_text
from classifier.manifest import read_manifest
from classifier.verdict import LABELS, MOTIVES, TARGETS, Span, Verdict
from tests.bench.reading import MODEL

MODEL_ID = read_manifest(MODEL).model_id
OPEN = 10  # one of so many waits for a decision
DAYS, HOURS = 365, 12 * 7 * 24  # that flags, and that counts are of
FIRST = 1_320_000_000_000_000_000  # channels have ids as long as Discord's: pages weigh what they would
CHANNELS = tuple(Channel(str(FIRST + number), f"kanal-{number}", "1") for number in range(20))
AT_ONCE = 50_000  # rows

_MINUTES = "(({many} - n) * 525600 / {many} + {minutes})"  # the later, the higher its number
_AGO = f"strftime('%Y-%m-%dT%H:%M:%S.000+00:00', 'now', '-' || {_MINUTES} || ' minutes')"
_FLAGS = {
    "id": "n",
    "message_id": "CAST(message_id AS INTEGER) + n",
    "author_id": "'u' || (n % 100000)",
    "channel_id": f"CAST({FIRST} + n % 20 AS TEXT)",
    "urgency": "(n % 2) * 3000 + (n % 3) * 100",
    "state": f"iif(n % {OPEN} = 0, 'pending', iif(n % 3, 'upheld', 'dismissed'))",
    "motives": "json_set(motives, '$.misogyny', iif(n % 70 = 0, 0.9, 0.01))",
    "targets": "json_set(targets, '$.women', iif(n % 4 = 0, 0.9, 0.01))",
    "posted_at": _AGO.format(many="{many}", minutes=61),
    "flagged_at": _AGO.format(many="{many}", minutes=61),
    "seen_at": f"iif(n % {OPEN} = 0, NULL, {_AGO.format(many='{many}', minutes=50)})",
    "announced_at": _AGO.format(many="{many}", minutes=60),
}
_REST = (
    """INSERT INTO decisions (flag_id, step, by, motives, measures, decided_at)
    SELECT id, iif(state = 'upheld', 'uphold', 'dismiss'), 'm' || (id % 30),
        CASE WHEN state <> 'upheld' THEN '[]' WHEN id % 2 THEN '["misogyny"]' ELSE '["xenophobia"]' END,
        iif(state = 'upheld' AND id % 5 = 0, '[{"act": "warn", "seconds": null}]', '[]'), seen_at
    FROM flags WHERE state <> 'pending'""",
    """INSERT INTO measures (flag_id, decision_id, act, state, asked_at, again_at, done_at)
    SELECT flag_id, id, 'warn', 'done', decided_at, decided_at, decided_at FROM decisions WHERE measures <> '[]'""",
    """INSERT INTO opinions (flag_id, after, kind, by, lean, motives, given_at)
    SELECT flag_id, 0, 'asked', 'm' || (id % 7), 'unsure', '[]', decided_at FROM decisions WHERE id % 50 = 0""",
    """INSERT INTO escalations (flag_id, by, escalated_at)
    SELECT flag_id, 'm' || (id % 7), decided_at FROM decisions WHERE id % 200 = 0""",
    """INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt, words,
        trusted, weight, made_at)
    SELECT id, guild_id, author_id, channel_id, message_id, 'hate', '[]', 'somebody', NULL, 0, 0.5, flagged_at
    FROM flags WHERE id % 40 = 0""",
)


def seed(path: Path, flags: int) -> None:
    """So many flags of many authors and every urgency, decided but for a tenth."""
    db = open_database(path)
    keep(db, Kept(datetime.now(UTC), [flag(0)], channels={each.id: each for each in CHANNELS}))
    db.execute("DELETE FROM scores")
    db.execute("PRAGMA synchronous = OFF")
    with _untriggered(db), db.atomic():
        _copy(db, flags)
        for statement in _REST:
            db.execute(statement)
        _scored(db, flags)
        _let_through(db)
        for statement in M018:
            if statement.lstrip().startswith("INSERT"):  # the sums of what a migration finds
                db.execute(statement)
    score_packs.pack_up(db, datetime.now(UTC))
    db.close()


def flag(number: int) -> Flag:
    """One that a model might have raised just now, of neutral words."""
    at = datetime.now(UTC) - timedelta(minutes=5)
    text = f"ett påhittat meddelande som någon borde se på {number}"
    likely = dict.fromkeys(MOTIVES, 0.02) | {MOTIVES[number % len(MOTIVES)]: 0.8}
    spans = (Span(12, 22, 0.7), Span(4, 11, 0.2))
    verdict = Verdict(0.93, 0.1, likely, dict.fromkeys(TARGETS, 0.02), MODEL_ID, "sv", spans=spans)
    post = Posted(str(10**17 + number), CHANNELS[number % len(CHANNELS)], f"u{number}", at, text)
    return Flag(post, verdict, (Reason("threshold", "flag", 0.93, 0.5),), {"flag": 0.5}, at)


@contextmanager
def _untriggered(db: Database) -> Iterator[None]:
    """Without triggers, which come back afterwards."""
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        db.execute(statement)


def _copy(db: Database, many: int) -> None:
    columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall()]
    values = ", ".join(_FLAGS.get(column, column) for column in columns).replace("{many}", str(many))
    db.execute("UPDATE flags SET announced_at = flagged_at")
    db.execute(
        f"""WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
        INSERT INTO flags ({", ".join(columns)})
        SELECT {values} FROM numbers, (SELECT * FROM flags WHERE id = 1)""",  # fixed texts
        [many],
    )


def _scored(db: Database, many: int) -> None:
    """The narrow rows, each with a score of its own."""
    dice = np.random.default_rng(1)
    now = int(datetime.now(UTC).timestamp())
    for first in range(1, many + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, many + 1))
        chances = dice.random((len(numbers), len(LABELS))) * 0.5
        chances[:, 0] = 0.5 + dice.random(len(numbers)) / 2
        db.conn.executemany(
            """INSERT INTO scores (guild_id, posted, flag_id, channel_id, model, probabilities, anyway, reported,
            state, found, took) VALUES ('1', ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)""",
            [
                (now - (many - n) * DAYS * 86_400 // many - 3_660, n, str(FIRST + n % 20), MODEL_ID, packed(row),
                 *_state(n))
                for n, row in zip(numbers, chances.tolist(), strict=True)
            ],
        )  # fmt: skip


def _state(number: int) -> tuple[int, str, int | None]:
    if number % OPEN == 0:
        return 0, "[]", None
    return (1, '["misogyny"]', 90) if number % 3 else (2, "[]", 90)


def _let_through(db: Database) -> None:
    """What was read by the hour, and how it scored by the day: the same in both sizes."""
    now = datetime.now(UTC)
    db.conn.executemany(
        "INSERT OR IGNORE INTO counts (channel_id, hour, read, flagged) VALUES (?, ?, 50, 0)",
        [(each.id, hour_text(now - timedelta(hours=hour))) for hour in range(HOURS) for each in CHANNELS],
    )
    counts = json.dumps([900 // (1 + number) for number in range(50)])
    db.conn.executemany(
        "INSERT INTO score_days (model, day, channel_id, label, counts) VALUES (?, ?, ?, ?, ?)",
        [
            (MODEL_ID, (now - timedelta(days=day)).date().isoformat(), each.id, label, counts)
            for day in range(2, 60)
            for each in CHANNELS
            for label in LABELS
        ],
    )
