"""A copy for a request under offentlighetsprincipen: reviewed line by line, and nothing masked is in it anywhere."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot.cli import main
from bot.core.flags import Flag, Reason
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.store import StoreReader, open_database
from bot.store.keeping import keep
from bot.store.reports import file_all
from tests.builders import NOW, decision, flag, kept, post, unprivileged, verdict

AUTHOR, REPORTER = "1320000000000000077", "1320000000000000099"
TEXT = "Grannen Anna Andersson är en idiot\nring henne på 070-123 45 67 eller <@1320000000000000088>"
SECRETS = ("Anna Andersson", "070-123 45 67", "1320000000000000088", AUTHOR)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in an empty folder: no config.toml, no database of anybody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An upheld case that a member has reported, and an open one."""
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as database:
        first = post(1, TEXT, author=AUTHOR)
        keep(database, kept(flag(first), flag(post(2, "en annan text", author=AUTHOR))))
        said = Complaint(Category.HATE, Hurt.SOMEBODY, "jag som rapporterar bor bredvid")
        reported = Flag(first, verdict(), (Reason("report", "hate"),), {}, NOW)
        file_all(database, [Report(Reporter(REPORTER), said, reported, NOW)], Limits())
        StoreReader(database).decide(decision(1, note="ringde Anna Andersson"))
    return path


def run(*arguments: object, code: int = 0, typed: str | None = None) -> Result:
    """Run a command; whatever its exit code, there is no traceback and nothing unexpected was raised."""
    result = CliRunner().invoke(main, ["disclose", *map(str, arguments)], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def told(*arguments: object, code: int = 1) -> str:
    """The one line with which a command is refused."""
    (line,) = run(*arguments, code=code).stderr.splitlines()
    return line


def drafted(db: Path, *cases: int) -> Path:
    """A new draft."""
    file = db.parent / "utkast.txt"
    run(*(cases or (1,)), "--draft", file, "--db", db)
    return file


def edited(file: Path, *changes: Callable[[str], str]) -> Path:
    """The draft as an editor leaves it."""
    text = file.read_text("utf-8")
    for change in changes:
        text = change(text)
    file.write_text(text, "utf-8")
    return file


def confirmed(text: str) -> str:
    """Everything that is proposed, on the ground that is hinted at or else the third."""
    text = re.sub(r"\|(\d*)\?\]\]", lambda match: f"|{match[1] or 3}]]", text)
    return text.replace("Granskat av: ", "Granskat av: Karin Ek")


def words_of(file: Path) -> str:
    """What a reader finds in a copy."""
    if file.suffix != ".pdf":
        return file.read_text("utf-8")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages)


def unfolded(file: Path) -> bytes:
    """The bytes of a copy, and of a PDF also those of its packed streams."""
    content = file.read_bytes()
    if file.suffix != ".pdf":
        return content
    reader = PdfReader(io.BytesIO(content))
    every = (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1))
    return content + b"".join(each.get_data() for each in every if hasattr(each, "get_data"))


def deeds(db: Path) -> list[dict[str, object]]:
    """The disclosures on record."""
    with closing(open_database(db)) as database:
        rows = database.execute("SELECT by, reason, facts FROM deeds WHERE kind = 'disclosure'").fetchall()
        return [{"by": row["by"], "reason": row["reason"], **json.loads(row["facts"])} for row in rows]


@pytest.mark.parametrize("form", ["html", "pdf", "txt"])
def test_what_is_masked_is_nowhere_in_the_copy(db: Path, form: str) -> None:
    """Neither as text, nor in the bytes, nor in a PDF's streams; what is kept is there, and the grounds."""
    out = db.parent / f"kopia.{form}"
    run("--draft", edited(drafted(db), confirmed), "--out", out, "--db", db)
    words, content = words_of(out), unfolded(out)
    for secret in (*SECRETS, "bor bredvid", REPORTER):
        assert secret not in words
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            assert secret.encode(coding) not in content
    for shown in ("är en idiot", "▇▇▇ (3)", "OSL 21 kap. 7 §", "kammarrätten", "Karin Ek", "Maja biföll flaggan"):
        assert shown in " ".join(words.split())
    assert out.stat().st_mode & 0o777 == 0o600


def test_the_record_holds_which_cases_and_which_file_and_nobody_s_data(db: Path) -> None:
    """A deed names case numbers, how much is masked, and the copy's SHA-256."""
    out = db.parent / "kopia.txt"
    run("--draft", edited(drafted(db, 1, 2), confirmed), "--out", out, "--reason", "KS 2026/77", "--db", db)
    (deed,) = deeds(db)
    assert (deed["by"], deed["reason"], deed["cases"]) == ("Karin Ek", "KS 2026/77", [1, 2])
    assert deed["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert not any(secret in json.dumps(deed) for secret in SECRETS)


def test_nothing_is_written_before_every_proposal_is_answered(db: Path) -> None:
    """A proposal without an answer, an unknown ground and a missing reviewer are refused, and leave no trace."""
    file, out = drafted(db), db.parent / "kopia.txt"
    assert "nobody has said" in told("--draft", file, "--out", out, "--db", db)
    edited(file, lambda text: text.replace("Granskat av: ", "Granskat av: Karin"))
    assert "is not reviewed" in told("--draft", file, "--out", out, "--db", db)
    edited(file, confirmed, lambda text: text.replace("|3]]", "|9]]", 1))
    assert "there is no ground 9" in told("--draft", file, "--out", out, "--db", db)
    assert sorted(path.name for path in db.parent.iterdir() if path.name.startswith(".") or path == out) == []
    assert deeds(db) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("är en idiot", "är en bra karl"), "was changed"),
        (lambda text: text + "1.99 Text: påhittat\n", "is not of these cases"),
        (lambda text: re.sub(r"(?m)^1\.01 .*\n", "", text), "is missing"),
        (lambda text: re.sub(r"(?m)^(1\.01 .*\n)", r"\1\1", text), "stands there twice"),
        (lambda text: text.replace("Kanal:", "Författare:"), "was changed"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_of_the_case_is_refused(db: Path, change: Callable[[str], str], why: str) -> None:
    """Changed, added, left out, doubled: the line is named, and nothing is written."""
    file = edited(drafted(db), confirmed, change)
    assert why in told("--draft", file, "--out", "kopia.txt", "--db", db)
    assert not Path("kopia.txt").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("är en idiot", "är [[en idiot"), "brackets do not fit"),
        (lambda text: text.replace("är en idiot", "är [[en idiot]]"), "brackets do not fit"),
        (lambda text: text + "mitt eget\n", "is of no case"),
        (lambda text: text.replace("Kontroll:", "Kontrol:"), "of no case"),
        (lambda text: text.replace("Ärenden: 1", "Ärenden: ett"), "head of the draft"),
        (lambda _: "något annat", "no draft"),
        (lambda _: "", "no draft"),
    ],
)
def test_a_draft_that_cannot_be_read_says_where(db: Path, change: Callable[[str], str], why: str) -> None:
    """One line with the place, exit code 2."""
    file = edited(drafted(db), confirmed, change)
    assert why in told("--draft", file, "--out", "kopia.txt", "--db", db, code=2)


def test_a_stale_draft_is_refused(db: Path) -> None:
    """A case that was decided, or forgotten, since the draft is not handed out as it was."""
    file = edited(drafted(db, 2), confirmed)
    with closing(open_database(db)) as database:
        StoreReader(database).decide(decision(2))
    assert "have changed since" in told("--draft", file, "--out", "kopia.txt", "--db", db)


def test_what_is_masked_here_and_shown_there_is_caught(db: Path) -> None:
    """A name that is masked in the text and stands in a note is not handed out by oversight, unless it is meant."""
    unmask = lambda text: re.sub(r"\[\[(Anna Andersson)\|3\]\](\s*)$", r"\1\2", text, flags=re.MULTILINE)  # noqa: E731
    file = edited(drafted(db), confirmed, unmask)
    assert "shows what is masked" in told("--draft", file, "--out", "kopia.txt", "--db", db)
    run("--draft", file, "--out", "kopia.txt", "--repeats", "--db", db)
    assert "ringde Anna Andersson" in Path("kopia.txt").read_text("utf-8")


def test_an_editor_of_another_system_changes_nothing(db: Path) -> None:
    """A byte-order mark, other line ends, blanks cut off and letters taken apart are no changes."""
    import unicodedata

    file = edited(drafted(db), confirmed)
    text = unicodedata.normalize("NFD", file.read_text("utf-8")).replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    run("--draft", file, "--out", "kopia.txt", "--db", db)


def test_a_review_at_the_terminal_keeps_masks_corrects_and_adds_grounds(db: Path) -> None:
    """Return, v, d and r do what they say; words become a ground; the copy has what was answered."""
    lines = [row for row in drafted(db, 2).read_text("utf-8").splitlines() if re.match(r"2\.\d\d ", row)]
    place = next(number for number, row in enumerate(lines) if " Text: " in row)
    after = ["v"] * (len(lines) - place - 1)
    answers = [*[""] * place, "r", "en ann an", "en [[annan|1]] text", *after]
    result = run("--draft", "utkast.txt", "--review", "--out", "kopia.txt", "--by", "Karin", "--db", db,
                 typed="\n".join(answers) + "\n")  # fmt: skip
    assert "Bara det inom hakparenteser" in result.stdout
    text = Path("kopia.txt").read_text("utf-8")
    assert "Text: en ▇▇▇ (1) text" in text
    assert AUTHOR not in text


def test_a_review_can_be_broken_off_and_gone_on_with(db: Path) -> None:
    """What was answered is in the draft; the next review begins where the last one stopped."""
    file = drafted(db)
    run("--draft", file, "--review", typed="\n\n\nq\n")
    first = re.findall(r"\|\d\]\]", file.read_text("utf-8"))
    assert len(first) == 1
    again = run("--draft", file, "--review", typed="q\n")
    assert "\n1.03 " not in again.stdout
    assert "1.04 " in again.stdout


def test_all_in_one_go_writes_no_draft(db: Path) -> None:
    """CASE with --review and --out keeps the draft in memory; stopping in the middle writes nothing."""
    assert "stopped before the end" in run(1, "--review", "--out", "kopia.txt", "--db", db, code=1, typed="q\n").stderr
    run(2, "--review", "--out", "kopia.txt", "--db", db, typed="d\neget skäl\n" * 30)
    assert set(Path().iterdir()) & {Path("utkast.txt")} == set()
    assert "eget skäl" in Path("kopia.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        ((), 2, "say which cases"),
        ((1,), 2, "line by line"),
        ((1, "--out", "a.txt"), 2, "line by line"),
        ((9, "--draft", "a.txt"), 1, "no flag 9"),
        (("--draft", "saknas.txt", "--out", "a.txt"), 2, "no such draft"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(db: Path, arguments: tuple[object, ...], code: int, why: str) -> None:
    """Nothing to go by, no way to review, an unknown case, no draft."""
    assert why in told(*arguments, "--db", db, code=code)


def test_no_file_is_written_over_and_only_known_forms_are_made(db: Path) -> None:
    """A draft or copy that is there stays; a name without a form is refused."""
    file = edited(drafted(db), confirmed)
    assert "exists already" in told(1, "--draft", file, "--db", db, code=2)
    assert ".html, .pdf or .txt" in told("--draft", file, "--out", "kopia.doc", "--db", db, code=2)
    Path("kopia.txt").write_text("min", "utf-8")
    assert "exists already" in told("--draft", file, "--out", "kopia.txt", "--db", db, code=2)
    assert Path("kopia.txt").read_text("utf-8") == "min"
    assert deeds(db) == []


def test_a_reason_that_would_stay_on_record_holds_nobody(db: Path) -> None:
    """An id or an address in it is refused."""
    file = edited(drafted(db), confirmed)
    for reason in (f"begärt om {AUTHOR}", "svar till a@exempel.se"):
        assert "stays on record" in told("--draft", file, "--out", "kopia.txt", "--reason", reason, "--db", db)


def test_a_folder_that_cannot_be_written_is_named() -> None:
    """One line, and nothing half-written."""
    with unprivileged() as folder:
        path = folder / "u.db"
        with closing(open_database(path)) as database:
            keep(database, kept(flag(post(1, "text"))))
        shut = folder / "stängd"
        shut.mkdir(mode=0o500)
        assert "stängd" in told(1, "--draft", shut / "utkast.txt", "--db", path)


HOSTILE = (
    "\u202eabc\x1b[31m\x00 [[x|1]] ]] [[ e"
    + "\u0301" * 10_000
    + "\n# 1.01 Kanal: påhittad\r\nGrund 1: x\u2028<b>&\t\n\n"
)


@pytest.mark.parametrize("form", ["html", "pdf", "txt"])
def test_a_hostile_text_comes_out_harmless_and_as_it_was_reviewed(db: Path, form: str) -> None:
    """Brackets of its own, turned text, piled marks and rows that look like the draft's head change nothing."""
    with closing(open_database(db)) as database:
        keep(database, kept(flag(post(3, HOSTILE))))
    file, out = drafted(db, 3), db.parent / f"kopia.{form}"
    run("--draft", edited(file, confirmed), "--out", out, "--db", db)
    words = words_of(out)
    assert "påhittad" in words
    assert not set(words) & set("\u202e\x1b\x00")
    assert "<b>" not in words or form != "html"


def test_a_restricted_text_is_proposed_to_be_masked_as_a_whole(db: Path) -> None:
    """GDPR art. 18 does not answer the request; it asks for a second look."""
    with closing(open_database(db)) as database:
        database.execute("UPDATE flags SET restricted_at = '2026-01-26T08:00:00.000+00:00' WHERE id = 2")
    assert "Text: [[en annan text|?]]" in drafted(db, 2).read_text("utf-8")


def test_a_forgotten_text_is_said_to_be_forgotten(db: Path) -> None:
    """The case is handed out without it."""
    with closing(open_database(db)) as database:
        database.execute("UPDATE record SET words_key = NULL WHERE kind = 'flag' AND subject = 2")
        database.execute("UPDATE flags SET text = NULL, spans = '[]' WHERE id = 2")
    assert "Text: (texten är gallrad)" in drafted(db, 2).read_text("utf-8")
