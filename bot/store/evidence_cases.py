"""What is known of cases, one by one? Records of numbers as columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.config import ZONE
from bot.core.tuning.evidence import UPHELD, Cases, Scope, place
from bot.store.score_packs import ANYWAY, DAY, REPORTED, STATE, read, together
from classifier.verdict import LABELS

LONGEST = 3_600  # seconds: what was left open for longer was not being decided all the time
LEAST_TIMED = 20  # decisions from which a median is told

SURE = 1 - 1e-9  # odds of what was drawn: where everything is, it still was not flagged

_DRAWN = "SELECT flag_id, odds FROM audits"


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What reached a human; `cases.channel` are places in these channels' ids."""

    channels: tuple[str, ...]
    cases: Cases
    minutes: float | None  # of a decision, in the median; None where too few were timed


def reached(db: Database, scope: Scope, model: str) -> Reached:
    """The cases of a scope, which is of whole days, and of a model."""
    days = (int(scope.since.timestamp()) // DAY, -(-int(scope.until.timestamp()) // DAY))
    pack = together([read(db, guild, model, days) for guild in scope.guilds])
    if scope.channels:
        meant = np.array([each in scope.channels for each in pack.channels], np.bool_)
        pack = replace(pack, cases=pack.cases[meant[pack.cases["channel"]]])
    rows = pack.cases
    state, odds = (rows["marks"] >> STATE).astype(np.int8), _odds(db, rows["flag"])
    cases = Cases(
        flag=rows["flag"].astype(np.int64),
        channel=rows["channel"].astype(np.int32),
        at=rows["at"].astype(np.int64),
        scores=rows["scores"].astype(np.float32),
        state=state,
        found=_found(pack.found, rows["found"], state),
        anyway=rows["marks"] & ANYWAY > 0,
        odds=odds,
        reported=(rows["marks"] & REPORTED > 0) & (odds == 1),  # what was drawn too speaks by its odds
    )
    return Reached(pack.channels, cases, _minutes(rows["took"]))


def _odds(db: Database, flag: NDArray[np.int64]) -> NDArray[np.float64]:
    """How likely each was to be drawn; 1 for what was not."""
    drawn = {number: min(odds, SURE) for number, odds in db.execute(_DRAWN).fetchall()}
    odds = np.ones(len(flag))
    which = np.flatnonzero(np.isin(flag, np.array(list(drawn), np.int64)))
    odds[which] = [drawn[number] for number in flag[which].tolist()]
    return odds


def _found(motives: Sequence[str], which: NDArray[np.int32], state: NDArray[np.int8]) -> NDArray[np.bool_]:
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
