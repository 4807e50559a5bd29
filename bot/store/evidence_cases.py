"""What is known of cases, one by one? Rows of a narrow table as columns of numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.config import ZONE
from bot.core.tuning.evidence import UPHELD, Cases, place
from classifier.verdict import LABELS

LONGEST = 3_600  # seconds: what was left open for longer was not being decided all the time
LEAST_TIMED = 20  # decisions from which a median is told

SURE = 1 - 1e-9  # odds of what was drawn: where everything is, it still was not flagged

_CASES = """SELECT scores.flag_id, channel_id, posted, probabilities, state, found, anyway, reported, odds, took
    FROM scores LEFT JOIN audits ON audits.flag_id = scores.flag_id
    WHERE guild_id = ? AND posted >= ? AND posted < ? AND model = ?"""

Row = tuple[Any, ...]


def rows_of(db: Database, guild: str, model: str, seconds: tuple[int, int]) -> list[Row]:
    """The cases of a server and a model, posted from one second to before another."""
    cursor = db.conn.cursor()
    cursor.row_factory = None  # tuples: there are many, and each is looked at once
    return cursor.execute(_CASES, [guild, *seconds, model]).fetchall()


def cases_of(rows: Sequence[Row], numbers: Mapping[str, int]) -> Cases:
    """Rows as columns; `numbers` are the channels' places."""
    columns = zip(*rows, strict=True) if rows else [()] * 10
    flag, channel, at, probabilities, state, found, anyway, reported, drawn, _ = columns
    odds = np.array([1 if each is None else min(each, SURE) for each in drawn], np.float64)
    return Cases(
        flag=np.array(flag, np.int64),
        channel=np.array([numbers[each] for each in channel], np.int32),
        at=np.array(at, np.int64),
        scores=_scores(probabilities),
        state=np.array(state, np.int8),
        found=_found(found, np.array(state, np.int8)),
        anyway=np.array(anyway, np.bool_),
        odds=odds,
        reported=np.array(reported, np.bool_) & (odds == 1),  # what was drawn too speaks by its odds
    )


def _scores(probabilities: Sequence[bytes]) -> NDArray[np.float32]:
    """n × LABELS."""
    return np.frombuffer(b"".join(probabilities), "<f4").reshape(-1, len(LABELS)).astype(np.float32)


def _found(texts: Sequence[str], state: NDArray[np.int8]) -> NDArray[np.bool_]:
    """n × LABELS: few different lists of motives stand in many decisions, so that each is read once."""
    different = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = np.array([_labels(text) for text in different], np.bool_).reshape(-1, len(LABELS))
    found = rows[[different[text] for text in texts]]
    found[:, place("flag")] = state == UPHELD
    return found


def _labels(text: str) -> list[bool]:
    motives = frozenset(json.loads(text))
    return [label in motives for label in LABELS]


def by_hour(cases: Cases) -> NDArray[np.int64]:
    """24: by the clock on the wall, which is set forward and back; every hour has an offset of its own."""
    hours, which = np.unique(cases.at // 3_600, return_inverse=True)
    local = np.array([datetime.fromtimestamp(int(each) * 3_600, ZONE).hour for each in hours], np.int64)
    return np.bincount(local[which], minlength=24).astype(np.int64)


def minutes(rows: Sequence[Row]) -> float | None:
    """Of a decision, in the median, from when the case was opened; None where too few were opened before."""
    timed = [took for *_, took in rows if took is not None and 0 < took <= LONGEST]
    return float(np.median(timed)) / 60 if len(timed) >= LEAST_TIMED else None
