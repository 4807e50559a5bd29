"""A model from elsewhere comes to speak our language: calibrated, with thresholds, and with a manifest that holds."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.arrival import copy, needed
from classifier.errors import ModelError
from classifier.manifest import output_names, read_manifest
from classifier.model import MOST_SURE, Model, _one_against_all
from classifier.prepare import prepare
from classifier.train.adopt import adopt, fit
from classifier.train.calibrate import threshold_for
from classifier.train.corpus import Example
from classifier.train.finetune import Recipe
from classifier.verdict import LABELS
from tests import small_models

RECIPE = Recipe(precision=0.9)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEANING = {"OK": "", "HATE": "flag", "DEATH": "threat"}
KINDS = [small_models.bert, small_models.roberta, small_models.distilbert, small_models.modernbert]
WORDS = ("hej", "på", "dig", "jag", "hatar", "er", "alla", "solen", "skiner", "idag", "över", "torget")
TEXTS = [" ".join(random.Random(n).choices(WORDS, k=5)) for n in range(200)]


def foreign(folder: Path, make: Callable[..., Any] = small_models.bert, meaning: Any = MEANING, **more: Any) -> Model:
    return Model.load(small_models.saved(folder, make(list(meaning), **more), meaning))


def as_it_says(model: Model, label: str = "flag") -> list[Example]:
    """Texts of which the half holds that the model is surest of: it knows the truth, on a scale of its own."""
    scores = [verdict.of(label) for verdict in model.read(TEXTS)]
    middle = float(np.median(scores))
    return [
        Example(text, frozenset({label} if score > middle else ()), "x")
        for text, score in zip(TEXTS, scores, strict=True)
    ]


def adopted(model: Model, folder: Path, valid: list[Example], precision: float = 0.9) -> Model:
    folder.mkdir()
    copy(model.folder, needed(model.folder, model.manifest), folder)
    adopt(model, folder, "adopted", valid, [], Recipe(precision=precision), NOON, lambda _: None)
    return Model.load(folder)


def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


@pytest.mark.parametrize("problem_type", ["single_label_classification", "multi_label_classification"])
@pytest.mark.parametrize("make", KINDS)
def test_a_model_of_any_kind_is_calibrated_and_reads_so_afterwards(
    make: Callable[..., Any], problem_type: str, tmp_path: Path
) -> None:
    before = foreign(tmp_path / "theirs", make, problem_type=problem_type)
    valid = as_it_says(before)
    after = adopted(before, tmp_path / "ours", valid)
    assert after.manifest.imported
    assert not after.manifest.own
    assert after.model_id.startswith("adopted@")
    a, b, c = after.manifest.calibration["flag"]
    assert (a > 0, b) == (True, 0.0)
    truth = np.array(["flag" in example.labels for example in valid])
    flagged = []
    for was, verdict in zip(before.read(TEXTS), after.read(TEXTS, explain=True), strict=True):
        if 1e-6 < was.score < 1 - 1e-6 and 1e-6 < verdict.score < 1 - 1e-6:  # beyond, a float has no digits left
            assert log_odds(verdict.score) == pytest.approx(a * log_odds(was.score) + c, abs=1e-3)
        flagged.append(verdict.score >= after.manifest.thresholds["flag"])
    assert (truth & np.array(flagged)).sum() / sum(flagged) > 0.85


def test_only_labels_that_it_knows_are_calibrated_the_others_stay_at_nought(tmp_path: Path) -> None:
    before = foreign(tmp_path / "theirs", meaning={"OK": "", "HATE": "flag"})
    after = adopted(before, tmp_path / "ours", as_it_says(before))
    assert set(after.manifest.calibration) == {"flag"}
    assert set(after.manifest.thresholds) == {"flag", "threat"}
    (verdict,) = after.read(["jag hatar er alla"])
    assert [label for label, value in verdict.items() if value] == ["flag"]


def test_several_outputs_may_mean_the_same(tmp_path: Path) -> None:
    before = foreign(tmp_path / "theirs", meaning={"OK": "", "HATE": "flag", "INSULT": "flag"})
    after = adopted(before, tmp_path / "ours", as_it_says(before))
    assert after.manifest.outputs == ("", "flag", "flag")
    assert after.read(TEXTS)[0].score > 0


def test_texts_that_have_nothing_to_read_decide_nothing(tmp_path: Path) -> None:
    model = foreign(tmp_path / "theirs")
    valid = as_it_says(model)
    empty = [Example(" ", frozenset({"flag"}), "x"), Example("\u200b", frozenset(), "x")] * 200
    assert fit(model, [*valid, *empty], [], RECIPE) == fit(model, valid, [], RECIPE)


def test_where_no_text_tells_the_scores_stay_as_they_are(tmp_path: Path) -> None:
    model = foreign(tmp_path / "theirs")
    harmless = [Example(text, frozenset(), "x") for text in TEXTS]
    for valid in (harmless, []):
        calibration, thresholds = fit(model, valid, [], RECIPE)
        assert calibration == {"flag": (1.0, 0.0, 0.0), "threat": (1.0, 0.0, 0.0)}
        assert thresholds == {"flag": 0.5, "threat": 0.5}


def test_the_manifest_says_where_it_came_from_and_holds_every_file(tmp_path: Path) -> None:
    before = foreign(tmp_path / "theirs")
    after = adopted(before, tmp_path / "ours", as_it_says(before)).manifest
    assert after.source["folder"] == str(tmp_path / "theirs")
    assert after.source["digest"] == before.manifest.digest
    assert after.source["architecture"] == "BertForSequenceClassification"
    assert after.source["labels"] == {"HATE": "flag", "DEATH": "threat"}
    assert after.source["at"] == "2026-03-01T12:00:00+00:00"
    assert after.source["calibrated_on"] == len(TEXTS)
    assert set(after.files) == {path.name for path in (tmp_path / "ours").iterdir()} - {"manifest.json"}


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"])
def test_a_byte_that_was_changed_afterwards_is_seen(tmp_path: Path, name: str) -> None:
    before = foreign(tmp_path / "theirs")
    adopted(before, tmp_path / "ours", as_it_says(before))
    content = bytearray((tmp_path / "ours" / name).read_bytes())
    content[-2] ^= 1
    (tmp_path / "ours" / name).write_bytes(content)
    with pytest.raises(ModelError, match="is not the file it was"):
        Model.load(tmp_path / "ours")


def sharded(folder: Path) -> Path:
    return small_models.saved(folder, small_models.bert(list(MEANING)), MEANING, max_shard_size="10KB")


def test_weights_in_several_files_are_the_same_model_and_every_one_of_them_counts(tmp_path: Path) -> None:
    whole, parts = foreign(tmp_path / "whole"), Model.load(sharded(tmp_path / "parts"))
    assert whole.read(TEXTS[:3])[0].score == pytest.approx(parts.read(TEXTS[:3])[0].score)
    digest = parts.manifest.digest
    adopted(parts, tmp_path / "ours", as_it_says(parts))
    for folder, how in ((tmp_path / "parts", "another"), (tmp_path / "ours", "refused")):
        shard = sorted(folder.glob("model-*.safetensors"))[-1]
        content = bytearray(shard.read_bytes())
        content[-1] ^= 1
        shard.write_bytes(content)
        if how == "another":
            assert read_manifest(folder).digest != digest
        else:
            with pytest.raises(ModelError, match="is not the file it was"):
                Model.load(folder)


def test_weights_that_are_slipped_in_beside_those_of_the_manifest_are_refused(tmp_path: Path) -> None:
    """transformers would read them rather than the parts."""
    parts = Model.load(sharded(tmp_path / "parts"))
    adopted(parts, tmp_path / "ours", as_it_says(parts))
    small_models.bert(list(MEANING)).save_pretrained(str(tmp_path / "other"))
    (tmp_path / "ours" / "model.safetensors").write_bytes((tmp_path / "other" / "model.safetensors").read_bytes())
    with pytest.raises(ModelError, match=r"does not name model\.safetensors"):
        Model.load(tmp_path / "ours")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (["../other.safetensors"], "is no file of safetensors beside it"),
        (["/etc/passwd"], "is no file of safetensors beside it"),
        (["pytorch_model.bin"], "is no file of safetensors beside it"),
        (["gone.safetensors"], "gone.safetensors is missing"),
        (["a\x1b\n.safetensors"], r"a\x1b\n.safetensors' is missing"),
        ([], "names no weights"),
    ],
)
def test_an_index_that_leads_elsewhere_is_refused(tmp_path: Path, parts: list[str], why: str) -> None:
    folder = sharded(tmp_path / "parts")
    index = {"metadata": {}, "weight_map": {f"layer{i}": name for i, name in enumerate(parts)}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ModelError) as refusal:
        Model.load(folder)
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_config_that_names_other_weights_is_refused(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "theirs").folder
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "transformers_weights": "other.safetensors"}))
    with pytest.raises(ModelError, match="by another name"):
        Model.load(folder)


def tampered(folder: Path, **more: Any) -> Path:
    raw = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**raw, **more}), "utf-8")
    return folder


@pytest.mark.parametrize("labels", [["", "threat", "other"], ["", "flag", "spam"], [], None, "flag", ["flag"]])
def test_an_imported_manifest_must_mean_flag_by_some_output_and_nothing_unknown(tmp_path: Path, labels: Any) -> None:
    before = foreign(tmp_path / "theirs")
    adopted(before, tmp_path / "ours", as_it_says(before))
    with pytest.raises(ModelError, match="labels"):
        Model.load(tampered(tmp_path / "ours", labels=labels))


def test_our_own_manifest_must_still_name_every_label(tmp_path: Path) -> None:
    folder = small_models.own(tmp_path / "own")
    Model.load(folder)
    with pytest.raises(ModelError, match="labels are not ours"):
        Model.load(tampered(folder, labels=[*LABELS[:-1], ""]))


def test_a_label_map_may_lie_elsewhere_and_goes_before_the_one_in_the_folder(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "theirs").folder
    (tmp_path / "map.json").write_text('{"OK": "flag"}')
    assert Model.load(folder, tmp_path / "map.json").manifest.outputs == ("flag", "", "")


def test_outputs_that_were_never_named_are_called_as_transformers_calls_them(tmp_path: Path) -> None:
    """A config leaves them out; labels.json can say what they mean all the same."""
    meaning = {"LABEL_1": "flag"}
    folder = small_models.saved(tmp_path / "theirs", small_models.bert(["LABEL_0", "LABEL_1"]), meaning)
    assert "id2label" not in json.loads((folder / "config.json").read_text())
    assert output_names(folder) == ["LABEL_0", "LABEL_1"]
    assert Model.load(folder).manifest.outputs == ("", "flag")


def test_names_from_a_config_cannot_break_or_flood_the_line_that_tells_of_them(tmp_path: Path) -> None:
    names = ["a\nb\x1b[31m", *(f"{n}" * 500 for n in range(40))]
    folder = small_models.saved(tmp_path / "theirs", small_models.bert(names), {})
    with pytest.raises(ModelError) as refusal:
        Model.load(folder)
    line = str(refusal.value)
    assert line.isprintable()
    assert len(line) < 900


# Outputs that exclude one another


def test_their_log_odds_give_the_softmax_back(tmp_path: Path) -> None:
    logits = np.array([[0.3, -1.2, 4.0], [0.0, 0.0, 0.0], [30.0, 29.0, -5.0]])
    odds = _one_against_all(logits)
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(softmax)


@pytest.mark.parametrize("row", [[1e6, -1e6], [1e6, 1e6, -1e6], [5.0], [-800.0, 800.0]])
def test_their_log_odds_are_numbers_however_sure_the_model(row: list[float]) -> None:
    odds = _one_against_all(np.array([row]))
    assert np.isfinite(odds).all()
    assert np.abs(odds).max() <= MOST_SURE


def test_a_long_text_of_theirs_is_judged_by_its_worst_window_alone(tmp_path: Path) -> None:
    """Logits of several windows mixed would be the outputs of none, and could hide what one of them shouts."""
    model = foreign(tmp_path / "theirs", problem_type="single_label_classification")
    long = " ".join(TEXTS)
    windows = model._settled(model._windows(0, prepare(long)))
    assert len(windows) > 10
    (verdict,) = model.read([long])
    ok, hate, death = max(windows, key=lambda row: max(row[1:]))
    assert (verdict.score, verdict.threat) == pytest.approx([1 / (1 + math.exp(-x)) for x in (hate, death)], abs=1e-3)
    assert 1 / (1 + math.exp(-ok)) + verdict.score + verdict.threat == pytest.approx(1, abs=1e-3)


def test_texts_that_score_the_same_are_flagged_together_or_not_at_all() -> None:
    """The one hit among a hundred alike must not pass for precision."""
    scores, truth = np.full(100, 0.7), np.zeros(100, dtype=bool)
    truth[0] = True
    assert threshold_for(scores, truth, 0.9) == 0.5
    assert threshold_for(np.array([0.9, 0.9, 0.2]), np.array([True, True, False]), 0.9) == 0.9
    assert threshold_for(np.array([]), np.array([], dtype=bool), 0.9) == 0.5
