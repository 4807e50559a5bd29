"""Of a folder from outside only what a model needs is taken, nothing leads out of it, and it comes whole or not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from classifier.arrival import arriving, copy, look_over, needed
from classifier.errors import ModelError
from classifier.manifest import read_manifest, write_manifest
from tests import small_models


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_models.saved(tmp_path / "theirs", small_models.bert(list(small_models.MEANING)))


def refused(folder: Path, words: str) -> None:
    with pytest.raises(ModelError) as refusal:
        look_over(folder)
    line = str(refusal.value)
    assert str(folder) in line
    assert words in line
    assert "\n" not in line


def test_a_folder_of_ordinary_files_is_looked_over_without_a_word(folder: Path) -> None:
    (folder / "onnx").mkdir()
    (folder / "same.json").symlink_to("config.json")
    look_over(folder)


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret.txt", "/etc", "../theirs-too", "/nowhere/at/all"])
def test_a_link_that_leads_out_is_refused(folder: Path, target: str) -> None:
    (folder.parent / "secret.txt").write_text("x")
    (folder.parent / "theirs-too").mkdir()  # its path begins as the folder's does
    (folder / "labels.json").unlink()
    (folder / "labels.json").symlink_to(target)
    refused(folder, "labels.json is a link that leads out")


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    refused(folder, "link that leads nowhere")


def test_a_link_to_nothing_in_the_folder_is_refused(folder: Path) -> None:
    (folder / "vocab.txt").symlink_to("gone.txt")
    refused(folder, "vocab.txt is no ordinary file")


def test_a_pipe_is_refused_before_anybody_waits_for_it(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    os.mkfifo(folder / "tokenizer.json")
    refused(folder, "tokenizer.json is no ordinary file")


def test_a_name_that_acts_on_a_terminal_is_told_harmlessly(folder: Path) -> None:
    (folder / "a\x1b[31m\n").symlink_to("/etc/passwd")
    refused(folder, r"a\x1b[31m\n is a link")


def test_only_what_a_model_needs_is_taken(folder: Path) -> None:
    for name in ("README.md", "pytorch_model.bin", "training_args.bin", "modeling_evil.py", "optimizer.pt"):
        (folder / name).write_text("not needed")
    (folder / "vocab.txt").write_text("of the tokenizer")
    names = needed(folder, read_manifest(folder))
    assert sorted(names) == [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
    ]


def test_weights_in_several_files_are_taken_with_their_index(tmp_path: Path) -> None:
    network = small_models.bert(list(small_models.MEANING))
    folder = small_models.saved(tmp_path / "sharded", network, max_shard_size="10KB")
    names = needed(folder, read_manifest(folder))
    shards = sorted(path.name for path in folder.glob("model-*.safetensors"))
    assert len(shards) > 1
    assert {"model.safetensors.index.json", *shards} <= set(names)


def test_of_our_own_folder_is_taken_what_its_manifest_names(tmp_path: Path) -> None:
    folder = small_models.own(tmp_path / "own")
    (folder / "report.json").write_text("{}")
    names = needed(folder, read_manifest(folder))
    assert sorted(names) == [
        "config.json",
        "manifest.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    ]


def test_a_manifest_that_brings_along_what_is_no_part_of_a_model_is_refused(tmp_path: Path) -> None:
    folder = small_models.own(tmp_path / "own")
    (folder / "setup.py").write_text("print('hej')")
    raw = read_manifest(folder)
    content = {"labels": list(raw.outputs), "thresholds": dict(raw.thresholds)}
    write_manifest(folder, "own", content)
    with pytest.raises(ModelError, match=r"names 'setup\.py', which is no part of a model"):
        needed(folder, read_manifest(folder))


def test_what_arrives_whole_takes_its_place(folder: Path, tmp_path: Path) -> None:
    with arriving(tmp_path / "shelf" / "new") as part:
        copy(folder, ["config.json"], part)
        assert not (tmp_path / "shelf" / "new").exists()
    assert os.listdir(tmp_path / "shelf") == ["new"]
    assert (tmp_path / "shelf" / "new" / "config.json").read_bytes() == (folder / "config.json").read_bytes()


def test_a_link_within_the_folder_arrives_as_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "config.json", folder / "blob")
    (folder / "config.json").symlink_to("blob")
    with arriving(tmp_path / "new") as part:
        copy(folder, ["config.json"], part)
    assert not (tmp_path / "new" / "config.json").is_symlink()


@pytest.mark.parametrize("problem", [ModelError("torn"), OSError(28, "No space left"), KeyboardInterrupt()])
def test_of_what_breaks_off_nothing_is_left(tmp_path: Path, problem: BaseException) -> None:
    def break_off() -> None:
        with arriving(tmp_path / "new") as part:
            (part / "half").write_text("x")
            raise problem

    with pytest.raises(type(problem)):
        break_off()
    assert os.listdir(tmp_path) == []


def test_what_a_killed_import_left_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "new.part" / "old").mkdir(parents=True)
    (tmp_path / "new.part" / "old" / "half").write_text("x")
    with arriving(tmp_path / "new") as part:
        (part / "whole").write_text("y")
    assert os.listdir(tmp_path) == ["new"]
    assert os.listdir(tmp_path / "new") == ["whole"]


def test_two_imports_of_one_name_do_not_write_over_each_other(tmp_path: Path) -> None:
    with arriving(tmp_path / "new") as part:
        (part / "first").write_text("x")
        with pytest.raises(ModelError, match="being imported just now"):
            with arriving(tmp_path / "new"):
                raise AssertionError("two at once")
        assert os.listdir(part) == ["first"]
    assert os.listdir(tmp_path / "new") == ["first"]


def test_what_took_the_place_meanwhile_stays(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there already"):
        with arriving(tmp_path / "new"):
            (tmp_path / "new").mkdir()
    assert os.listdir(tmp_path) == ["new"]
    assert os.listdir(tmp_path / "new") == []
