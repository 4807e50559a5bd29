"""Any model that loads is measured to the end, also one that flags nothing, and rivals are trained once for all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.config import load
from bot.core.errors import BadInput
from bot.measure import measure_model
from bot.measure import report as reporting
from bot.measure import texts as sources
from classifier.model import Model
from classifier.train import baselines
from tests.builders import write_unlabelled
from tests.small_models import MEANING, bert, saved

KINDS = ("F01", "F17", "F18", "S31", "S32")


def _row(i: int, kind: str = "") -> dict[str, Any]:
    flag = (kind in ("F01", "S31")) if kind else i % 3 == 0
    text = f"{'ut med allihop' if flag else 'fika på torget'} nummer {i} {'nu' * (i % 7)}"
    motives = ["xenophobia"] if flag else []
    return {"text": text, "flag": flag, "threat": flag and i % 2 == 0, "motives": motives, "targets": [], "kind": kind,
            "group": ("romer", "judar")[i % 2], "pair": f"p{i}"}  # fmt: skip


def _lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in miniature: texts of every kind, and a place for what rivals said."""
    write_unlabelled(tmp_path / "data", [f"vädret på rad {i}" for i in range(60)])
    _lines(tmp_path / "data" / "labelled" / "absabank_flashback_flags.jsonl", [_row(i) for i in range(900, 990)])
    week = [_row(i) for i in range(700, 730)]
    _lines(tmp_path / "week-labels.jsonl", [{**row, "id": str(i)} for i, row in enumerate(week)])
    posts = [{"id": str(i), "text": row["text"]} for i, row in enumerate(week)]
    monkeypatch.setattr(sources, "WEEK", _lines(tmp_path / "week.jsonl", posts))
    monkeypatch.setattr(sources, "WEEK_LABELS", tmp_path / "week-labels.jsonl")
    functional = _lines(tmp_path / "functional" / "f.jsonl", [_row(i, KINDS[i % 5]) for i in range(200)])
    monkeypatch.setattr(sources, "FUNCTIONAL", functional.parent)
    own = _lines(tmp_path / "own" / "own.jsonl", [_row(i) for i in range(1000, 1300)])
    for module in (sources, reporting):
        monkeypatch.setattr(module, "MESSAGES", own.parent)
    monkeypatch.setattr(reporting, "KEPT", tmp_path / "kept.safetensors")
    return tmp_path / "data"


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return Model.load(saved(tmp_path / "theirs", bert(list(MEANING))))


def _measured(data: Path, model: Model, flag: float = 0.5) -> dict[str, Any]:
    settings = load(None)
    thresholds = settings.thresholds.model_copy(update={"flag": flag, "threat": flag})
    measure_model(data, settings.model_copy(update={"thresholds": thresholds}), model, None)
    found: dict[str, Any] = json.loads((model.folder / "report.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("flag", [0.0, 0.5, 1.0])
def test_a_model_is_measured_whatever_it_flags(flag: float, data: Path, model: Model) -> None:
    report = _measured(data, model, flag)
    assert report["model"] == model.model_id
    assert report["functional"]["recall"]["value"] == {0.0: 1.0, 1.0: 0.0}.get(
        flag, report["functional"]["recall"]["value"]
    )
    assert set(report["functionalities"]) == set(KINDS)
    assert set(report["baselines"]) == set(baselines.BASELINES)
    card = (model.folder / "README.md").read_text("utf-8")
    assert "Where it came from" in card
    assert sorted(path.stem for path in (model.folder / "plots").iterdir()) == [
        "forum", "functional", "groups", "reliability",
    ]  # fmt: skip
    assert not list(model.folder.glob("*.part"))


def test_the_same_figures_come_out_again_and_the_rivals_are_trained_once(data: Path, model: Model) -> None:
    first = _measured(data, model)
    kept = reporting.KEPT.stat().st_mtime_ns
    second = _measured(data, model)
    assert reporting.KEPT.stat().st_mtime_ns == kept
    for timed in ("speed", "measured_at"):
        first.pop(timed)
        second.pop(timed)
    assert first == second


def test_what_rivals_said_is_asked_anew_when_it_is_torn_or_the_texts_are_others(data: Path, model: Model) -> None:
    first = _measured(data, model)
    reporting.KEPT.write_bytes(reporting.KEPT.read_bytes()[:-50])
    assert _measured(data, model)["baselines"] == first["baselines"]
    kept = reporting.KEPT.read_bytes()
    _lines(reporting.MESSAGES / "more.jsonl", [_row(i) for i in range(2000, 2100)])
    _measured(data, model)
    assert reporting.KEPT.read_bytes() != kept


def test_a_folder_without_texts_is_refused_before_anything_is_written(tmp_path: Path, model: Model) -> None:
    with pytest.raises(BadInput, match="name the folder with --data"):
        measure_model(tmp_path, load(None), model, None)
    assert not (model.folder / "report.json").exists()
