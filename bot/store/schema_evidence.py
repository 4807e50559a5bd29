"""Which tables hold what is known of scores? Those of flags, narrow, one by one; those of all other messages, counted.

`score_bins` and `score_days` have no message and no author in them: how many messages of a channel, in an hour or on a
day (UTC), a model let through, by label and bin of a hundredth. Only `flag` is kept by hour; other labels stand in the
first hour of their day. Bin 0 is there for `flag` alone, see ports.Spread.
The daily retention moves hours to their days, and removes days at last (store/scores.py).

`scores` holds what thresholds are judged by, of each flag, so that fifty thousand are read without their texts.
Decisions are mirrored in it by triggers, whoever takes them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence

from sqlite_utils import Database

from classifier.verdict import MOTIVES, TARGETS

M010 = (
    """
    CREATE TABLE score_bins (
        model TEXT NOT NULL,
        hour TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        label TEXT NOT NULL,
        bin INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 99),
        n INTEGER NOT NULL CHECK (n > 0),
        PRIMARY KEY (model, hour, channel_id, label, bin)
    ) STRICT, WITHOUT ROWID
    """,
    # `counts` is a list by bin, cut off after the last that is not 0.
    """
    CREATE TABLE score_days (
        model TEXT NOT NULL,
        day TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        label TEXT NOT NULL,
        counts TEXT NOT NULL CHECK (json_valid(counts)),
        PRIMARY KEY (model, day, channel_id, label)
    ) STRICT, WITHOUT ROWID
    """,
    # `probabilities`: 32-bit floats, least byte first, in the order of classifier.verdict.LABELS; the same numbers are
    # readable in `flags`. `state`: 0 pending, 1 upheld, 2 dismissed. `took`: seconds from when it was seen.
    """
    CREATE TABLE scores (
        guild_id TEXT NOT NULL,
        posted INTEGER NOT NULL,
        flag_id INTEGER NOT NULL UNIQUE REFERENCES flags (id),
        channel_id TEXT NOT NULL,
        model TEXT NOT NULL,
        probabilities BLOB NOT NULL CHECK (length(probabilities) % 4 = 0),
        anyway INTEGER NOT NULL CHECK (anyway IN (0, 1)),
        reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
        state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
        found TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(found)),
        took INTEGER,
        PRIMARY KEY (guild_id, posted, flag_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER scores_decided AFTER INSERT ON decisions
    BEGIN
        UPDATE scores SET
            state = CASE NEW.step WHEN 'uphold' THEN 1 WHEN 'dismiss' THEN 2 ELSE 0 END,
            found = iif(NEW.step = 'uphold', NEW.motives, '[]'),
            took = iif(NEW.step = 'reopen', NULL, CAST(strftime('%s', NEW.decided_at) AS INTEGER)
                - (SELECT CAST(strftime('%s', seen_at) AS INTEGER) FROM flags WHERE id = NEW.flag_id))
        WHERE flag_id = NEW.flag_id;
    END
    """,
    # What is reported reaches a human, whatever the thresholds are.
    """
    CREATE TRIGGER scores_reported AFTER INSERT ON reports
    BEGIN
        UPDATE scores SET anyway = 1 WHERE flag_id = NEW.flag_id AND anyway = 0;
    END
    """,
)

INSERT = """INSERT INTO scores (guild_id, posted, flag_id, channel_id, model, probabilities, anyway, reported)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_OLD = """SELECT id, guild_id, CAST(strftime('%s', posted_at) AS INTEGER) AS posted, channel_id, model, score, threat,
    motives, targets, reasons, EXISTS (SELECT 1 FROM reports WHERE flag_id = flags.id) AS heard
    FROM flags WHERE about = 'words' AND model <> ''"""
# The last decision stands; a reopening leaves the flag pending.
_DECIDED = """UPDATE scores SET
    state = CASE last.step WHEN 'uphold' THEN 1 WHEN 'dismiss' THEN 2 ELSE 0 END,
    found = iif(last.step = 'uphold', last.motives, '[]'),
    took = iif(last.step = 'reopen', NULL, CAST(strftime('%s', last.decided_at) AS INTEGER)
        - (SELECT CAST(strftime('%s', seen_at) AS INTEGER) FROM flags WHERE id = last.flag_id))
    FROM (SELECT flag_id, step, motives, decided_at, max(id) FROM decisions GROUP BY flag_id) AS last
    WHERE scores.flag_id = last.flag_id"""


def fill(db: Database) -> None:
    """The flags that are there, with what was decided of them."""
    for row in db.execute(_OLD).fetchall():
        motives, targets = json.loads(row["motives"]), json.loads(row["targets"])
        values = [row["score"], row["threat"], *(motives.get(each, 0.0) for each in MOTIVES)]
        values += [targets.get(each, 0.0) for each in TARGETS]
        anyway, reported = came([each["rule"] for each in json.loads(row["reasons"])])
        where = [row["guild_id"], row["posted"], row["id"], row["channel_id"], row["model"]]
        db.execute(INSERT, [*where, packed(values), anyway or row["heard"], reported])
    db.execute(_DECIDED)


def packed(values: Sequence[float]) -> bytes:
    """Probabilities in the order of LABELS, as the column holds them."""
    narrow = array("f", values)
    if array("H", [1]).tobytes()[0] == 0:  # a machine that writes the greatest byte first
        narrow.byteswap()
    return narrow.tobytes()


def came(rules: Sequence[str]) -> tuple[bool, bool]:
    """Whether anything but a threshold (or the audit's draw) wants it read, and whether reports alone do."""
    anyway = any(rule not in ("threshold", "audit") for rule in rules)
    return anyway, bool(rules) and all(rule == "report" for rule in rules)
