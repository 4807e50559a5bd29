"""A worse model cannot land unnoticed: floors under what the shipped one does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from classifier.measure import Judged, detection
from classifier.model import Model
from classifier.train.corpus import example

ROOT = Path(__file__).parents[2]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _figures(model: Model, rows: list[dict[str, Any]]) -> dict[str, Any]:
    verdicts = model.read([row["text"] for row in rows])
    limits = model.manifest.thresholds
    judged = [
        Judged(example(row, "").labels, any(verdict.of(k) >= v for k, v in limits.items()), dict(verdict.items()))
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    return detection(judged)


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    """The shipped model on one thread: threads that wait for one another spin where a processor is busy."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield Model.load(ROOT / "models" / "uppsikt-sv")
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def week(model: Model) -> dict[str, Any]:
    truth = {(row["id"], row.get("edited")): row for row in _rows(ROOT / "tests/data/week-labels.jsonl")}
    posts = [row for row in _rows(ROOT / "bot/demo/week.jsonl") if row["text"]]
    rows = [{**truth[row["id"], row.get("edited")], "text": row["text"]} for row in posts]
    return _figures(model, rows)


@pytest.fixture(scope="module")
def functional(model: Model) -> dict[str, Any]:
    return _figures(model, [row for path in sorted((ROOT / "tests/functional").glob("*.jsonl")) for row in _rows(path)])


def test_the_bundled_week_has_its_hateful_messages_flagged(week: dict[str, Any]) -> None:
    assert week["recall"]["value"] >= 0.85


def test_the_bundled_week_has_few_false_alarms(week: dict[str, Any]) -> None:
    assert week["precision"]["value"] >= 0.82


def test_the_threats_of_the_bundled_week_are_flagged(week: dict[str, Any]) -> None:
    assert week["threat_recall"]["value"] >= 0.8


def test_the_functional_tests_are_told_apart(functional: dict[str, Any]) -> None:
    assert functional["auc"] >= 0.88


def test_the_harmless_functional_tests_are_rarely_flagged(functional: dict[str, Any]) -> None:
    assert functional["false_positives"]["value"] <= 0.09
