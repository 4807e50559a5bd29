"""Models from the command line: taken in whole or not at all, promoted by a person alone, and always a way back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from click.testing import CliRunner, Result
from safetensors.torch import load_file, save_file

from bot import models
from bot.cli import main
from bot.config import load
from classifier.manifest import read_manifest
from classifier.train.tokens import learn_tokenizer, save_tokenizer
from tests import small_models
from tests.builders import HOME, MODEL, write_lines, write_unlabelled

PROGRAM = [sys.executable, "-W", "ignore", "-m", "bot", "model"]
HATE, KIND = ("jag hatar er alla", "ni hatar dig", "hatar alla på torget"), ("hej på dig", "solen skiner", "idag")
FIGURES = {
    "functional": {"macro_f1": 0.5, "auc": 0.6},
    "week": {"recall": {"value": 0.25, "of": 4}, "precision": {"of": 0}},
    "forum": {"auc": 0.75},
    "false_alarms_all": {"value": 0.0125, "of": 80},
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own, with a shelf of its own and few texts to calibrate on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)
    configure(tmp_path)
    own = tmp_path / "messages"
    own.mkdir()
    monkeypatch.setattr(models, "MESSAGES", own)
    rows = [{"text": f"{(HATE if n % 2 else KIND)[n % 3]} {n}", "flag": bool(n % 2), "pair": n} for n in range(600)]
    write_lines(own / "few.jsonl", [json.dumps(row) for row in rows])
    write_unlabelled(tmp_path / "data", [f"en rad om väder nummer {i}" for i in range(20)])
    rows = [{"text": f"{(HATE if n % 2 else KIND)[n % 3]} {n} {n}", "flag": bool(n % 2)} for n in range(100)]
    write_lines(tmp_path / "data" / "labelled" / "absabank_flashback_flags.jsonl", [json.dumps(row) for row in rows])


def configure(folder: Path, more: str = "") -> None:
    (folder / "config.toml").write_text(f"[uppsikt]\nmodels = 'shelf'\n{more}", "utf-8")


def run(*arguments: object, code: int = 0) -> Result:
    """Run a command of `uppsikt model`; whatever its exit code, there is no traceback."""
    return typed("model", *arguments, code=code)


def typed(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


def refused(*arguments: object, code: int = 1) -> str:
    """Run a command that must be refused; the one line it is refused with."""
    result = run(*arguments, code=code)
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    assert told.startswith("uppsikt: ")
    return told.removeprefix("uppsikt: ")


def take_in(folder: Path, *more: object, code: int = 0) -> Result:
    return run("import", folder, "--data", "data", "--no-measure", *more, code=code)


def theirs(name: str = "theirs", make: Callable[..., Any] = small_models.bert, meaning: Any = None, **how: Any) -> Path:
    """A folder from elsewhere, beside the shelf."""
    named = small_models.MEANING if meaning is None else meaning
    network = make(list(named) or list(small_models.MEANING), problem_type="single_label_classification")
    return small_models.saved(Path("elsewhere") / name, network, named or None, **how)


def measured(name: str, macro_f1: float = 0.5) -> str:
    """A model on the shelf as `uppsikt measure` leaves it: with the figures of this very model."""
    folder = Path("shelf") / name
    report = {"model": read_manifest(folder).model_id, "measured_at": "2026-03-01", **FIGURES}
    report["functional"] = {"macro_f1": macro_f1}
    (folder / "report.json").write_text(json.dumps(report))
    return name


def taken_in(name: str = "theirs", **more: Any) -> str:
    """A model on the shelf, measured."""
    take_in(theirs(name, **more))
    return measured(name)


def rows() -> dict[str, Any]:
    """What `model list` says, by name."""
    return {row["name"]: row for row in json.loads(run("list", "--json").stdout)}


def history() -> list[dict[str, str]]:
    path = Path("shelf/promoted.json")
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def in_force() -> str:
    (name,) = [name for name, row in rows().items() if row["in_force"]]
    return name


# Import


@pytest.mark.parametrize(
    ("make", "how"),
    [
        (small_models.bert, {}),
        (small_models.roberta, {"max_shard_size": "10KB"}),
        (small_models.distilbert, {}),
        (small_models.modernbert, {}),
    ],
)
def test_a_classifier_of_any_kind_is_taken_in_and_reads(make: Callable[..., Any], how: dict[str, Any]) -> None:
    told = take_in(theirs(make=make, **how)).stdout
    assert "theirs was imported to" in told
    assert "uppsikt measure --model theirs" in told
    row = rows()["theirs"]
    assert (row["origin"], row["in_force"], row["promoted"], row["problem"]) == ("imported", False, False, None)
    assert os.listdir("shelf") == ["theirs"]
    configure(Path(), "model = 'theirs'")
    file = write_lines(Path("a.jsonl"), [json.dumps({"id": 1, "text": HATE[0]})])
    (line,) = typed("classify", file, code=0).stdout.splitlines()
    assert json.loads(line)["model"] == row["id"]


def test_an_import_promotes_nothing() -> None:
    take_in(theirs())
    assert in_force() == "uppsikt-sv"
    assert history() == []


def test_one_of_our_own_is_taken_in_as_it_is() -> None:
    take_in(MODEL, "--name", "twin")
    assert (Path("shelf/twin/manifest.json")).read_bytes() == (MODEL / "manifest.json").read_bytes()
    listed = rows()
    assert listed["twin"]["id"] == listed["uppsikt-sv"]["id"]
    assert listed["twin"]["origin"] == "own"
    assert not Path("shelf/twin/report.json").exists()  # whoever promotes it has it measured here
    assert "--labels" in refused("import", "shelf/twin", "--name", "x", "--labels", "config.toml", code=2)


def test_what_was_imported_once_can_be_taken_elsewhere() -> None:
    take_in(theirs())
    take_in(Path("shelf/theirs"), "--name", "moved")
    listed = rows()
    assert listed["moved"]["id"] == listed["theirs"]["id"]
    assert listed["moved"]["origin"] == "imported"


def test_the_label_map_may_come_from_a_file_of_ones_own() -> None:
    folder = theirs(meaning={})
    assert "none of its labels (OK, HATE, DEATH) means flag" in refused("import", folder, "--data", "data")
    Path("map.json").write_text('{"HATE": "flag"}')
    take_in(folder, "--labels", "map.json")
    card = json.loads(run("show", "theirs", "--json").stdout)
    assert card["labels"] == ["", "flag", ""]
    assert card["source"]["labels"] == {"HATE": "flag"}


def torn(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-30])


def not_numbers(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    weights["classifier.bias"][0] = float("nan")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def another_tokenizer(folder: Path) -> None:
    words = [chr(97 + i % 26) * (2 + i // 26) for i in range(500)]
    save_tokenizer(learn_tokenizer(words * 5, small_models.PIECES + 80), folder)


def pickled(folder: Path) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def link_out(folder: Path) -> None:
    shutil.move(folder / "model.safetensors", "elsewhere/blob")
    (folder / "model.safetensors").symlink_to("../blob")


def code_of_its_own(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "model_type": "evil",
        "auto_map": {"AutoConfig": "evil.C", "AutoModelForSequenceClassification": "evil.M"},
    }
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "evil.py").write_text("open('run-by-evil', 'w')")


def no_label_map(folder: Path) -> None:
    (folder / "labels.json").unlink()


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (torn, "the model cannot be loaded"),
        (not_numbers, "NaN"),
        (another_tokenizer, "the tokenizer is not this model's"),
        (pickled, "pickled weights are not loaded"),
        (link_out, "model.safetensors is a link that leads out of it"),
        (code_of_its_own, "the model cannot be loaded"),
        (no_label_map, "say so in labels.json"),
    ],
)
def test_a_folder_that_cannot_be_trusted_is_one_line_and_nothing_is_written(
    harm: Callable[[Path], None], why: str
) -> None:
    folder = theirs()
    harm(folder)
    assert why in refused("import", folder, "--data", "data")
    assert not Path("shelf").exists()
    assert not Path("run-by-evil").exists()


def test_an_encoder_is_no_classifier() -> None:
    assert "not a text classifier" in refused("import", HOME / "models" / "encoder-sv", "--name", "x", "--data", "data")


@pytest.mark.parametrize(
    "name", ["../x", "/tmp/x", "a/b", "..", "", ".hidden", "-x", "x.part", "promoted.json", "a\nb"]
)
def test_a_name_that_is_a_path_is_refused(name: str) -> None:
    told = refused("import", theirs(), f"--name={name}", "--data", "data", code=2)
    assert "choose another with --name" in told
    assert sorted(os.listdir()) == ["config.toml", "data", "elsewhere", "messages"]


def test_a_folder_whose_name_is_none_wants_another() -> None:
    assert "with --name" in refused("import", theirs("en modell"), "--data", "data", code=2)


def test_a_name_that_is_taken_is_refused_and_what_has_it_stays() -> None:
    take_in(theirs())
    before = Path("shelf/theirs/manifest.json").read_bytes()
    for name in ("theirs", "uppsikt-sv", "encoder-sv"):  # a twin of a shipped one would be in force unpromoted
        told = refused("import", "elsewhere/theirs", "--name", name, "--data", "data")
        assert told == f"there is a model {name} already; choose another with --name"
    assert Path("shelf/theirs/manifest.json").read_bytes() == before
    assert os.listdir("shelf") == ["theirs"]


def test_without_texts_to_calibrate_on_nothing_is_taken_in() -> None:
    assert "name the folder with --data" in refused("import", theirs(), "--data", "nowhere", code=2)
    Path("data/labelled/absabank_flashback_flags.jsonl").write_text("{")
    assert "cannot be read" in refused("import", theirs(), "--data", "data", code=2)
    assert not Path("shelf").exists() or os.listdir("shelf") == []


def test_a_model_that_cannot_be_measured_is_there_all_the_same_and_says_how() -> None:
    result = run("import", small_models.own(Path("elsewhere/mine")), "--data", "nowhere", code=2)
    assert "uppsikt measure --model mine" in result.stdout
    (told,) = result.stderr.splitlines()
    assert "name the folder with --data" in told
    assert rows()["mine"]["problem"] is None


def test_an_import_that_is_killed_leaves_no_model_and_can_be_done_again() -> None:
    folder, part = theirs(), Path("shelf/theirs.part")
    environment = {**os.environ, "PYTHONPATH": str(HOME), "OMP_NUM_THREADS": "1"}
    arguments = [*PROGRAM, "import", str(folder), "--data", "data", "--no-measure"]
    child = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (part / "model.safetensors").exists():
        assert time.monotonic() < deadline
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert part.exists()
    assert list(rows()) == ["uppsikt-sv"]
    take_in(folder)
    assert os.listdir("shelf") == ["theirs"]


# List and show


def test_the_list_says_of_each_model_what_it_is_and_how_good_it_was() -> None:
    taken_in()
    listed = rows()
    assert list(listed) == ["theirs", "uppsikt-sv"]  # encoder-sv is no classifier
    row = listed["theirs"]
    assert row["figures"] == {
        "functional_macro_f1": 0.5,
        "week_recall": 0.25,
        "week_precision": None,
        "forum_auc": 0.75,
        "false_alarms_per_1000": 12.5,
    }
    assert row["measured_at"] == "2026-03-01"
    assert row["size_mb"] == round(Path("shelf/theirs/model.safetensors").stat().st_size / 1e6, 1)
    assert (listed["uppsikt-sv"]["origin"], listed["uppsikt-sv"]["in_force"]) == ("own", True)
    table = run("list").stdout
    for word in ("Modell", "Model", "importerad", row["id"], "0,500", "12,5", "i bruk"):
        assert word in table


def test_figures_of_another_model_are_not_shown_as_this_ones() -> None:
    taken_in()
    report = json.loads(Path("shelf/theirs/report.json").read_text())
    Path("shelf/theirs/report.json").write_text(json.dumps({**report, "model": "theirs@000000000000"}))
    assert set(rows()["theirs"]["figures"].values()) == {None}


@pytest.mark.parametrize("report", ["", "[]", "{", "[" * 100_000, '{"model": 5}', "\xff"])
def test_a_report_that_is_none_is_no_report(report: str) -> None:
    taken_in()
    Path("shelf/theirs/report.json").write_bytes(report.encode("latin-1"))
    assert set(rows()["theirs"]["figures"].values()) == {None}


def test_figures_that_are_no_numbers_are_left_out() -> None:
    taken_in()
    report = json.loads(Path("shelf/theirs/report.json").read_text())
    harm = {"functional": {"macro_f1": "high"}, "week": [], "forum": {"auc": float("nan")}, "false_alarms_all": None}
    Path("shelf/theirs/report.json").write_text(json.dumps({**report, **harm}))
    assert set(rows()["theirs"]["figures"].values()) == {None}
    run("list")


def test_a_broken_folder_is_listed_with_its_reason() -> None:
    taken_in()
    tamper("theirs")
    Path("shelf/empty").mkdir()
    listed = rows()
    assert "is not the file it was" in listed["theirs"]["problem"]
    assert "config.json is missing" in listed["empty"]["problem"]
    assert listed["theirs"]["id"] is None
    table = run("list").stdout
    assert "trasig" in table
    assert "config.json is" in table


def tamper(name: str, file: str = "model.safetensors") -> None:
    """One byte is another."""
    path = Path("shelf") / name / file
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["a\x1b[31m", "[bold]x", "a\u202eb", "[x"])
def test_a_name_on_the_disk_or_in_a_manifest_cannot_act_on_the_terminal(name: str) -> None:
    folder = Path("shelf") / name
    folder.parent.mkdir()
    small_models.own(folder, name=f"[/{name}]\x1b[2J\n\u2066")
    configure(Path(), f"model = {json.dumps(name)}")
    for told in (run("list").stdout, run("list", "--json").stdout, run("show").stdout, run("show", "--json").stdout):
        acting = {c for c in told if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
        assert acting == set()
    assert set(rows()) == {name, "uppsikt-sv"}


def test_the_model_that_the_configuration_names_by_its_path_is_listed_as_in_force() -> None:
    small_models.own(Path("elsewhere") / "mine")
    configure(Path(), "model = 'elsewhere/mine'")
    assert in_force() == "elsewhere/mine"
    assert rows()["uppsikt-sv"]["promoted"]
    assert "konfigurationen nämner den" in " ".join(run("show").stdout.split())


def test_a_model_is_shown_with_everything_that_is_known_beside_the_one_in_force() -> None:
    taken_in()
    card = json.loads(run("show", "theirs", "--json").stdout)
    assert card["labels"] == ["", "flag", "threat"]
    assert set(card["thresholds"]) == {"flag", "threat"}
    assert card["source"]["folder"] == str(Path("elsewhere/theirs").resolve())
    assert set(card["files"]) == {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    assert card["figures"]["functional_macro_f1"] == 0.5
    assert card["beside"]["name"] == "uppsikt-sv"
    shown = run("show", "theirs").stdout
    for word in (*card["files"].values(), card["id"], card["beside"]["id"], "BertForSequenceClassification"):
        assert word in shown


def test_the_model_in_force_is_shown_where_none_is_named() -> None:
    card = json.loads(run("show", "--json").stdout)
    assert (card["name"], card["in_force"], card["origin"]) == ("uppsikt-sv", True, "own")
    assert len(card["labels"]) == 14
    assert card["recipe"]
    assert run("show").stdout == run("show", "uppsikt-sv").stdout


def test_a_model_that_is_not_there_or_is_broken_is_not_shown() -> None:
    assert "no such model folder" in refused("show", "none")
    assert "is no name of a model" in refused("show", "../elsewhere", code=2)
    assert "not a text classifier" in refused("show", "encoder-sv")
    taken_in()
    tamper("theirs")
    assert "is not the file it was" in refused("show", "theirs")


# Promote


def test_a_person_promotes_a_measured_model_and_it_is_in_force() -> None:
    taken_in()
    told = run("promote", "theirs", "--by", "Åsa", "--reason", "bättre på hot").stdout
    assert "takes effect at the bot's next start; Åsa decided so" in told
    assert "0,500" in told  # the figures of the new one beside those of the old
    listed = rows()
    assert listed["theirs"]["id"] in told
    assert listed["uppsikt-sv"]["id"] in told
    assert in_force() == "theirs"
    (entry,) = history()
    assert (entry["name"], entry["by"], entry["reason"]) == ("theirs", "Åsa", "bättre på hot")
    assert entry["digest"][:12] == listed["theirs"]["id"].split("@")[1]
    assert load(Path("config.toml"), {}).model_folder == Path("shelf/theirs")
    assert f"ok    model: {listed['theirs']['id']}, promoted by Åsa on" in typed("check", code=1).stdout


def test_promoting_what_is_in_force_changes_nothing_and_says_so() -> None:
    assert "nothing changed" in run("promote", "uppsikt-sv", "--by", "Åsa").stdout
    assert not Path("shelf").exists()
    run("promote", taken_in(), "--by", "Åsa")
    before = Path("shelf/promoted.json").read_bytes()
    assert "nothing changed" in run("promote", "theirs", "--by", "Maja").stdout
    assert Path("shelf/promoted.json").read_bytes() == before


@pytest.mark.parametrize(
    "by", [[], ["--by", ""], ["--by", "  "], ["--by", "–"], ["--by", "a\x1b[2J"], ["--by", "a\nb"]]
)
@pytest.mark.parametrize("command", [["promote", "theirs"], ["rollback"]])
def test_nobody_promotes_without_saying_who(command: list[str], by: list[str]) -> None:
    run(*command, *by, code=2)
    assert history() == []


def test_what_was_not_measured_is_not_promoted() -> None:
    take_in(theirs())
    why = f"{rows()['theirs']['id']} was not measured; measure it first: uppsikt measure --model theirs"
    assert refused("promote", "theirs", "--by", "Åsa") == why
    Path("shelf/theirs/report.json").write_text(json.dumps({"model": "theirs@000000000000", **FIGURES}))
    assert refused("promote", "theirs", "--by", "Åsa") == why
    assert history() == []
    assert in_force() == "uppsikt-sv"


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json"])
def test_what_was_tampered_with_is_not_promoted(file: str) -> None:
    taken_in()
    tamper("theirs", file)
    assert f"{file} is not the file it was" in refused("promote", "theirs", "--by", "Åsa")
    assert history() == []


def test_what_is_no_model_is_not_promoted() -> None:
    assert "no such model folder" in refused("promote", "none", "--by", "Åsa")
    assert "not a text classifier" in refused("promote", "encoder-sv", "--by", "Åsa")
    assert "is no name of a model" in refused("promote", "elsewhere/theirs", "--by", "Åsa", code=2)


def test_a_model_that_the_configuration_names_wins_and_the_promotion_says_so() -> None:
    taken_in()
    configure(Path(), "model = 'uppsikt-sv'")
    told = run("promote", "theirs", "--by", "Åsa").stdout
    assert "the configuration names the model uppsikt-sv under [uppsikt]: that one wins" in told
    assert in_force() == "uppsikt-sv"
    assert rows()["theirs"]["promoted"]
    assert "which the configuration names" in typed("check", code=1).stdout
    configure(Path())
    assert in_force() == "theirs"


def test_a_better_model_can_take_the_place_of_one_that_broke() -> None:
    run("promote", taken_in("first"), "--by", "Åsa")
    taken_in("second", make=small_models.roberta)
    tamper("first")
    run("promote", "second", "--by", "Åsa")
    assert in_force() == "second"


def test_a_model_that_was_changed_since_it_was_promoted_is_told_by_check() -> None:
    run("promote", taken_in(), "--by", "Åsa")
    shutil.rmtree("shelf/theirs")
    take_in(theirs("another", small_models.roberta), "--name", "theirs")
    told = typed("check", code=1).stdout
    assert "WRONG model: theirs@" in told
    assert "which Åsa promoted" in told
    run("promote", measured("theirs"), "--by", "Maja")
    assert "promoted by Maja" in typed("check", code=1).stdout


def test_a_promoted_model_that_is_gone_is_one_line_for_whoever_needs_it() -> None:
    run("promote", taken_in(), "--by", "Åsa")
    shutil.rmtree("shelf/theirs")
    file = write_lines(Path("a.jsonl"), [json.dumps({"id": 1, "text": "hej"})])
    (told,) = typed("classify", file, code=1).stderr.splitlines()
    assert "no such model folder" in told
    assert rows()["theirs"]["problem"]
    run("rollback", "--by", "Åsa")
    typed("classify", file)


def test_a_broken_history_is_one_line_for_every_command() -> None:
    taken_in()
    Path("shelf/promoted.json").write_text('[{"name": "../../etc"')
    file = write_lines(Path("a.jsonl"), [json.dumps({"id": 1, "text": "hej"})])
    commands = (["list"], ["show"], ["promote", "theirs", "--by", "Åsa"], ["rollback", "--by", "Åsa"])
    for command in commands:
        assert "promoted.json is broken" in refused(*command)
    (told,) = typed("classify", file, code=1).stderr.splitlines()
    assert "promoted.json is broken" in told
    assert "WRONG shelf/promoted.json is broken" in typed("check", code=1).stdout
    assert Path("shelf/promoted.json").read_text() == '[{"name": "../../etc"'


def test_of_two_who_promote_at_once_the_file_stays_whole() -> None:
    for name, make in (("first", small_models.bert), ("second", small_models.roberta)):
        taken_in(name, make=make)
    environment = {**os.environ, "PYTHONPATH": str(HOME), "OMP_NUM_THREADS": "1"}
    both = [
        subprocess.Popen(
            [*PROGRAM, "promote", name, "--by", name], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for name in ("first", "second")
    ]
    ends = {name: (*child.communicate(timeout=120), child.returncode) for name, child in zip("12", both, strict=True)}
    codes = [code for _, _, code in ends.values()]
    assert set(codes) <= {0, 1}, ends
    assert len(history()) == codes.count(0) >= 1
    assert all(b"somebody else promoted" in told for _, told, code in ends.values() if code == 1)


# Roll back


def test_there_is_nothing_to_go_back_to_before_anybody_promoted() -> None:
    assert "there is nothing to go back to" in refused("rollback", "--by", "Åsa")
    assert not Path("shelf").exists()


def test_a_rollback_goes_back_to_what_was_in_force_and_another_returns() -> None:
    run("promote", taken_in("first"), "--by", "Åsa")
    run("promote", taken_in("second", make=small_models.roberta), "--by", "Åsa")
    told = run("rollback", "--by", "Maja", "--reason", "för många larm").stdout
    assert "Back to first" in told
    assert in_force() == "first"
    run("rollback", "--by", "Maja")
    assert in_force() == "second"
    assert [(each["name"], each["by"]) for each in history()] == [
        ("first", "Åsa"),
        ("second", "Åsa"),
        ("first", "Maja"),
        ("second", "Maja"),
    ]
    assert history()[2]["reason"] == "för många larm"


def test_the_first_promotion_can_be_taken_back_to_ours() -> None:
    run("promote", taken_in(), "--by", "Åsa")
    run("rollback", "--by", "Åsa")
    assert in_force() == "uppsikt-sv"
    assert history()[-1]["digest"] == read_manifest(MODEL).digest
    run("rollback", "--by", "Åsa")
    assert in_force() == "theirs"


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


def another(folder: Path) -> None:
    shutil.rmtree(folder)
    take_in(theirs("other", small_models.distilbert), "--name", folder.name)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (gone, "no such model folder"),
        (lambda folder: tamper(folder.name), "is not the file it was"),
        (another, "holds first@"),
    ],
)
def test_a_rollback_to_what_is_gone_torn_or_another_is_refused(harm: Callable[[Path], None], why: str) -> None:
    run("promote", taken_in("first"), "--by", "Åsa")
    run("promote", taken_in("second", make=small_models.roberta), "--by", "Åsa")
    harm(Path("shelf/first"))
    told = refused("rollback", "--by", "Åsa")
    assert told.startswith("cannot go back to first")
    assert why in told
    assert len(history()) == 2
    assert in_force() == "second"
