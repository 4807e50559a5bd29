"""The bundled week, replayed by the shipped model and decided by its labels: what an admin is given to tune upon."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot import app
from bot.config import load
from bot.core.flags import Decision, Step
from bot.demo import WEEK
from classifier.verdict import MOTIVES
from tests.builders import HOME

LABELS = HOME / "tests" / "data" / "week-labels.jsonl"
Line = Mapping[str, Any]


def lines() -> list[dict[str, Any]]:
    """The messages of the week."""
    return [json.loads(line) for line in WEEK.read_text("utf-8").splitlines()]


def decided_week(db: Path, placed: Callable[[dict[str, Any]], Line] = lambda line: line) -> Path:
    """A database of the week, with every flag decided as its labels say; `placed` may put messages elsewhere."""
    file = db.with_suffix(".jsonl")
    file.write_text("".join(json.dumps(placed(line), ensure_ascii=False) + "\n" for line in lines()), "utf-8")
    app.replay(file, db, load(None, {}), skip=lambda _: None)
    labels = {each["id"]: each for each in map(json.loads, LABELS.read_text("utf-8").splitlines())}
    for row in app.ask(db, lambda reader: reader.flags()):
        said = labels[row.message_id]
        motives = tuple(motive for motive in MOTIVES if motive in said["motives"])
        step = Step.UPHOLD if said["flag"] else Step.DISMISS
        app.decide(db, Decision(row.id, step, "Maja", row.flagged_at, motives if said["flag"] else ()))
    return db


def flagged_at(threshold: float, channel: str) -> int:
    """How many messages of a channel a threshold for `flag` would have flagged, read anew and one by one."""
    model = app.load_model(load(None, {}))
    threat = model.manifest.thresholds["threat"]
    there = [
        line for line in lines() if line["channel"] == channel and not line.get("edited") and not line.get("deleted")
    ]
    verdicts = model.read([line["text"] for line in there])
    return sum(each.score >= threshold or each.threat >= threat for each in verdicts)
