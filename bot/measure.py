"""`uppsikt measure`: which texts a model is measured on, and the report and card that come of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, FileSystemLoader

from bot import app
from bot.config import HOME, Settings
from bot.core.errors import BadInput
from bot.core.messages import Channel, Posted
from bot.core.policy import assess
from bot.progress import bar
from classifier import measure
from classifier.measure import Judged
from classifier.model import Model
from classifier.train import augment, corpus
from classifier.train.corpus import Example
from classifier.verdict import MOTIVES

FUNCTIONAL = HOME / "tests" / "functional"
WEEK = HOME / "bot" / "demo" / "week.jsonl"
WEEK_LABELS = HOME / "tests" / "data" / "week-labels.jsonl"
MESSAGES = HOME / "classifier" / "data"
LINES = 500  # real lines of each source that are read for false alarms
PIECE = 256
DISGUISES = ("leet", "twins", "bare", "invisible", "spaced", "stretched", "slipped", "starred", "lowered")


def measure_model(data: Path, settings: Settings, out: Path | None) -> None:
    """Measure the configured model; write report.json and the card beside its weights. BadInput for missing files."""
    if not (data / "labelled").is_dir() or not FUNCTIONAL.is_dir():
        raise BadInput(f"{data}: labelled/ is not there; name the folder with --data")
    model = app.load_model(settings)
    report = _report(model, settings, data)
    folder = out or model.folder
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    cards = FileSystemLoader(Path(__file__).parent / "cards")
    environment = Environment(loader=cards, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # Markdown, our own words
    card = environment.get_template("card.md.jinja")
    (folder / "README.md").write_text(card.render(r=report, recipe=model.manifest.recipe), "utf-8")
    click.echo(f"{folder / 'report.json'} and {folder / 'README.md'} written")


def _report(model: Model, settings: Settings, data: Path) -> dict[str, Any]:
    functional = _functional()
    week = _week()
    held = list(corpus.messages([MESSAGES], "test"))
    forum = list(corpus.forum(data, "test"))
    sources = {name: _held_out(data, name) for name in (*corpus.SOURCES, corpus.HELD_OUT_SOURCE)}
    plain = [e for e in functional if "flag" in e.labels and e.kind.startswith("F")]
    whole = len(functional) + len(week) + len(held) + len(forum) + len(plain) * len(DISGUISES)
    whole += sum(map(len, sources.values()))
    with bar(whole, "texts") as show:
        judge = _judge(model, settings, show)
        judged = judge(functional)
        judged_week, judged_held, judged_forum = judge(week), judge(held), judge(forum)
        alarms = {name: sum(j.flagged for j in judge(lines)) for name, lines in sources.items()}
        disguised = {name: _disguised(judge, plain, name) for name in DISGUISES}
    open_recall = _recall([j for j in judged if j.hateful and j.kind.startswith("F")])
    neutral = measure.false_positives_by_group([j for j in judged if j.kind == "F18"])
    return {
        "model": model.model_id,
        "measured_at": datetime.now(UTC).date().isoformat(),
        "thresholds": dict(model.manifest.thresholds),
        "size_mb": round(sum(f.stat().st_size for f in model.folder.glob("*.safetensors")) / 1e6, 1),
        "functional": measure.detection(judged),
        "functionalities": measure.accuracy_by(judged, "kind"),
        "motives": measure.motives_f1(judged, MOTIVES),
        "week": measure.detection(judged_week),
        "messages": measure.detection(judged_held),
        "forum": {
            **measure.detection(judged_forum),
            "recall_at_precision_0.60": measure.recall_at_precision(judged_forum, 0.60),
        },
        "false_alarms": {
            name: measure.share(count, len(sources[name])) for name, count in alarms.items() if sources[name]
        },
        "false_alarms_all": measure.share(sum(alarms.values()), sum(map(len, sources.values()))),
        "calibration_error": measure.calibration_error(judged_held),
        "neutral_by_group": neutral,
        "neutral_gap": max(f["value"] for f in neutral.values()) - min(f["value"] for f in neutral.values()),
        "recall_open": open_recall,
        "recall_disguised": disguised,
    }


def _judge(
    model: Model, settings: Settings, show: Callable[[int], None]
) -> Callable[[Iterable[Example]], list[Judged]]:
    policy, now, done = app.policy_of(settings, model), datetime.now(UTC), 0

    def judge(examples: Iterable[Example]) -> list[Judged]:
        nonlocal done
        given, judged = list(examples), []
        for start in range(0, len(given), PIECE):
            part = given[start : start + PIECE]
            for example, verdict in zip(part, model.read([e.text for e in part]), strict=True):
                post = Posted("0", Channel("", ""), "", now, example.text)
                flagged = assess(post, verdict, policy, now) is not None
                judged.append(Judged(example.labels, flagged, dict(verdict.items()), example.kind, example.group))
            done += len(part)
            show(done)
        return judged

    return judge


def _functional() -> list[Example]:
    rows = (json.loads(line) for path in sorted(FUNCTIONAL.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    return [corpus.example(row, "functional") for row in rows]


def _week() -> list[Example]:
    labels = {(row["id"], row.get("edited")): row for row in map(json.loads, WEEK_LABELS.open(encoding="utf-8"))}
    rows = [row for row in map(json.loads, WEEK.open(encoding="utf-8")) if row["text"]]
    return [corpus.example({**labels[row["id"], row.get("edited")], "text": row["text"]}, "week") for row in rows]


def _held_out(data: Path, source: str) -> list[Example]:
    lines = [line for line in corpus.unlabelled(data, source, held_out=True) if len(line) < 600]
    chosen = random.Random(source).sample(lines, min(LINES, len(lines)))
    return [Example(line, frozenset(), source) for line in chosen]


def _disguised(judge: Callable[[Iterable[Example]], list[Judged]], plain: Sequence[Example], way: str) -> float:
    dice = random.Random(way)
    disguise = getattr(augment, way)
    return _recall(judge(Example(disguise(e.text, dice), e.labels, e.source, e.kind, e.group) for e in plain))


def _recall(judged: Sequence[Judged]) -> float:
    return sum(j.flagged for j in judged) / len(judged)
