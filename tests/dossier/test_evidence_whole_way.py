"""From the command line to the police and back: a package is made, handed over, locked, unlocked and checked."""

from __future__ import annotations

import io
import json
import random
import re
import resource
import sqlite3
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyrage
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot import evidencing
from bot.cli import main
from bot.core.chain import Entry
from bot.core.deeds import Deed, DeedKind
from bot.core.errors import Refused, UppsiktError
from bot.store import open_database
from bot.store.dossiers import hand_over
from tests.builders import unprivileged
from tests.handed_cases import (
    AT,
    AUTHOR,
    DECIDED,
    DISMISSED,
    EDIT,
    EDITED,
    FORGOTTEN,
    OPEN,
    REPORTED,
    REPORTER,
    TEXT,
    WITHDRAWN,
    town,
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without a configuration."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return town(tmp_path / "uppsikt.db")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["evidence", *map(str, words)])


def make(
    db: Path, *cases: int, out: str | Path = "e.zip", reason: str = "K-1234-26", by: str = "Karin", **more: str
) -> Result:
    options = [word for name, value in more.items() for word in (f"--{name}", value)]
    return run(*cases, "--out", out, "--reason", reason, "--by", by, "--db", db, *options)


def content(file: Path | str = "e.zip") -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def deeds(db: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(db) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute("SELECT * FROM deeds ORDER BY id")]
    connection.close()
    return found


def left(db: Path) -> set[str]:
    """What lies beside the database that is not SQLite's or the secret."""
    return {file.name for file in db.parent.iterdir() if not file.name.startswith(db.name)}


def test_a_package_is_made_and_found_whole_where_there_is_nothing_else(
    db: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made for an open and a decided case, private to its owner, and checked in a folder with nothing else in it."""
    made = make(db, DECIDED, OPEN)
    assert made.exit_code == 0, made.output
    package = Path("e.zip")
    assert stat.S_IMODE(package.stat().st_mode) == 0o600
    elsewhere = tmp_path_factory.mktemp("police")
    package.rename(elsewhere / "e.zip")
    monkeypatch.chdir(elsewhere)
    found = run("verify", "e.zip")
    assert found.exit_code == 0, found.output
    assert "Paketet är helt: ärendena 1, 6" in found.stdout
    fingerprint = re.search(r"nyckeln ((?:[0-9a-f]{4} ?){8})", made.stdout)
    assert fingerprint
    assert fingerprint[1] in found.stdout
    assert run("verify", "e.zip", "--key", fingerprint[1]).exit_code == 0
    assert run("verify", "e.zip", "--key", "0000").exit_code == 1
    assert run("verify", "e.zip", "--key", " ").exit_code == 2
    assert {file.name for file in elsewhere.iterdir()} == {"e.zip"}


def test_it_says_what_was_written_decided_and_answered(db: Path) -> None:
    """Text, ids, times, the decision with its maker, measures, what the author was told and said: as recorded."""
    make(db, DECIDED)
    files = content()
    (case,) = json.loads(files["messages.json"])["cases"]
    assert case["flag"]["text"] == TEXT
    assert case["flag"]["author_id"] == AUTHOR
    assert case["course"]["seen_at"] == AT.isoformat()
    assert len(case["reported_at"]) == 1
    assert case["files"] == [{"name": "brev.txt", "size": 4, "sha256": "0f" * 32}]
    assert b"brev.txt, 4 byte" in files["cover.html"]
    (done,) = json.loads(files["decisions.json"])["cases"]
    assert done["state"] == "upheld"
    assert [(each["step"], each["by"]) for each in done["decision"]] == [("uphold", "Maja")]
    assert {each["act"] for each in done["measure"]} == {"delete", "warn"}
    assert [each["words"] for each in done["appeal"]] == ["Jag menade inte så."]


def test_other_flagged_wordings_of_the_same_message_come_along(db: Path) -> None:
    """Of an edited message each revision that was flagged is there, once, and it is said which was asked for."""
    make(db, EDIT)
    cases = json.loads(content()["messages.json"])["cases"]
    assert [(case["case"], case["asked_for"]) for case in cases] == [(EDITED, False), (EDIT, True)]
    assert cases[0]["course"]["edited_at"]


def test_who_reported_is_nowhere_in_it(db: Path) -> None:
    """Neither a reporter's id nor a reporter's words, in any file."""
    make(db, DECIDED)
    for name, held in content().items():
        text = PdfReader(io.BytesIO(held)).pages[0].extract_text().encode() if name.endswith("pdf") else held
        assert REPORTER.encode() not in text
        assert REPORTED.encode() not in text


def test_nobody_elses_case_is_in_it(db: Path) -> None:
    """Of other cases only seals are there, which say nothing: no text, no author."""
    make(db, DISMISSED)
    everything = b"".join(held for name, held in content().items() if not name.endswith("pdf"))
    assert AUTHOR.encode() not in re.sub(rb"[0-9a-f]{32,}", b"", everything)
    assert TEXT.encode() not in everything


def test_that_it_was_made_is_on_record_with_its_digest(db: Path) -> None:
    """Who, why, which cases, and the file's SHA-256: enough to know it again, and nobody's name or words."""
    import hashlib

    make(db, DECIDED, DECIDED, OPEN)
    (deed,) = deeds(db)
    assert (deed["kind"], deed["by"], deed["reason"]) == ("evidence", "Karin", "K-1234-26")
    facts = json.loads(deed["facts"])
    assert facts["cases"] == [DECIDED, OPEN]
    assert facts["sha256"] == hashlib.sha256(Path("e.zip").read_bytes()).hexdigest()
    with sqlite3.connect(db) as connection:
        newest = connection.execute("SELECT kind FROM record ORDER BY seq DESC").fetchone()
    connection.close()
    assert newest == ("deed",)


def test_the_part_of_the_record_reaches_from_the_oldest_entry_to_the_signed_head(db: Path) -> None:
    """Later cases need no entries from before them."""
    make(db, WITHDRAWN)
    rows = [json.loads(row) for row in content()["chain.jsonl"].splitlines()]
    with sqlite3.connect(db) as connection:
        first = connection.execute("SELECT min(seq) FROM record WHERE kind = 'flag' AND subject = 5").fetchone()[0]
        head = connection.execute("SELECT seq FROM record_heads").fetchone()[0]
    connection.close()
    assert [row[0] for row in rows] == list(range(first, head + 1))
    assert len(rows[0]) == len(Entry.__slots__)


@contextmanager
def nothing_is_left(db: Path) -> Iterator[None]:
    """Neither a file nor a deed."""
    before = left(db)
    yield
    assert left(db) == before
    assert deeds(db) == []


@pytest.mark.parametrize(
    ("cases", "options", "code", "sentence"),
    [
        ((FORGOTTEN,), {}, 1, "case 7 is forgotten"),
        ((DECIDED, FORGOTTEN), {}, 1, "case 7 is forgotten"),
        ((99,), {}, 1, "there is no case 99"),
        ((2**70,), {}, 1, "there is no case"),
        ((DECIDED,), {"reason": " - "}, 1, "say why"),
        ((DECIDED,), {"by": "!"}, 1, "only a person"),
        ((DECIDED,), {"out": "nowhere/e.zip"}, 2, "folder does not exist"),
        ((DECIDED,), {"recipient": "age1nonsense"}, 2, "is no age key"),
        ((DECIDED,), {"recipient": "no-such-file"}, 2, "is no file"),
        ((DECIDED,), {"recipient": "AGE-SECRET-KEY-1PLANTED"}, 2, "that is a secret key"),
    ],
)
def test_what_cannot_be_made_is_one_clear_line_and_leaves_nothing(
    db: Path, cases: tuple[int, ...], options: dict[str, str], code: int, sentence: str
) -> None:
    """No file, no half of one, nothing on record; a secret that was typed by mistake is not repeated."""
    with nothing_is_left(db):
        done = make(db, *cases, **options)
        assert done.exit_code == code, done.output
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "PLANTED" not in done.output


def test_a_file_that_is_there_is_never_written_over(db: Path) -> None:
    """Not even by the same command again; nor a link that leads elsewhere."""
    Path("e.zip").write_text("mitt")
    Path("link.zip").symlink_to("elsewhere")
    for out in ("e.zip", "link.zip"):
        with nothing_is_left(db):
            done = make(db, DECIDED, out=out)
            assert done.exit_code == 2
            assert "exists already" in done.stderr
    assert Path("e.zip").read_text() == "mitt"


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    """A file that may grow no further breaks off in the middle: neither it nor a deed stays."""
    db = town(tmp_path / "big.db", text="x" * 3_000_000)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    with nothing_is_left(db):
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, old[1]))
        try:
            done = make(db, DECIDED)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
        assert done.exit_code == 1, done.output
        assert "no room on the disk" in done.stderr


def test_a_folder_that_may_not_be_written_is_said() -> None:
    """By its own name, not the database's."""
    with unprivileged() as folder:
        db = town(folder / "uppsikt.db")
        (folder / "closed").mkdir(mode=0o500)
        with nothing_is_left(db):
            done = make(db, DECIDED, out=folder / "closed" / "e.zip")
            assert done.exit_code == 1
            assert "closed/e.zip cannot be written" in done.stderr


def test_a_case_that_is_forgotten_while_its_package_is_made_is_not_handed_over(db: Path) -> None:
    """What was read before is not written after."""
    opened = open_database(db)
    placed: list[bool] = []
    deed = Deed(DeedKind.EVIDENCE, "Karin", "K-1", AT)
    with pytest.raises(Refused, match="forgotten"):
        hand_over(opened, [DECIDED, FORGOTTEN], deed, lambda: placed.append(True))
    opened.close()
    assert not placed
    assert deeds(db) == []


def test_if_the_deed_cannot_be_kept_the_file_goes_again(db: Path) -> None:
    """A package that no record knows of does not come to be, even if the last step is what fails."""
    with sqlite3.connect(db) as connection:
        connection.execute("CREATE TABLE late (id INTEGER REFERENCES flags (id) DEFERRABLE INITIALLY DEFERRED)")
        connection.execute(
            "CREATE TRIGGER late AFTER INSERT ON deeds BEGIN INSERT INTO late VALUES (12345); END"
        )  # breaks at COMMIT, when the file is in its place
    connection.close()
    with nothing_is_left(db):
        done = make(db, DECIDED)
        assert done.exit_code == 1
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE flags SET text = 'annat' WHERE id = 1",
        "UPDATE flags SET author_id = '1' WHERE id = 1",
        "DROP TRIGGER decisions_stay; UPDATE decisions SET by = 'Mallory' WHERE flag_id = 1",
        "DROP TRIGGER record_stays; UPDATE record SET at = '2020-01-01' WHERE seq = 3",
        "DROP TRIGGER record_remains; DELETE FROM record WHERE kind = 'flag' AND subject = 1",
    ],
)
def test_what_the_record_does_not_bear_out_is_not_handed_over(db: Path, tampering: str) -> None:
    """A package that its reader would find tampered with is not made; the line says what to run."""
    with sqlite3.connect(db) as connection:
        connection.executescript(tampering)
    connection.close()
    with nothing_is_left(db):
        done = make(db, DECIDED)
        assert done.exit_code == 1
        assert "uppsikt record verify" in done.stderr


def test_a_locked_package_opens_for_its_recipient_alone(db: Path) -> None:
    """Locked to a key, to keys of a file, to both; no plain byte of it is on the disk; others cannot open it."""
    police, lawyer, stranger = (pyrage.x25519.Identity.generate() for _ in range(3))
    Path("keys").write_text(f"# advokaten\n{lawyer.to_public()}\n")
    for name, identity in (("police", police), ("lawyer", lawyer), ("stranger", stranger)):
        Path(name).write_text(f"# created: today\n{identity}\n")
    words = ("--out", "e.zip.age", "--reason", "K-1", "--by", "Karin", "--db", db)
    made = run(DECIDED, *words, "--recipient", police.to_public(), "--recipient", "keys")
    assert made.exit_code == 0, made.output
    assert "inte låst" not in made.stdout
    assert AUTHOR.encode() not in Path("e.zip.age").read_bytes()
    assert b"messages.json" not in Path("e.zip.age").read_bytes()
    for name, code in (("police", 0), ("lawyer", 0), ("stranger", 1), ("keys", 2), ("nobody", 2)):
        assert run("verify", "e.zip.age", "--identity", name).exit_code == code, name
    assert run("verify", "e.zip.age").exit_code == 2
    assert str(stranger)[:20] not in run("verify", "e.zip.age", "--identity", "stranger").output


def test_a_locked_package_that_was_changed_does_not_open(db: Path) -> None:
    """Flipped, cut, or half: one line, exit code 1."""
    identity = pyrage.x25519.Identity.generate()
    Path("key").write_text(str(identity))
    make(db, DECIDED, out="e.zip.age", recipient=str(identity.to_public()))
    whole = Path("e.zip.age").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for torn in (bytes(flipped), whole[:-1], whole[: len(whole) // 2], whole + b"x", whole[:30]):
        Path("torn").write_bytes(torn)
        done = run("verify", "torn", "--identity", "key")
        assert done.exit_code == 1, done.output
        assert len(done.stderr.splitlines()) == 1


def test_no_flipped_bit_of_a_locked_package_goes_unseen(db: Path) -> None:
    """Whichever of 300 it is: refused, found, or no longer taken for a locked one."""
    identity = pyrage.x25519.Identity.generate()
    Path("key").write_text(str(identity))
    make(db, DECIDED, out="e.zip.age", recipient=str(identity.to_public()))
    whole, dice = Path("e.zip.age").read_bytes(), random.Random(8)
    header = whole.index(b"---") + 50
    for number in range(300):
        torn = bytearray(whole)
        torn[dice.randrange(header if number % 2 else len(whole))] ^= 1 << dice.randrange(8)
        Path("torn").write_bytes(torn)
        try:
            assert evidencing.check(Path("torn"), Path("key"), "").wrong
        except UppsiktError as problem:
            assert len(str(problem).splitlines()) == 1


def test_a_changed_package_is_said_to_be_so_in_both_languages(db: Path) -> None:
    """Where and what, exit code 1, and nothing that a stranger wrote acts on the terminal."""
    make(db, DECIDED)
    with zipfile.ZipFile("e.zip", "a") as archive:
        archive.writestr("\x1b[2Jextra\u202e.txt", "hej")
    done = run("verify", "e.zip")
    assert done.exit_code == 1
    assert "filen har lagts till" in done.stdout
    assert "it was added" in done.stdout
    assert not set(done.stdout) & set("\x1b\u202e")


def test_a_package_without_a_database_is_refused(tmp_path: Path) -> None:
    """No database is made where there is none."""
    done = make(tmp_path / "none.db", 1)
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []
