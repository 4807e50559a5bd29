"""What is known of a town that never was? Evidence with every part, drawn from a seed: no message, no author."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bot.core.tuning.evidence import BINS, DISMISSED, PENDING, UPHELD, Cases, Evidence, Scope, place
from classifier.verdict import LABELS

ZONE = ZoneInfo("Europe/Stockholm")
UNTIL = datetime(2026, 3, 2, tzinfo=ZONE)
HOURS = np.array([3, 2, 1, 1, 1, 2, 4, 8, 9, 8, 7, 9, 12, 10, 8, 9, 12, 16, 22, 30, 34, 28, 17, 8])


def town(
    messages: int = 40_000,
    *,
    live: float = 0.7,
    audit: float = 0.0,
    days: float = 30,
    seed: int = 7,
    channels: tuple[str, ...] = (),
    name: str = "val-debatt",
) -> Evidence:
    """A town where a score of s is upheld about s of the time, and all that has at least `live` reaches a human."""
    dice = np.random.default_rng(seed)
    scores = np.zeros((messages, len(LABELS)), np.float32)
    scores[:, place("flag")] = dice.beta(0.25, 3, messages)
    scores[:, place("threat")] = scores[:, place("flag")] * dice.beta(2, 5, messages)
    hateful = dice.random(messages) < scores[:, place("flag")] ** 1.3
    sent = scores[:, place("flag")] >= live
    drawn = ~sent & (dice.random(messages) < audit)
    kept = np.flatnonzero(sent | drawn)
    below = np.zeros((1, len(LABELS), BINS), np.int64)
    for number in range(len(LABELS)):
        bins = np.minimum(BINS - 1, (scores[~sent, number].astype(float) * BINS + 1e-9).astype(int))
        below[0, number] = np.bincount(bins, minlength=BINS)
    state = np.where(dice.random(len(kept)) < 0.9, np.where(hateful[kept], UPHELD, DISMISSED), PENDING)
    found = np.zeros((len(kept), len(LABELS)), bool)
    found[:, place("flag")] = state == UPHELD
    cases = Cases(
        flag=np.arange(len(kept)),
        channel=np.zeros(len(kept), np.int32),
        at=np.full(len(kept), int(UNTIL.timestamp()) - 3600),
        scores=scores[kept],
        state=state.astype(np.int8),
        found=found,
        anyway=np.zeros(len(kept), bool),
        odds=np.where(drawn[kept], max(audit, 1e-9), 1.0),
    )
    return Evidence(
        scope=Scope(("1",), UNTIL - timedelta(days=days), UNTIL, channels),
        model="made-up",
        channels=("7",),
        names=(name,),
        read=np.array([messages]),
        below=below,
        by_hour=dice.poisson(HOURS * len(kept) / HOURS.sum()).astype(np.int64),
        days=days,
        cases=cases,
        minutes_each=1.5,
    )  # fmt: skip


def only(evidence: Evidence, count: int) -> Evidence:
    """The same with no more than the first `count` cases."""
    cases = evidence.cases
    names = ("flag", "channel", "at", "scores", "state", "found", "anyway", "odds", "reported")
    return replace(evidence, cases=Cases(**{name: getattr(cases, name)[:count] for name in names}))
