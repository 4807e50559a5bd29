"""Any local text classifier can be loaded, and whatever is wrong with a folder is said in one line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from classifier.errors import ModelError
from classifier.manifest import write_manifest
from classifier.model import Model
from classifier.networks import OwnNetwork, TransformersNetwork
from classifier.train.tokens import learn_tokenizer, save_tokenizer
from classifier.verdict import LABELS
from tests import small_models
from tests.small_models import MEANING, PIECES, bert, distilbert, modernbert, roberta, saved

TEXTS = ["hej på dig", "", "jag hatar er alla", "ord " * 400, "😀 \ud800 \x00"]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A whole folder from elsewhere."""
    return saved(tmp_path / "foreign", bert(list(MEANING)))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A whole folder of our own making, but small and untrained."""
    return small_models.own(tmp_path / "own")


def _manifest(folder: Path, **more: Any) -> None:
    thresholds = {"flag": 0.5, "threat": 0.5}
    content = {"labels": list(LABELS), "thresholds": thresholds, "calibration": {"flag": [1.0, 0.0, 0.0]}}
    write_manifest(folder, folder.name, {**content, **more})


def _refused(folder: Path, words: str) -> None:
    with pytest.raises(ModelError) as refusal:
        Model.load(folder)
    line = str(refusal.value)
    assert str(folder) in line
    assert words in line
    assert "\n" not in line
    assert len(line) < 500


@pytest.mark.parametrize("make", [bert, distilbert, roberta, modernbert])
def test_a_classifier_from_elsewhere_is_loaded_and_reads(make: Callable[[list[str]], Any], tmp_path: Path) -> None:
    model = Model.load(saved(tmp_path / "theirs", make(list(MEANING))))
    assert model.model_id.startswith("theirs@")
    together = model.read(TEXTS, explain=True)
    for verdict, text in zip(together, TEXTS, strict=True):
        assert all(0 <= value <= 1 for _, value in verdict.items())
        assert all(0 <= span.start < span.end <= len(text) for span in verdict.spans)
        assert abs(verdict.score - model.read([text])[0].score) < 1e-3
    assert together[1].score == 0
    assert 0 < together[0].score < 1
    assert 0 < together[0].threat < 1
    assert together[0].motives["other"] == 0


def test_outputs_that_exclude_one_another_sum_to_one(tmp_path: Path) -> None:
    network = bert(["FINE", "HATE", "DEATH"], problem_type="single_label_classification")
    meaning = {"FINE": "other", "HATE": "flag", "DEATH": "threat"}
    model = Model.load(saved(tmp_path / "softmax", network, meaning))
    for verdict in model.read(["hej på dig", "jag hatar er alla", "ord " * 300]):
        assert abs(sum(value for _, value in verdict.items()) - 1) < 1e-6


def test_a_folder_whose_labels_are_ours_needs_no_map(tmp_path: Path) -> None:
    model = Model.load(saved(tmp_path / "same", bert(["threat", "flag"]), None))
    assert model.manifest.outputs == ("threat", "flag")


def test_our_own_folder_runs_lean_and_says_what_transformers_says(own: Path) -> None:
    assert Model.load(own).manifest.lean
    ids = torch.arange(4, 30).repeat(3, 1)
    assert torch.allclose(OwnNetwork(own).logits(ids, None), TransformersNetwork(own).logits(ids, None), atol=0.05)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path / "none", "no such model folder")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path, "config.json is missing")


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_torn_file_is_refused(own: Path, name: str) -> None:
    content = bytearray((own / name).read_bytes())
    content[len(content) // 2] ^= 1
    (own / name).write_bytes(content)
    _refused(own, f"{name} is not the file it was")


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_file_that_is_missing_is_refused(own: Path, name: str) -> None:
    (own / name).unlink()
    _refused(own, f"{name} is missing")


@pytest.mark.parametrize("size", [0, 5, 1000, -20])
def test_truncated_weights_are_refused(foreign: Path, size: int) -> None:
    path = foreign / "model.safetensors"
    path.write_bytes(path.read_bytes()[:size])
    _refused(foreign, "cannot be loaded")


@pytest.mark.parametrize("kind", ["own", "foreign"])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused(kind: str, number: float, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(kind)
    weights = load_file(folder / "model.safetensors")
    weights["bert.encoder.layer.1.output.dense.weight"][3, 3] = number
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    if kind == "own":
        _manifest(folder)
    _refused(folder, "NaN")


def test_weights_that_lack_the_answering_layer_are_refused(foreign: Path) -> None:
    """transformers would fill it with dice."""
    weights = load_file(foreign / "model.safetensors")
    del weights["classifier.weight"]
    save_file(weights, foreign / "model.safetensors", {"format": "pt"})
    _refused(foreign, "classifier.weight")


def test_pickled_weights_alone_are_refused(foreign: Path) -> None:
    torch.save(load_file(foreign / "model.safetensors"), foreign / "pytorch_model.bin")
    (foreign / "model.safetensors").unlink()
    _refused(foreign, "pickled weights are not loaded")


def test_another_label_set_is_refused(own: Path) -> None:
    _manifest(own, labels=[*LABELS[:-1], "spam"])
    _refused(own, "its labels are not ours")


def test_more_outputs_than_labels_are_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path / "own", bert([*LABELS, "one more"]), None)
    _manifest(folder)
    _refused(folder, "15 outputs")


def test_a_map_that_says_no_flag_is_refused(foreign: Path) -> None:
    (foreign / "labels.json").write_text('{"HATE": "threat"}')
    _refused(foreign, "means flag")


@pytest.mark.parametrize("meaning", ['{"HATE": "hatred"}', '{"HATE": "flag", "NOSUCH": "threat"}'])
def test_a_map_of_unknown_labels_is_refused(foreign: Path, meaning: str) -> None:
    (foreign / "labels.json").write_text(meaning)
    _refused(foreign, "do not know")


@pytest.mark.parametrize(
    "meaning", ["[]", "{", "\xff", "null", "1", '{"HATE": ["flag"]}', '{"HATE": null}', "[" * 100_000]
)
def test_a_map_that_is_no_map_is_refused(foreign: Path, meaning: str) -> None:
    (foreign / "labels.json").write_bytes(meaning.encode("latin-1"))
    _refused(foreign, "labels")


@pytest.mark.parametrize("name", ["config.json", "manifest.json"])
@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null", b"{}", b"12"])
def test_a_description_that_is_none_is_refused(own: Path, name: str, content: bytes) -> None:
    if name == "config.json":
        (own / "manifest.json").unlink()
    (own / name).write_bytes(content)
    _refused(own, "")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"thresholds": {"flag": 0.5}}, "thresholds"),
        ({"thresholds": {"flag": 0.5, "threat": 7}}, "0..1"),
        ({"thresholds": []}, "thresholds"),
        ({"calibration": {"flag": [1, 2]}}, "calibration"),
        ({"calibration": {"flag": [1, 2, "x"]}}, "calibration"),
        ({"calibration": {"flag": [1, 2, float("nan")]}}, "calibration"),
        ({"format": 99}, "format"),
    ],
)
def test_a_manifest_with_a_wrong_value_is_refused(own: Path, more: dict[str, Any], words: str) -> None:
    _manifest(own, **more)
    _refused(own, words)


def test_the_tokenizer_of_another_model_is_refused(foreign: Path) -> None:
    other = learn_tokenizer([chr(97 + i % 26) * (2 + i // 26) for i in range(500)] * 5, PIECES + 80)
    assert len(other) > PIECES
    save_tokenizer(other, foreign)
    _refused(foreign, "tokenizer is not this model's")


def test_a_broken_tokenizer_is_refused(foreign: Path) -> None:
    (foreign / "tokenizer.json").write_text("{}")
    _refused(foreign, "tokenizer cannot be loaded")


def test_broken_n_grams_are_refused(own: Path) -> None:
    (own / "ngrams.safetensors").write_bytes(b"none")
    _manifest(own)
    _refused(own, "ngrams.safetensors cannot be read")


def test_a_model_that_reads_hardly_a_sentence_is_refused(tmp_path: Path) -> None:
    folder = saved(tmp_path / "short", bert(list(MEANING), max_position_embeddings=16))
    _refused(folder, "pieces at a time")


def test_another_copy_of_a_folder_is_the_same_model(own: Path, tmp_path: Path) -> None:
    shutil.copytree(own, tmp_path / "copy")
    assert Model.load(own).model_id == Model.load(tmp_path / "copy").model_id
