"""Does a person get what is held of them, and nobody else's; does what is asked to go, go, and what must stay, stay?"""

from __future__ import annotations

import getpass
import json
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from bot.cli import main
from bot.core.appeals import Objection
from bot.core.deeds import DeedKind
from bot.core.flags import Step
from bot.core.measures import Act, Measure
from bot.core.retention import Retention
from bot.store import StoreReader, appeals, open_database
from bot.store.forgetting import forget
from bot.store.history import history
from bot.store.persons import DONE
from bot.store.told import appealed
from tests.builders import NOW, bytes_beside, decision
from tests.persons_town import (
    DISMISSED,
    HE,
    HEARD,
    HIS,
    MAJA,
    MOSES,
    NAME,
    NOTE,
    OPEN,
    SAID,
    SHE,
    TEXTS,
    TOLD,
    UPHELD,
    town,
)

WHY = ("--reason", "begäran 2026-01-26, dnr KS 2026/7", "--by", "karin")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own: no config.toml, no database of anybody's."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return town(tmp_path / "uppsikt.db")


def run(*arguments: object, code: int = 0) -> Result:
    """Run `uppsikt person …`; whatever its exit code, nothing unexpected was raised."""
    result = CliRunner().invoke(main, ["person", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def refused(*arguments: object, code: int = 1) -> str:
    """The one line that a command is refused with."""
    result = run(*arguments, code=code)
    (told,) = result.stderr.splitlines()
    return told.removeprefix("uppsikt: ")


def rows(db: Path, query: str, *slots: object) -> list[Any]:
    with closing(sqlite3.connect(db)) as connection:
        return [row[0] if len(row) == 1 else row for row in connection.execute(query, slots).fetchall()]


def deeds(db: Path) -> list[str]:
    return rows(db, "SELECT kind FROM deeds ORDER BY id")


@pytest.fixture
def opened(db: Path) -> Iterator[Database]:
    with closing(open_database(db)) as database:
        yield database


def settled(db: Path) -> None:
    """What is open is decided."""
    with closing(open_database(db)) as database:
        StoreReader(database).decide(decision(OPEN, Step.DISMISS, by=MAJA))


# export


def exported(db: Path, *more: object, who: str = SHE) -> tuple[str, dict[str, Any]]:
    out = db.parent / "ut"
    run("export", who, *WHY, "--db", db, "--out", out, *more)
    return (out / "uppgifter.html").read_text("utf-8"), json.loads((out / "uppgifter.json").read_text("utf-8"))


def test_an_export_holds_all_that_is_the_persons_own(db: Path) -> None:
    """Messages, decisions, measures, statements, the appeal, reports that she made, what she read as a moderator."""
    page, data = exported(db)
    assert data["counts"] == {"cases": 4, "reports": 1, "appeals": 1}
    upheld, dismissed, waits, name = data["cases"]
    assert [case["number"] for case in data["cases"]] == [UPHELD, DISMISSED, OPEN, NAME]
    assert (waits["text"], name["text"]) == (TEXTS[OPEN], TEXTS[NAME])
    assert dismissed["text"] == TEXTS[DISMISSED]
    assert upheld["decisions"][0]["step"] == "uphold"
    assert [each["act"] for each in upheld["measures"]] == ["warn", "timeout"]
    assert upheld["statements"][0]["told"][0]["told"] is not None
    assert upheld["statements"][0]["appeal"]["words"] == SAID
    assert upheld["machine"]["flag"] == 0.95
    assert upheld["machine"]["reasons"][0] == {"rule": "threshold", "label": "flag", "value": 0.95, "limit": 0.5}
    assert data["reports"][0]["words"] == TOLD
    assert data["as_moderator"]["days"][0]["cases"] == 1
    for words in ("blåbärspaj", SAID, TOLD, "24 timmar", "varning", "bröt mot reglerna", "hjortronmos", "Havtornsgelé"):
        assert words in page, words


def test_an_export_names_nobody_else(db: Path) -> None:
    """Neither those who are mentioned, nor who reported her and what they said, nor the moderators, nor their notes."""
    page, data = exported(db)
    for document in (page, json.dumps(data, ensure_ascii=False)):
        for hidden in (HE, MAJA, MOSES, HEARD, NOTE, "tranbär", "fläderblom"):
            assert hidden not in document, hidden
        assert SHE in document
    assert data["cases"][0]["reports_about_it"] == 1
    assert data["cases"][0]["notes_left_out"] == 1
    assert re.search(r"hej <@person-[0-9a-f]{12}> och <@900000000000000001>", data["cases"][0]["text"])
    assert {each["by"] for case in data["cases"] for each in case["decisions"]} == {"moderator 1", "moderator 2"}


def test_notes_are_in_it_when_an_officer_asks_for_them(db: Path) -> None:
    page, data = exported(db, "--notes")
    assert NOTE in page
    assert data["cases"][0]["decisions"][0]["note"] == NOTE
    assert data["cases"][0]["notes_left_out"] == 0


def test_others_have_other_names_in_another_export(db: Path, tmp_path: Path) -> None:
    """Two exports laid beside one another do not tell who is in both."""
    names = set()
    for folder in ("a", "b"):
        run("export", SHE, *WHY, "--db", db, "--out", tmp_path / folder)
        names |= set(re.findall(r"person-[0-9a-f]{12}", (tmp_path / folder / "uppgifter.json").read_text("utf-8")))
    assert len(names) == 2


def test_an_export_is_on_record_with_numbers_alone(db: Path) -> None:
    run("export", SHE, *WHY, "--db", db)
    ((by, reason, facts),) = rows(db, "SELECT by, reason, facts FROM deeds")
    assert (by, reason) == ("karin", WHY[1])
    assert json.loads(facts) == {"cases": [UPHELD, DISMISSED, OPEN, NAME], "reports": 1, "appeals": 1}


def test_an_export_is_for_its_owners_eyes_alone_and_overwrites_nothing(db: Path, tmp_path: Path) -> None:
    exported(db)
    folder = tmp_path / "ut"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
        "uppgifter.html": 0o600,
        "uppgifter.json": 0o600,
    }
    assert "exists already" in refused("export", SHE, *WHY, "--db", db, "--out", folder, code=2)
    assert deeds(db) == ["person-export"]


def test_a_page_is_harmless_wherever_it_is_opened(db: Path) -> None:
    """No script, nothing from elsewhere, no character that acts on what stands around it."""
    page, _ = exported(db)
    assert "<script" not in page.lower()
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)\s*=|url\(|@import", page)
    acting = {c for c in page if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert acting == set()
    assert "\u0301\u0301\u0301" not in page


def test_data_hold_a_hostile_text_to_the_letter_and_yet_nothing_that_acts(db: Path, tmp_path: Path) -> None:
    _, data = exported(db)
    assert data["cases"][1]["text"] == TEXTS[DISMISSED]
    assert "\u202e" not in (tmp_path / "ut" / "uppgifter.json").read_text("utf-8")


def test_whoever_is_unknown_is_told_that_nothing_is_held(db: Path) -> None:
    page, data = exported(db, who="900000000000000009")
    assert "Det finns inga uppgifter om dig" in page
    assert data["counts"] == {"cases": 0, "reports": 0, "appeals": 0}
    assert data["as_moderator"] is None


def test_what_the_configuration_says_stands_in_the_export(db: Path, tmp_path: Path) -> None:
    config = tmp_path / "mitt.toml"
    config.write_text(
        '[papers]\ncontroller = "Almköpings <kommun>"\ndpo = "dso@almkoping.example"\nlegal_basis = "art. 6.1 e"\n',
        "utf-8",
    )
    page, data = exported(db, "--config", config)
    for words in ("Almköpings &lt;kommun&gt;", "dso@almkoping.example", "art. 6.1 e"):
        assert words in page
    assert data["controller"] == "Almköpings <kommun>"


def test_a_moderator_sees_what_was_done_in_office(db: Path) -> None:
    page, data = exported(db, who=MAJA)
    assert data["as_moderator"]["done"] == {"decisions": 2}
    assert "Beslut du har fattat" in page
    assert set(DONE) >= set(data["as_moderator"]["done"])


def test_nothing_remains_of_an_export_that_could_not_be_written(db: Path, tmp_path: Path) -> None:
    """Neither half a folder nor a deed that says that it was handed out."""
    assert "does not exist" in refused("export", SHE, *WHY, "--db", db, "--out", tmp_path / "ingen" / "ut", code=2)
    before = sorted(tmp_path.iterdir())
    script = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from bot.rights.files import new_folder, write
from pathlib import Path
try:
    with new_folder(Path(sys.argv[1])) as folder:
        write({folder / "a": b"x" * 100, folder / "b": b"x" * 10_000})
except OSError as problem:
    print(problem.strerror)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "ut")], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert "large" in done.stdout
    assert sorted(tmp_path.iterdir()) == before
    assert deeds(db) == []


# erase


def test_after_erasing_the_person_stands_nowhere(db: Path) -> None:
    """No byte of id, text or words in the database's files, and the deed says what went without saying whose."""
    settled(db)
    result = run("erase", SHE, *WHY, "--db", db)
    assert "Raderat: 4 ärenden och 1 rapport" in result.stdout
    files = bytes_beside(db)
    for secret in (SHE, SAID, NOTE, HEARD, TOLD, *TEXTS.values()):
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding) not in files, secret
    assert deeds(db) == ["erasure"]
    assert HE.encode() in files  # the other one's are another's


def test_what_is_open_or_appealed_stays_and_the_letter_says_why(db: Path, tmp_path: Path) -> None:
    letter = tmp_path / "brev.html"
    result = run("erase", SHE, *WHY, "--db", db, "--out", letter)
    assert f"ärende {OPEN}. Avgör det" in result.stdout
    assert rows(db, "SELECT id FROM flags WHERE author_id = ?", SHE) == [OPEN]
    text = letter.read_text("utf-8")
    assert "Begäran bifalls delvis" in text
    assert f"Ärendena {UPHELD}, {DISMISSED} och {NAME}" in " ".join(text.split())
    assert "artikel 17.3 b och e" in text
    assert SHE not in text
    assert "förvaltningsrätten" in text
    assert letter.stat().st_mode & 0o777 == 0o600
    assert deeds(db) == ["erasure", "refusal"]
    settled(db)
    run("erase", SHE, *WHY, "--db", db)
    assert SHE.encode() not in bytes_beside(db)


def test_what_must_be_archived_stays_with_a_reasoned_refusal_and_the_rest_goes(db: Path, tmp_path: Path) -> None:
    settled(db)
    config = tmp_path / "mitt.toml"
    config.write_text('[persons]\narchive_duty = "KS 2026/123 § 4"\n', "utf-8")
    letter = tmp_path / "brev.html"
    result = run("erase", SHE, *WHY, "--db", db, "--config", config, "--out", letter)
    assert f"ska arkiveras (artikel 17.3 b och d): ärende {UPHELD}" in result.stdout
    assert rows(db, "SELECT id FROM flags WHERE author_id = ?", SHE) == [UPHELD]
    assert rows(db, "SELECT text FROM flags WHERE id = ?", UPHELD) == [TEXTS[UPHELD]]
    assert "KS 2026/123 § 4" in letter.read_text("utf-8")
    facts = json.loads(rows(db, "SELECT facts FROM deeds WHERE kind = 'refusal'")[0])
    assert facts["cases"] == {"archive": [UPHELD]}


def test_what_is_held_stays(db: Path) -> None:
    settled(db)
    with closing(open_database(db)) as database:
        database.execute(
            """INSERT INTO deeds (kind, by, reason, facts, at)
            VALUES ('hold', 'karin', 'polisanmälan', ?, '2026-01-27T08:00:00.000+00:00')""",
            [json.dumps({"cases": [UPHELD]})],
        )
    result = run("erase", SHE, *WHY, "--db", db)
    assert f"rättsliga anspråk (artikel 17.3 e): ärende {UPHELD}" in result.stdout
    assert rows(db, "SELECT id FROM flags WHERE author_id = ?", SHE) == [UPHELD]


def test_a_request_of_which_nothing_can_be_granted_is_refused_on_record(db: Path, tmp_path: Path) -> None:
    letter = tmp_path / "brev.html"
    result = run("erase", HE, *WHY, "--db", db, code=0)  # his report goes, his open case stays
    assert f"ärende {HIS}" in result.stdout
    result = run("erase", HE, *WHY, "--db", db, "--out", letter, code=1)
    assert "Raderat" not in result.stdout
    assert "Begäran avslås" in letter.read_text("utf-8")
    assert deeds(db) == ["erasure", "refusal", "refusal"]
    assert rows(db, "SELECT text FROM flags WHERE id = ?", HIS) != [None]


def test_erasing_twice_says_that_nothing_is_held(db: Path) -> None:
    settled(db)
    run("erase", SHE, *WHY, "--db", db)
    assert "nothing is held" in refused("erase", SHE, *WHY, "--db", db)
    assert deeds(db) == ["erasure"]


def test_a_moderators_decisions_stay_the_towns_and_the_rest_goes(db: Path) -> None:
    result = run("erase", MAJA, *WHY, "--db", db, code=1)
    assert "i tjänsten" in result.stdout
    assert deeds(db) == ["refusal"]


def test_a_letter_that_cannot_be_written_erases_nothing(db: Path, tmp_path: Path) -> None:
    settled(db)
    (tmp_path / "brev.html").write_text("en annans", "utf-8")
    assert "exists already" in refused("erase", SHE, *WHY, "--db", db, "--out", tmp_path / "brev.html", code=2)
    assert rows(db, "SELECT count(*) FROM flags WHERE author_id = ?", SHE) == [4]
    assert deeds(db) == []
    assert (tmp_path / "brev.html").read_text("utf-8") == "en annans"


# restrict


def test_a_restricted_text_is_shown_to_nobody_and_nobody_decides_it(db: Path) -> None:
    result = run("restrict", SHE, *WHY, "--db", db)
    assert "Begränsat: ärende 1, 2, 3, 4" in result.stdout
    assert f"Ingen kan avgöra ärende {OPEN}" in result.stdout
    shown = CliRunner().invoke(main, ["flags", "--db", str(db), "--show-text"]).stdout
    told = json.loads(CliRunner().invoke(main, ["flags", "--db", str(db), "--json"]).stdout)
    for text in TEXTS.values():
        assert text not in shown
    assert "Begränsad" in shown
    assert [each["text"] for each in told if each["author_id"] == SHE] == [None] * 4
    assert [each["restricted"] for each in told] == [True] * 4 + [False]
    decided = CliRunner().invoke(main, ["decide", str(OPEN), "dismiss", "--by", "Maja", "--db", str(db)])
    assert decided.exit_code == 1
    assert "restricted" in decided.stderr
    assert rows(db, "SELECT text FROM flags WHERE id = ?", OPEN) == [TEXTS[OPEN]]


def test_lifting_shows_it_again_and_both_are_on_record(db: Path) -> None:
    run("restrict", SHE, *WHY, "--db", db)
    run("restrict", SHE, *WHY, "--db", db, "--lift")
    told = json.loads(CliRunner().invoke(main, ["flags", "--db", str(db), "--json"]).stdout)
    assert told[OPEN - 1]["text"] == TEXTS[OPEN]
    assert deeds(db) == ["restriction", "lifting"]


def test_restricting_twice_changes_nothing(db: Path) -> None:
    run("restrict", SHE, *WHY, "--db", db)
    assert "ingenting ändrades" in run("restrict", SHE, *WHY, "--db", db).stdout
    assert deeds(db) == ["restriction"]


def test_there_is_nothing_to_restrict_of_an_unknown_person(db: Path) -> None:
    assert "nothing to restrict" in refused("restrict", "900000000000000009", *WHY, "--db", db)
    assert deeds(db) == []


def test_the_person_still_gets_what_is_restricted(db: Path) -> None:
    run("restrict", SHE, *WHY, "--db", db)
    page, data = exported(db)
    assert data["cases"][0]["restricted_since"] is not None
    assert "blåbärspaj" in page
    assert "Begränsad sedan" in page


# together


@pytest.mark.parametrize("last", ["--lift", "erase"])
def test_after_everything_the_record_is_whole(db: Path, tmp_path: Path, last: str) -> None:
    """Handed out, restricted, partly erased and refused, then lifted or erased: nothing was changed without a word."""
    run("export", SHE, *WHY, "--db", db, "--out", tmp_path / "ut")
    run("restrict", SHE, *WHY, "--db", db)
    run("erase", HE, *WHY, "--db", db)
    if last == "erase":
        run("erase", SHE, *WHY, "--db", db)
    else:
        run("restrict", SHE, *WHY, "--db", db, "--lift")
    verified = CliRunner().invoke(main, ["record", "verify", "--db", str(db)])
    assert verified.exit_code == 0, verified.output


def test_retention_passes_what_is_restricted_by(db: Path) -> None:
    """However old it is: whoever had it restricted may need it (art. 18.1 c)."""
    run("restrict", SHE, *WHY, "--db", db)
    with closing(open_database(db)) as database:
        forget(database, Retention(1, 1), NOW + timedelta(days=900))
    assert rows(db, "SELECT text FROM flags ORDER BY id") == [*TEXTS.values(), None]


def test_a_restricted_case_counts_in_nobodys_history(db: Path) -> None:
    with closing(open_database(db)) as database:
        assert [each.flag for each in history(database, SHE, ["1"], 9)] == [UPHELD]
        run("restrict", SHE, *WHY, "--db", db)
        assert history(database, SHE, ["1"], 9) == []


def test_a_restricted_appeal_waits_and_is_read_by_nobody(db: Path) -> None:
    """Whoever would judge it is told why; what was said in it is not shown."""
    with closing(open_database(db)) as database:
        StoreReader(database).decide(decision(OPEN, by=MAJA, measures=(Measure(Act.WARN),)))
        appeals.appeal(database, OPEN, SHE, "jag bad om det", "sv", NOW, 180)
        run("restrict", SHE, *WHY, "--db", db)
        assert appeals.may_judge(database, 2, MOSES) is Objection.RESTRICTED
        assert appeals.first_for(database, ["1"], MOSES) is None
        about = appealed(database, 2)
        assert about is not None
        assert about.appeal is not None
        assert about.appeal.words == ""
        run("restrict", SHE, *WHY, "--db", db, "--lift")
        assert not isinstance(appeals.may_judge(database, 2, MOSES), Objection)


def test_erasing_reaches_the_bots_own_backups(db: Path, tmp_path: Path) -> None:
    settled(db)
    backups = tmp_path / "backups"
    assert CliRunner().invoke(main, ["backup", "--db", str(db), "--to", str(backups)]).exit_code == 0
    assert any(SHE.encode() in file.read_bytes() for file in backups.iterdir())
    run("erase", SHE, *WHY, "--db", db)
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    for secret in (SHE, SAID, *TEXTS.values()):
        assert not any(secret.encode() in each for each in files), secret


# what is typed


@pytest.mark.parametrize("command", ["export", "erase", "restrict"])
@pytest.mark.parametrize("who", ["", "  ", "a b", "x" * 101, "9\u202e1", "9\n1", "\u200b"])
def test_an_id_that_is_nobodys_is_bad_usage(db: Path, command: str, who: str) -> None:
    """An empty one above all: it stands on everything that was forgotten."""
    assert "AUTHOR_ID" in refused(command, who, *WHY, "--db", db, code=2)
    assert deeds(db) == []


@pytest.mark.parametrize("who", ["' OR 1=1 --", "%", "_", "*", "9000000000000000%"])
def test_an_id_is_never_a_pattern(db: Path, who: str) -> None:
    wanted = who.replace(" ", "")
    assert "nothing is held" in refused("erase", wanted, *WHY, "--db", db)
    assert rows(db, "SELECT count(*) FROM flags WHERE author_id = ?", SHE) == [4]


@pytest.mark.parametrize("command", ["export", "erase", "restrict"])
@pytest.mark.parametrize(
    "reason",
    ["", " \t", "...", f"begäran av {SHE}", f"<@{SHE}>", "begäran av havtornsgelé", "HAVTORNSGELÉ ringde", "x" * 1001],
)
def test_a_reason_that_would_tell_who_it_is_or_says_nothing_is_refused(db: Path, command: str, reason: str) -> None:
    told = refused(command, SHE, "--reason", reason, "--by", "karin", "--db", db)
    assert "--reason" in told
    assert SHE not in told
    assert "avtorn" not in told
    assert deeds(db) == []
    assert rows(db, "SELECT count(*) FROM flags WHERE author_id = ?", SHE) == [4]


def test_who_does_it_may_not_be_the_person_either(db: Path) -> None:
    assert "--by" in refused("erase", SHE, "--reason", "begäran", "--by", SHE, "--db", db)


def test_who_does_it_is_the_systems_user_where_nobody_is_named(db: Path) -> None:
    run("export", SHE, "--reason", "begäran", "--db", db)
    assert rows(db, "SELECT by FROM deeds") == [getpass.getuser()]


def test_there_is_a_kind_of_deed_for_each_answer() -> None:
    assert {"person-export", "erasure", "refusal", "restriction", "lifting"} <= {str(kind) for kind in DeedKind}
