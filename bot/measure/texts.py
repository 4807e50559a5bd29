"""Which texts is a model measured on? None that training read, except to show how far a disguise hides them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.config import HOME
from bot.core.errors import BadInput
from classifier import measure
from classifier.measure import Judged
from classifier.train import augment, corpus
from classifier.train.corpus import Example

FUNCTIONAL = HOME / "tests" / "functional"
WEEK = HOME / "bot" / "demo" / "week.jsonl"
WEEK_LABELS = HOME / "tests" / "data" / "week-labels.jsonl"
MESSAGES = HOME / "classifier" / "data"
LINES = 500  # real lines of each source that are read for false alarms
REGISTERS = {"functional": "functional test", "week": "week of chat", "forum": "forum, real"}  # else: our own files
DISGUISES = ("leet", "twins", "bare", "invisible", "spaced", "stretched", "slipped", "starred", "lowered")


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that is read in one measuring."""

    functional: list[Example]
    week: list[Example]
    messages: list[Example]
    forum: list[Example]
    lines: dict[str, list[Example]]  # real harmless lines, by source
    disguised: dict[str, list[Example]] = field(default_factory=dict)  # hateful functional cases, by disguise

    @property
    def open(self) -> list[Example]:
        """The hateful functional cases that hide nothing, which the disguises are put on."""
        return [e for e in self.functional if "flag" in e.labels and e.kind.startswith("F")]

    def all(self) -> list[str]:
        """The texts that rivals are asked about."""
        parts = (self.functional, self.week, self.messages, self.forum, *self.lines.values())
        return [e.text for part in parts for e in part]

    def __len__(self) -> int:
        parts = (self.functional, self.week, self.messages, self.forum, *self.lines.values(), *self.disguised.values())
        return sum(map(len, parts))


def gather(data: Path) -> Texts:
    """Read all of them; BadInput where the files are not there."""
    if not all((data / name).is_dir() for name in ("labelled", "unlabelled")):
        raise BadInput(f"{data}: labelled/ and unlabelled/ are not there; name the folder with --data")
    if not FUNCTIONAL.is_dir():
        raise BadInput(f"{FUNCTIONAL} is not there; measure in a checkout of the project, which carries its tests")
    texts = Texts(
        functional=_functional(),
        week=_week(),
        messages=list(corpus.messages([MESSAGES], "test")),
        forum=list(corpus.forum(data, "test")),
        lines={name: _lines(data, name) for name in (*corpus.SOURCES, corpus.HELD_OUT_SOURCE)},
    )
    texts.disguised.update({way: _disguised(texts.open, way) for way in DISGUISES})
    return texts


def _functional() -> list[Example]:
    return [corpus.example(row, "functional") for path in sorted(FUNCTIONAL.glob("*.jsonl")) for row in _rows(path)]


def _week() -> list[Example]:
    labels = {(row["id"], row.get("edited")): row for row in _rows(WEEK_LABELS)}
    rows = [row for row in _rows(WEEK) if row["text"]]
    return [corpus.example({**labels[row["id"], row.get("edited")], "text": row["text"]}, "week") for row in rows]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _lines(data: Path, source: str) -> list[Example]:
    return [Example(line, frozenset(), source) for line in corpus.harmless_lines(data, source, "test", LINES)]


def _disguised(examples: list[Example], way: str) -> list[Example]:
    dice = random.Random(way)
    disguise = getattr(augment, way)
    return [Example(disguise(e.text, dice), e.labels, e.source, e.kind, e.group) for e in examples]


Judge = Callable[[Sequence[Example]], list[Judged]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model, or a rival, says of them."""

    functional: list[Judged]
    week: list[Judged]
    messages: list[Judged]
    forum: list[Judged]
    lines: dict[str, list[Judged]]

    def headline(self) -> dict[str, Any]:
        """The figures that models are compared by."""
        lines = [j for part in self.lines.values() for j in part]
        best = measure.recall_at_precision(self.forum, 0.60)
        return {
            "functional": measure.detection(self.functional),
            "week": measure.detection(self.week),
            "messages": measure.detection(self.messages),
            "forum": {**measure.detection(self.forum), "recall_at_precision_0.60": best},
            "false_alarms_all": measure.share(sum(j.flagged for j in lines), len(lines)),
        }


def read_all(judge: Judge, texts: Texts) -> Reading:
    """Everything but the disguises, through one judge."""
    lines = {name: judge(part) for name, part in texts.lines.items()}
    return Reading(judge(texts.functional), judge(texts.week), judge(texts.messages), judge(texts.forum), lines)


def judged_as(example: Example, scores: Mapping[str, float], *, flagged: bool) -> Judged:
    """An example's truth beside what was said of it."""
    own = "forum, written" if example.source.startswith("forum-") else "chat, written"
    register = REGISTERS.get(example.source, own)
    return Judged(example.labels, flagged, scores, example.kind, example.group, register, len(example.text.split()))
