"""What is known of cases, one by one? A narrow table as columns of numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.config import ZONE
from bot.core.tuning.evidence import UPHELD, Cases, Scope, place
from classifier.verdict import LABELS

LONGEST = 3_600  # seconds: what was left open for longer was not being decided all the time
LEAST_TIMED = 20  # decisions from which a median is told

SURE = 1 - 1e-9  # odds of what was drawn: where everything is, it still was not flagged

# One row of lists instead of a row for each case: fifty thousand are fetched in a third of the time.
_CASES = """SELECT json_group_array(flag_id), json_group_array(posted),
    json_group_array(state * 4 + anyway * 2 + reported), json_group_array(coalesce(took, 0)),
    json_group_array(channel_id), json_group_array(found), coalesce(group_concat(hex(probabilities), ''), '')
    FROM scores WHERE guild_id IN (SELECT value FROM json_each(?)) AND posted >= ? AND posted < ? AND model = ?"""
_DRAWN = "SELECT flag_id, odds FROM audits"


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What reached a human; `cases.channel` are places in these channels' ids."""

    channels: tuple[str, ...]
    cases: Cases
    minutes: float | None  # of a decision, in the median; None where too few were timed


def reached(db: Database, scope: Scope, model: str, seconds: tuple[int, int]) -> Reached:
    """The cases of a scope and a model, posted from one second to before another."""
    row = db.execute(_CASES, [json.dumps(scope.guilds), *seconds, model]).fetchone()
    flag, at, marks, took = (np.fromstring(text[1:-1], np.int64, sep=",") for text in row[:4])
    channels, channel = _numbered(json.loads(row[4]))
    motives, which = _numbered(json.loads(row[5]))
    meant = np.array([not scope.channels or each in scope.channels for each in channels], np.bool_)[channel]
    state, odds = marks >> 2, _odds(db, flag)
    cases = Cases(
        flag=flag[meant],
        channel=channel[meant].astype(np.int32),
        at=at[meant],
        scores=np.frombuffer(bytes.fromhex(row[6]), "<f4").reshape(-1, len(LABELS))[meant].astype(np.float32),
        state=state[meant].astype(np.int8),
        found=_found(motives, which[meant], state[meant]),
        anyway=(marks & 2)[meant] > 0,
        odds=odds[meant],
        reported=((marks & 1 > 0) & (odds == 1))[meant],  # what was drawn too speaks by its odds
    )
    return Reached(channels, cases, _minutes(took[meant]))


def _numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Different texts, and of each which of them it is: few stand in many rows."""
    different = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return tuple(different), np.array([different[text] for text in texts], np.int64)


def _odds(db: Database, flag: NDArray[np.int64]) -> NDArray[np.float64]:
    """How likely each was to be drawn; 1 for what was not."""
    drawn = {number: min(odds, SURE) for number, odds in db.execute(_DRAWN).fetchall()}
    odds = np.ones(len(flag))
    which = np.flatnonzero(np.isin(flag, np.array(list(drawn), np.int64)))
    odds[which] = [drawn[number] for number in flag[which].tolist()]
    return odds


def _found(motives: Sequence[str], which: NDArray[np.int64], state: NDArray[np.int64]) -> NDArray[np.bool_]:
    """n × LABELS."""
    rows = np.array([_labels(text) for text in motives], np.bool_).reshape(-1, len(LABELS))
    found = rows[which]
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


def _minutes(took: NDArray[np.int64]) -> float | None:
    """Of a decision, in the median, from when the case was opened; None where too few were opened before."""
    timed = took[(took > 0) & (took <= LONGEST)]
    return float(np.median(timed)) / 60 if len(timed) >= LEAST_TIMED else None
