"""`uppsikt measure`: what is measured of a model, beside which rivals, and the report and card that come of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import click
from jinja2 import Environment, FileSystemLoader

from bot import app
from bot.config import HOME, Settings
from bot.core.messages import Channel, Posted
from bot.core.policy import assess
from bot.measure import plots
from bot.measure.goals import FUNCTIONALITIES, goals, unbeaten
from bot.measure.texts import MESSAGES, Judge, Reading, Texts, gather, judged_as, read_all
from bot.progress import bar
from classifier import measure
from classifier.manifest import Manifest
from classifier.measure import Deletion, Judged
from classifier.model import Model
from classifier.train import corpus
from classifier.train.baselines import BASELINES, Spoken, speak_all
from classifier.train.corpus import Example
from classifier.train.finetune import Recipe, training_examples, valid_lines
from classifier.verdict import MOTIVES
from classifier.whole import whole

PIECE = 256  # texts that are read at once
KEPT = HOME / "models" / ".baselines.safetensors"  # what the rivals said, so that they are trained once for all models
EXPLAINED = 300  # flagged texts whose strongest span is taken away


def measure_model(data: Path, settings: Settings, model: Model, out: Path | None) -> None:
    """Write report.json, pictures and the card beside the model's weights, or to `out`. BadInput for missing files."""
    texts = gather(data)
    rivals = _rivals(texts, data)
    with bar(len(texts), "texts") as show:
        judge = _judge(model, settings, show)
        reading = read_all(judge, texts)
        disguised = {way: measure.recall(judge(part)) for way, part in texts.disguised.items()}
    report = _report(model, texts, reading, disguised, rivals)
    folder = out or model.folder
    _pictures(folder / "plots", model.manifest.name, reading, rivals, report)
    with whole(folder / "report.json") as part:
        part.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    with whole(folder / "README.md") as part:
        part.write_text(_card(report, model.manifest), "utf-8")
    click.echo(f"{folder / 'report.json'} and {folder / 'README.md'} written")


def _report(
    model: Model, texts: Texts, reading: Reading, disguised: Mapping[str, float], rivals: Mapping[str, Reading]
) -> dict[str, Any]:
    functional, held = reading.functional, reading.messages
    everything = [*functional, *held, *reading.forum]
    neutral = measure.false_positives_by_group([j for j in functional if j.kind == "F18"])
    report: dict[str, Any] = {
        "model": model.model_id,
        "measured_at": datetime.now(UTC).date().isoformat(),
        "thresholds": dict(model.manifest.thresholds),
        "size_mb": round(sum(f.stat().st_size for f in model.folder.glob("*.safetensors")) / 1e6, 1),
        "speed": _speed(model, [e.text for e in texts.messages]),
        **reading.headline(),
        "functionalities": measure.accuracy_by(functional, "kind"),
        "motives": measure.motives_f1(functional, MOTIVES),
        "false_alarms": {
            name: measure.share(sum(j.flagged for j in part), len(part)) for name, part in reading.lines.items() if part
        },
        "calibration_error": measure.calibration_error(held),
        "calibration_by_group": measure.calibration_by_group([*held, *functional]),
        "neutral_by_group": neutral,
        "neutral_gap": measure.gap(neutral),
        "lengths": measure.by_length(everything),
        "registers": measure.by_register([*everything, *reading.week]),
        "recall_open": measure.recall([j for j in functional if j.hateful and j.kind.startswith("F")]),
        "recall_disguised": disguised,
        "groups": measure.recall_and_alarms_by_group(functional),
        "deletion": measure.deletion(list(_deletions(model, texts.functional, functional))),
        "baselines": {name: rival.headline() for name, rival in rivals.items()},
    }
    return {**report, "unbeaten": unbeaten(report), "goals": goals(report)}


def _judge(model: Model, settings: Settings, show: Callable[[int], None]) -> Judge:
    """The model under the policy in force, as in service."""
    policy, now, done = app.policy_of(settings, model), datetime.now(UTC), 0

    def judge(examples: Sequence[Example]) -> list[Judged]:
        nonlocal done
        judged = []
        for start in range(0, len(examples), PIECE):
            part = examples[start : start + PIECE]
            for example, verdict in zip(part, model.read([e.text for e in part]), strict=True):
                post = Posted("0", Channel("", ""), "", now, example.text)
                flagged = assess(post, verdict, policy, now) is not None
                judged.append(judged_as(example, dict(verdict.items()), flagged=flagged))
            done += len(part)
            show(done)
        return judged

    return judge


def _rivals(texts: Texts, data: Path) -> dict[str, Reading]:
    """Every baseline, trained on what the model was trained on, with a threshold for the same precision."""
    recipe = Recipe()
    train = training_examples(data, [MESSAGES], recipe, Random(recipe.seed))
    valid = [*corpus.messages([MESSAGES], "valid"), *corpus.forum(data, "valid")]
    with bar(len(BASELINES), "baselines") as show:
        spoken = speak_all(train, valid, valid_lines(data, recipe), texts.all(), recipe, KEPT, show)
    return {name: read_all(_judge_of(each), texts) for name, each in spoken.items()}


def _judge_of(spoken: Spoken) -> Judge:
    def judge(examples: Sequence[Example]) -> list[Judged]:
        scores = [spoken.scores[e.text] for e in examples]
        pairs = zip(examples, scores, strict=True)
        return [judged_as(e, {"flag": s}, flagged=s >= spoken.limit) for e, s in pairs]

    return judge


def _speed(model: Model, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of one message (median), messages a second in batches; of this machine, at this moment."""
    model.read(texts[:50])
    taken = []
    for text in texts[:200]:
        start = time.perf_counter()
        model.read([text])
        taken.append(time.perf_counter() - start)
    start = time.perf_counter()
    model.read(texts)
    return {
        "latency_ms": round(1000 * median(taken), 2),
        "per_second": round(len(texts) / (time.perf_counter() - start)),
    }


def _deletions(model: Model, examples: Sequence[Example], judged: Sequence[Judged]) -> Iterator[Deletion]:
    """What flagged texts lose with their strongest span, and with as long a stretch elsewhere."""
    dice = Random(1)
    flagged = [e.text for e, j in zip(examples, judged, strict=True) if j.hateful and j.flagged][:EXPLAINED]
    for text, verdict in zip(flagged, model.read(flagged, explain=True), strict=True):
        if not verdict.spans:
            continue
        top = max(verdict.spans, key=lambda span: span.weight)
        size = top.end - top.start
        places = [*range(max(0, top.start - size) + 1), *range(top.end, len(text) - size + 1)]
        places = [p for p in places if p + size <= top.start or p >= top.end]
        if not places:
            continue
        other = dice.choice(places)
        without = [text[: top.start] + text[top.end :], text[:other] + text[other + size :]]
        strongest, elsewhere = (max(v.score, v.threat) for v in model.read(without))
        whole = max(verdict.score, verdict.threat)
        yield Deletion(whole - strongest, whole - elsewhere)


def _pictures(
    folder: Path, name: str, reading: Reading, rivals: Mapping[str, Reading], report: Mapping[str, Any]
) -> None:
    folder.mkdir(exist_ok=True)
    curves = {name: reading.functional, **{rival: read.functional for rival, read in rivals.items()}}
    plots.precision_and_recall(curves, folder / "functional.svg")
    curves = {name: reading.forum, **{rival: read.forum for rival, read in rivals.items()}}
    plots.precision_and_recall(curves, folder / "forum.svg")
    sets = {"own messages": reading.messages, "functional test": reading.functional, "real forum posts": reading.forum}
    plots.reliability(sets, folder / "reliability.svg")
    plots.groups(report["groups"], folder / "groups.svg")


def _card(report: Mapping[str, Any], manifest: Manifest) -> str:
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # Markdown, our words
    slots = {"r": report, "recipe": manifest.recipe, "source": manifest.source, "functionalities": FUNCTIONALITIES}
    return environment.get_template("card.md.jinja").render(**slots)
