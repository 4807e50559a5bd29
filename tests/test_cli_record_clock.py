"""Does the terminal show the clock, and is a month accounted for in a file that names nobody?"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot.cli import main
from bot.core.flags import Flag, Step
from bot.core.ports import Kept, Tally, Unseen
from bot.store import open_database
from bot.store.keeping import keep, unseen
from bot.store.queries import StoreReader
from bot.store.review import seen
from tests.builders import FLAGGED, decision, post, verdict
from tests.builders import flag as flagged

HOUR = timedelta(hours=1)
MONTH = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small January: three cases, one decided in time, one too late, one open; an hour and a half unseen."""
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as opened:
        posts = [post(number, FLAGGED, author="medlem-elin", at=MONTH) for number in (1, 2, 3)]
        flags = [Flag(each, verdict(0.95), flagged().reasons, {"flag": 0.5}, MONTH) for each in posts]
        keep(opened, Kept(MONTH, flags, tallies=[Tally("100", MONTH, 1234, 3, 5)]))
        seen(opened, 1, MONTH + HOUR)
        decide = StoreReader(opened).decide
        decide(
            decision(1, Step.UPHOLD, by="Moderator Maja", at=MONTH + 2 * HOUR, motives=("misogyny",), note="ett ord")
        )
        decide(decision(2, Step.DISMISS, by="Moderator Nils", at=MONTH + 60 * HOUR))
        gaps = [Unseen(each, MONTH, MONTH + n * HOUR / 2, 4, "stopped") for each, n in (("100", 2), ("200", 3))]
        unseen(opened, gaps)
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["record", *words])


def test_the_clock_tells_what_runs_and_how_a_month_went(db: Path) -> None:
    """As JSON, with every figure."""
    done = run("clock", "--db", str(db), "--month", "2026-01", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["regime"], found["late"]) == ("uppsikt", 1)
    [running] = found["running"]
    assert (running["case"], running["category"], running["decided"]) == (3, "other", False)
    assert running["seconds_left"] < 0
    other, whole = found["month"]["categories"]
    assert (other["category"], other["decided"], other["within"], other["late"]) == ("other", 2, 1, 1)
    assert (whole["open"], whole["overdue"], found["month"]["people"]) == (1, 1, 2)
    assert other["times"]["decided"] == {"n": 2, "median": 31 * 3600, "p90": 60 * 3600}


def test_the_clock_is_a_table_for_people(db: Path) -> None:
    """With the provision that time runs from, and the month by its name."""
    done = run("clock", "--db", str(db), "--month", "2026-01")
    assert done.exit_code == 0, done.output
    for words in ("lag 1998:112, 4 §", "över tiden", "januari 2026", "48 tim"):
        assert words in done.stdout


def test_a_statement_accounts_for_a_month_and_names_nobody(db: Path, tmp_path: Path) -> None:
    """HTML: figures, provisions, the record's anchor; no member, no moderator, no text."""
    out = tmp_path / "januari.html"
    done = run("statement", "--db", str(db), "--month", "2026-01", "--out", str(out), "--by", "Karin Ek")
    assert (done.exit_code, done.stdout.strip()) == (0, str(out))
    page = out.read_text("utf-8")
    for words in ("Uppsikt över kommunens kanaler, januari 2026", "av Karin Ek", "1\u00a0234", "4 §", "kvinnohat",
                  "i 2 olika kanaler", "1 tim 30 min", "uppsikt-anchor 1 "):  # fmt: skip
        assert words.casefold() in page.casefold(), words
    for hidden in ("Maja", "Nils", "elin", FLAGGED, "ett ord", "<script"):
        assert hidden not in page
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_statement_is_a_pdf_where_its_name_says_so(db: Path, tmp_path: Path) -> None:
    """With the same words."""
    out = tmp_path / "januari.pdf"
    assert run("statement", "--db", str(db), "--month", "2026-01", "--out", str(out)).exit_code == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages).split())
    assert "Uppsikt över kommunens kanaler, januari 2026" in text
    assert "Hur siffrorna är räknade" in text
    assert "Maja" not in text


def test_that_it_was_made_is_on_record_with_its_digest_and_the_record_is_whole(db: Path, tmp_path: Path) -> None:
    """So that a statement that was changed can be told from the one that was made; and its anchor is found."""
    out = tmp_path / "januari.html"
    run("statement", "--db", str(db), "--month", "2026-01", "--out", str(out), "--by", "Karin Ek")
    with closing(open_database(db)) as opened:
        row = opened.execute("SELECT by, facts FROM deeds WHERE kind = 'statement'").fetchone()
    assert (row["by"], json.loads(row["facts"])) == (
        "Karin Ek", {"month": "2026-01", "sha256": sha256(out.read_bytes()).hexdigest()},
    )  # fmt: skip
    assert run("verify", "--db", str(db), "--anchors", str(out)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--month", "2026-13", "--out", "a.html"), "write a year and a month, such as 2026-01"),
        (("--month", "9999-01", "--out", "a.html"), "it has not begun yet"),
        (("--month", "2026-01", "--out", "a.txt"), "ends in .html or .pdf"),
        (("--month", "2026-01", "--out", "there.html"), "exists already"),
        (("--month", "2026-01", "--out", "nowhere/a.html"), "its folder does not exist"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line_and_leaves_nothing(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    """Neither a file nor a line on record; and what is there stays."""
    monkeypatch.chdir(tmp_path)
    Path("there.html").write_text("kvar")
    before = sorted(tmp_path.iterdir())
    done = run("statement", "--db", str(db), *words)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert told in done.stderr
    assert [each for each in sorted(tmp_path.iterdir()) if not each.name.startswith("uppsikt.db")] == [
        each for each in before if not each.name.startswith("uppsikt.db")
    ]
    assert Path("there.html").read_text() == "kvar"
    with closing(open_database(db)) as opened:
        assert opened.execute("SELECT count(*) FROM deeds WHERE kind = 'statement'").fetchone()[0] == 0


def test_a_month_that_is_not_over_is_said_to_be_unfinished(db: Path, tmp_path: Path) -> None:
    """And what is open is not late before its time."""
    now = datetime.now(UTC)
    with closing(open_database(db)) as opened:
        keep(opened, Kept(now, [Flag(post(9, FLAGGED), verdict(0.95), flagged().reasons, {"flag": 0.5}, now)]))
    out = tmp_path / "nu.html"
    assert run("statement", "--db", str(db), "--month", f"{now:%Y-%m}", "--out", str(out)).exit_code == 0
    assert "Månaden är inte slut." in out.read_text("utf-8")


def test_limits_are_checked_where_they_are_written(tmp_path: Path) -> None:
    """A wrong regime, category or number: a line each."""
    config = tmp_path / "config.toml"
    config.write_text('[clock]\nregime = "knowledge"\nlimits = { hot = 4, threat = -1 }\n', "utf-8")
    done = run("clock", "--config", str(config))
    assert done.exit_code == 2
    assert [word in done.stderr for word in ("clock.regime", "clock.limits.hot", "clock.limits.threat")] == [True] * 3
