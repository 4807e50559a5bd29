"""The data-protection papers say what the configuration in force says, and mark what only people know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.paper.papers import PAPERS
from tests.builders import HOME, unprivileged

REGISTER, ASSESSMENT, NOTICE = PAPERS


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in an empty folder: no config.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)


def run(*arguments: object, code: int = 0) -> Result:
    """Run a command; whatever its exit code, there is no traceback and nothing unexpected was raised."""
    result = CliRunner().invoke(main, ["papers", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def papers(configuration: str = "") -> dict[str, str]:
    """The papers of a configuration, tags and line breaks taken away."""
    Path("mine.toml").write_text(configuration, "utf-8")
    run("--config", "mine.toml", "--out", "ut", "--force")
    return {file: plain(Path("ut", file).read_text("utf-8")) for file in PAPERS}


def plain(page: str) -> str:
    """What a page says."""
    body = re.sub(r"<[^>]*>", " ", page.partition("<body>")[2])
    return " ".join(body.replace("&#34;", '"').replace("&amp;", "&").split())


@pytest.mark.parametrize(
    ("configuration", "paper", "said"),
    [
        ("[retention]\ndecided_days = 77", REGISTER, "bifallet ärende 77 dygn"),
        ("[retention.basis]\nupheld = 'KS 2026/1 § 4'", REGISTER, "90 dygn efter beslutet KS 2026/1 § 4"),
        ("[retention]\nhistory_days = 800", REGISTER, "nummer 800 dygn"),
        ("[backup]\nfolder = 'kopior'\nhours = 12\nkeep = 3", REGISTER, "var 12:e timme i kopior, de 3 senaste"),
        ("[backup]\nrecipients = ['age1x']\nlocked_days = 5", REGISTER, "låsta till 1 nyckel"),
        ("[retention]\npending_days = 123", NOTICE, "ingen har avgjort 123 dygn"),
        ("[retention]\nreporter_days = 11", NOTICE, "glöms efter 11 dygn"),
        ("[audit]\nenabled = true\nshare = 0.005\nkeep_days = 9", NOTICE, "ungefär 0,5 % av meddelandena lottas ut"),
        ("[audit]\nenabled = true\nper_day = 33", REGISTER, "omkring 33 om dygnet"),
        ("[statements]\nappeal_days = 44", NOTICE, "överklaga inom 44 dygn"),
        ("[statements]\nenabled = false", NOTICE, "ser du beslutet med /minaärenden"),
        ("[statements]\nrules = 'Var schysst.'", NOTICE, "Var schysst."),
        ("[measures]\noffered = ['warn']", NOTICE, "välja att varna författaren."),
        ("[measures]\ncoordinator_channel = '5'", REGISTER, "Trygghetssamordnaren"),
        ("[channels]\ninclude = ['#torget']\nexclude = ['#hemligt']", NOTICE, "skrivs i #torget, men inte i #hemligt"),
        ("[roles]\nmoderator = ['Granskare']", REGISTER, "rollen Granskare"),
        ("[web]\nenabled = false", ASSESSMENT, "Granskning i webbläsaren avstängd"),
        ("[web]\naddress = 'https://uppsikt.almkoping.se'", REGISTER, "https://uppsikt.almkoping.se; en inloggning"),
        ("[second_opinion]\nshare = 0.25", REGISTER, "25 % av besluten läses om"),
        ("[desk]\nmask_slurs = true", REGISTER, "Skällsord på korten maskeras"),
        ("[papers]\ncontroller = 'Nämnden i Almköping'", NOTICE, "tillhandahålls av Nämnden i Almköping"),
        ("[papers]\ndpo = 'dso@exempel.se'", REGISTER, "Dataskyddsombud dso@exempel.se"),
        ("[papers]\nlegal_basis = 'Artikel 6.1 e.'", ASSESSMENT, "Rättslig grund Artikel 6.1 e."),
        ("[persons]\narchive_duty = 'KS 2026/9'", REGISTER, "raderade: KS 2026/9"),
        ("[papers]\ncontact = 'Torget 1'", NOTICE, "når oss så här: Torget 1"),
        ("[papers]\noperators = ['Driften AB']", REGISTER, "Personuppgiftsbiträden: Driften AB"),
        ("[watchlist]\nphrases = ['aa', 'bb']", ASSESSMENT, "[watchlist] phrases 2 st. er fil"),
        ("[reports]\nper_reporter_hour = 6", ASSESSMENT, "[reports] per_reporter_hour 6 er fil"),
    ],
)  # fmt: skip
def test_a_setting_is_said_where_it_matters(configuration: str, paper: str, said: str) -> None:
    """What is set stands there, and did not before."""
    assert said not in papers()[paper]
    assert said in papers(configuration)[paper]


def test_every_setting_stands_in_the_annex() -> None:
    """Section and key of the whole example, so that no setting is left out when one is added."""
    text = papers((HOME / "config.example.toml").read_text("utf-8"))[ASSESSMENT]
    section = ""
    for line in (HOME / "config.example.toml").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"\[(\w+)\]", line):
            section = found[1]
        elif (found := re.match(r"(\w+) = ", line)) and section:
            assert f"[{section}] {found[1]} " in text
    assert "UPPSIKT_TOKEN" not in text


FILLED = """
[papers]
controller = "Kommunstyrelsen"
contact = "Torget 1"
dpo = "dso@exempel.se"
legal_basis = "Artikel 6.1 e"
[retention.basis]
upheld = "KS 2026/1 § 4"
"""


def test_what_the_configuration_says_is_not_asked_for() -> None:
    """No mark is left where a setting answers it; the marks that are left are counted on the screen."""
    before, after = papers(), papers(FILLED)
    for asked in ("nämnd och kommun", "adress, telefon", "hur ombudet nås", "välj den grund"):
        assert any(asked in text for text in before.values())
        assert not any(asked in text for text in after.values())
    told = run("--out", "anno").stdout
    for file in PAPERS:
        count = Path("anno", file).read_text("utf-8").count("<mark>FYLL I")
        assert count > 1
        assert f"anno/{file}: {count} ställen är märkta FYLL I" in told


def test_errors_of_the_model_are_told_by_group() -> None:
    """False alarms and what is found, each with its interval, of the model that is in force."""
    text = papers()[ASSESSMENT]
    assert re.search(r"romer \d+ % \(\d+–\d+ %\), \d+ texter \d+ % \(\d+–\d+ %\), \d+ texter", text)
    assert re.search(r"\d,\d falska larm på 1 000 rader", text)


def test_pages_load_nothing_and_run_nothing() -> None:
    """Each stands alone: Swedish, one heading of the first kind, no script, no address that is fetched."""
    run("--out", "ut")
    for file in PAPERS:
        page = Path("ut", file).read_text("utf-8")
        assert '<html lang="sv">' in page
        assert page.count("<h1>") == 1
        assert not re.search(r"<script|<link|<img|src=|url\(|@import", page)


def test_a_hostile_setting_is_escaped() -> None:
    """Tags, and what turns a text's direction, are shown or left out."""
    papers("[papers]\ncontroller = '<script>x</script>\\u202e'\n".replace("'", '"'))
    page = Path("ut", NOTICE).read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_what_was_filled_in_by_hand_is_not_lost_by_surprise() -> None:
    """Papers that are there are written over with --force alone, and none of them otherwise."""
    run("--out", "ut")
    Path("ut", NOTICE).write_text("ifyllt", "utf-8")
    Path("ut", REGISTER).unlink()
    (line,) = run("--out", "ut", code=2).stderr.splitlines()
    assert "exists already" in line
    assert not Path("ut", REGISTER).exists()
    run("--out", "ut", "--force")
    assert "ifyllt" not in Path("ut", NOTICE).read_text("utf-8")


def test_a_folder_that_cannot_be_made_is_named() -> None:
    """No folder to put it in, or none that may be written: one line, nothing written."""
    assert "does not exist" in run("--out", "saknas/ut", code=2).stderr
    with unprivileged() as folder:
        shut = folder / "stängd"
        shut.mkdir(mode=0o500)
        assert "stängd" in run("--out", shut / "ut", code=1).stderr
