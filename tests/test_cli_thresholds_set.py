"""Thresholds from the terminal: set by number or level, taken back, told of in both languages, refused in one line."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.changing import Outlook, carry_out, levels, look_ahead, look_back
from bot.cli import main
from bot.config import load
from bot.core.messages import Channel
from bot.core.tuning.changes import EVERYWHERE, Proposal, Where
from bot.core.tuning.levels import Level
from bot.core.tuning.unchanged import _SENTENCES, Objection, Unchanged
from bot.locales import LANGUAGES, speak
from bot.store import open_database, threshold_changes
from bot.store.keeping import begin
from tests.builders import MARKET, NOW, SQUARE, THREAD, policy

DEBATE = Channel("400", "val-debatt", "1")
TWINS = [Channel("501", "fritid", "1"), Channel("502", "fritid", "2")]
WHO = ("--by", "Karin", "--why", "för många missas")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, and a database in which messages were read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('[thresholds]\nflag = 0.8\n[groups]\nyouth = ["#torget"]\n', "utf-8")
    with closing(open_database(tmp_path / "uppsikt.db")) as db:
        begin(db, [SQUARE, MARKET, THREAD, DEBATE, *TWINS, Channel("600", "val-debatt", "1", "200", "marknad")], {})
    return tmp_path


def run(*arguments: object, code: int = 0) -> Result:
    """A command of `uppsikt thresholds`; whatever its exit code, nothing unexpected was raised."""
    result = CliRunner().invoke(main, ["thresholds", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def refused(*arguments: object, code: int) -> str:
    """The one line with which a command is refused; nothing was changed."""
    before = history()
    result = run(*arguments, code=code)
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    assert history() == before
    return told.removeprefix("uppsikt: ")


def history() -> list[dict[str, object]]:
    found = json.loads(run("history", "--json").stdout)
    assert isinstance(found, list)
    return found


def limits(where: Where = EVERYWHERE) -> dict[str, float]:
    """What is in force in a place."""
    settings, other = load(Path("config.toml"), {}), {"women": 0.123}  # something that is not so yet
    outlook = look_ahead(Path("uppsikt.db"), settings, (where.channel, where.group), other, "Karin", "prov")
    return dict(outlook.limits(outlook.before))


def test_a_threshold_is_set_and_shown_before_and_after_in_both_languages() -> None:
    told = run("set", "--label", "flag=0,754", *WHO).stdout
    assert "hat eller hot: 0,80 → 0,75" in told
    assert "hate or threat: 0.80 → 0.75" in told
    assert "uppsikt thresholds undo 1" in told
    assert limits()["flag"] == 0.75


def test_json_says_who_when_why_and_what_was_before_and_after() -> None:
    made = json.loads(run("set", "--label", "flag=0.75", "--json", *WHO).stdout)
    assert (made["number"], made["by"], made["why"], made["state"]) == (1, "Karin", "för många missas", "applied")
    assert (made["before"]["flag"], made["after"]["flag"], made["thresholds"]) == (0.8, 0.75, {"flag": 0.75})
    assert made["model"].startswith("uppsikt-sv@")


@pytest.mark.parametrize("name", ["#val-debatt", "val-debatt", "400"])
def test_a_channel_is_meant_by_name_or_id_and_never_a_thread_that_is_called_as_it_is(name: str) -> None:
    run("set", "--label", "flag=0.7", "--channel", name, *WHO)
    assert limits(Where(channel="400"))["flag"] == 0.7
    assert limits()["flag"] == 0.8


def test_a_groups_threshold_holds_in_its_channels_and_their_threads_alone() -> None:
    run("set", "--label", "flag=0.7", "--group", "youth", *WHO)
    found = [limits(where)["flag"] for where in (Where(channel="100"), Where(channel="300"), Where(channel="200"))]
    assert found == [0.7, 0.7, 0.8]


def test_a_threshold_goes_back_to_the_configurations_with_an_empty_value() -> None:
    run("set", "--label", "flag=0.7", *WHO)
    run("set", "--label", "flag=", *WHO)
    assert limits()["flag"] == 0.8


@pytest.mark.parametrize("name", ["vaksam", "Vigilant", "VAKSAM"])
def test_a_level_is_set_by_its_name_in_either_language(name: str) -> None:
    run("set", "--level", name, *WHO)
    found = json.loads(run("levels", "--json").stdout)
    assert [each["level"] for each in found if each["in_force"]] == ["vigilant"]
    assert limits() == {**limits(), **found[2]["thresholds"]}


def test_the_levels_are_told_in_swedish_with_the_one_in_force() -> None:
    run("set", "--level", "balanserad", *WHO)
    (row,) = [row for row in run("levels").stdout.splitlines() if "balanserad" in row]
    assert "gäller överallt" in row
    assert f"hat eller hot {limits()['flag']:.2f}".replace(".", ",") in row


def test_a_change_is_taken_back_by_one_command_and_the_one_before_by_typing_it_again() -> None:
    run("set", "--label", "flag=0.7", *WHO)
    run("set", "--label", "flag=0.6", *WHO)
    assert "0,60 → 0,70" in run("undo", *WHO).stdout
    assert "0,70 → 0,80" in run("undo", *WHO).stdout
    assert limits()["flag"] == 0.8
    assert refused("undo", *WHO, code=1) == "det finns ingen ändring att ta tillbaka"
    assert [(each["undoes"], each["undone_by"], each["stands"]) for each in history()] == [
        (None, 4, False),
        (None, 3, False),
        (2, None, False),
        (1, None, False),
    ]


def test_the_history_tells_what_became_of_each_change() -> None:
    run("set", "--label", "threat=0.3", "--group", "youth", *WHO)
    run("undo", "1", "--by", "Ola", "--why", "det blev för mycket")
    told = " ".join(run("history").stdout.split())
    for words in ("i gruppen youth", "hot 0,30", "– Karin", "tillbakatagen med ändring 2", "tog tillbaka ändring 1"):
        assert words in told


def test_a_history_without_changes_says_so() -> None:
    assert "aldrig ändrats" in run("history").stdout
    assert history() == []


def test_changes_of_another_model_and_of_a_group_that_is_gone_are_marked(here: Path) -> None:
    with closing(open_database(here / "uppsikt.db")) as db:
        given = Proposal(Where(group="youth"), {"flag": 0.3}, "Karin", NOW, "annan modell", 0, "gammal@1")
        threshold_changes.change(db, given, policy(groups={"youth": frozenset({"#torget"})}))
    (here / "config.toml").write_text("", "utf-8")
    told = " ".join(run("history").stdout.replace("│", " ").split())
    assert "en annan modell" in told
    assert "gruppen finns inte längre" in told
    assert [(each["of_another_model"], each["group_is_gone"]) for each in history()] == [(True, True)]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--label", "flag=1.2"), 1, "tröskeln för flag måste vara ett tal från 0 till 1"),
        (("--label", "flag=nan"), 1, "tröskeln för flag måste vara ett tal från 0 till 1"),
        (("--label", "flag=1e999"), 1, "tröskeln för flag måste vara ett tal från 0 till 1"),
        (("--label", "flag=0.8"), 1, "ingenting skulle ändras: trösklarna är redan sådana"),
        (("--label", "rude=0.8"), 1, "det finns ingen etikett rude; välj bland flag, threat"),
        (("--label", "flag"), 2, "--label 'flag': write LABEL=VALUE"),
        (("--label", "flag=hög"), 2, "--label flag: 'hög' is no number"),
        (("--label", "flag=1", "--label", "flag=0"), 2, "--label 'flag' is given twice"),
        (("--level", "lagom"), 2, "there is no level 'lagom'; choose among försiktig, balanserad, vaksam"),
        ((), 2, "say either --label"),
        (("--label", "flag=1", "--level", "vaksam"), 2, "say either --label"),
        (("--label", "flag=1", "--channel", "nix"), 1, "ingen kanal nix har lästs"),
        (("--label", "flag=1", "--channel", "fritid"), 2, "several channels are called fritid: give an id, 501, 502"),
        (("--label", "flag=1", "--group", "äldre"), 1, "det finns ingen grupp äldre under [groups] i config.toml"),
        (("--label", "flag=1", "--group", "youth", "--channel", "400"), 1, "ange en kanal eller en grupp, inte båda"),
        (("--label", "flag=1", "--by", " "), 1, "bara en människa ändrar trösklar"),
        (("--label", "flag=1", "--why", ""), 1, "skriv varför"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_and_changes_nothing(
    arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert refused("set", *WHO, *arguments, code=code).startswith(told)


@pytest.mark.parametrize(
    ("number", "code"), [("7", 1), ("99999999999999999999", 1), ("0", 2), ("x", 2)]
)  # fmt: skip
def test_what_was_never_changed_cannot_be_taken_back(number: str, code: int) -> None:
    assert run("undo", number, *WHO, code=code).stdout == ""


def test_there_must_be_a_database_to_change_thresholds_in() -> None:
    assert "there is no such database" in run("set", "--label", "flag=1", *WHO, "--db", "nix.db", code=2).stderr


def test_the_figures_that_were_seen_are_asked_for_once_and_kept_with_the_change(here: Path) -> None:
    settings, db = load(here / "config.toml", {}), here / "uppsikt.db"
    seen: list[tuple[float, float]] = []

    def figures(asked: Path, outlook: Outlook) -> dict[str, object]:
        assert asked == db
        seen.append((outlook.limits(outlook.before)["flag"], outlook.limits(outlook.after)["flag"]))
        return {"flags a day": len(seen)}

    outlook = look_ahead(db, settings, ("", ""), {"flag": 0.3}, "Karin", "prov", figures)
    carry_out(db, settings, outlook)
    carry_out(db, settings, look_back(db, settings, None, "Karin", "ångrat", figures))
    assert seen == [(0.8, 0.3), (0.3, 0.8)]
    assert [each["figures"] for each in history()] == [{"flags a day": 1}, {"flags a day": 2}]
    assert [offer.figures for offer in levels(db, settings, figures)] == [{"flags a day": n} for n in (3, 4, 5)]


def test_whoever_is_slower_with_the_same_figures_is_told_who_was_faster(here: Path) -> None:
    settings, db = load(here / "config.toml", {}), here / "uppsikt.db"
    mine = look_ahead(db, settings, ("", ""), Level.VIGILANT, "Karin", "prov")
    run("set", "--label", "threat=0.3", "--by", "Ola", "--why", "prov")
    with pytest.raises(Unchanged, match="Ola changed the thresholds after this was proposed"):
        carry_out(db, settings, mine)
    assert len(history()) == 1


SLOTS = dict.fromkeys(
    ("number", "by", "label", "labels", "group", "groups", "channel", "model", "longest", "later"), "§"
)


@pytest.mark.parametrize("why", Objection)
def test_every_objection_has_its_sentence_in_both_languages_and_the_same_in_english(why: Objection) -> None:
    told = {language: speak(language)("unchanged-" + why, **SLOTS) for language in LANGUAGES}
    assert told["en"] == str(Unchanged(why, **SLOTS)) == _SENTENCES[why].format(**SLOTS)
    assert told["sv"] != told["en"]
    assert told["sv"].count("§") == told["en"].count("§")


def test_hostile_words_cannot_act_on_the_terminal() -> None:
    run("set", "--label", "flag=0.7", "--by", "Karin", "--why", "röd \x1b[31m text\u202e")
    assert not {"\x1b", "\u202e"} & set(run("history").stdout)
    assert not {"\x1b", "\u202e"} & set(run("history", "--json").stdout)
