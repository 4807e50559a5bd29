"""What can be typed: the right output, the right exit code, one clear line for what is wrong, never a traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.core.opinions import Kind, Lean, Opinion
from bot.store import open_database
from bot.store.keeping import keep
from bot.store.opining import ask
from classifier.verdict import MOTIVES, TARGETS
from tests.builders import HOME, MODEL, NOW, flag, ident, kept, line, post, real_model, unprivileged, write_lines

PROGRAM = [sys.executable, "-W", "ignore", "-m", "bot"]
HATE = "judarna är giriga råttor hela släktet och borde utrotas"
CALM = "är bussen sen idag?"
WATCHED = "[watchlist]\nphrases = ['bevakat']\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in an empty folder: no config.toml, no database of anybody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database with three flags."""
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as database:
        keep(database, kept(*(flag(post(n, f"text nummer {n}"), score=0.9 - n / 10) for n in (1, 2, 3))))
    return path


def run(*arguments: object, code: int = 0) -> Result:
    """Run a command; whatever its exit code, there is no traceback and nothing unexpected was raised."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


def refused(*arguments: object, code: int) -> str:
    """Run a command that must be refused; the one line it is refused with."""
    result = run(*arguments, code=code)
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    assert told.startswith("uppsikt: ")
    return told.removeprefix("uppsikt: ")


def program(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """The program in a process of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    ours = {"PYTHONPATH": str(HOME), "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": ""}  # buffered, as it is in life
    environment = {**os.environ, **ours}
    return subprocess.Popen([*PROGRAM, *arguments], env=environment, **pipes)  # type: ignore[call-overload]


def harmless_on_a_terminal(text: str) -> None:
    """No character that could act on a terminal but the end of a line."""
    acting = {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert acting == set()


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    return path


# classify


def test_classify_gives_a_verdict_a_line_in_the_order_of_the_lines(tmp_path: Path) -> None:
    texts = [HATE, CALM, "", HATE * 20, "😀", CALM * 50] * 50
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": f"rad-{n}", "text": t}) for n, t in enumerate(texts)])
    result = run("classify", file)
    rows = [json.loads(each) for each in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == [f"rad-{n}" for n in range(300)]
    assert [row["flag"] for row in rows[:3]] == [True, False, False]
    assert result.stderr == ""


def test_a_verdict_has_the_format_of_the_interfaces(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": 5, "text": HATE, "mood": "sur"})])
    (row,) = map(json.loads, run("classify", file).stdout.splitlines())
    assert {"id", "flag", "score", "motives", "targets", "threat", "model", "language"} <= set(row)
    assert (row["id"], row["flag"]) == ("5", True)
    assert set(row["motives"]) == set(MOTIVES)
    assert set(row["targets"]) == set(TARGETS)
    for value in (row["score"], row["threat"], *row["motives"].values(), *row["targets"].values()):
        assert 0 <= value <= 1
    assert re.fullmatch(r"uppsikt-sv@[0-9a-f]{12}", row["model"])
    assert "spans" not in row


def test_explain_adds_spans_within_the_text_as_given(tmp_path: Path) -> None:
    texts = [f"😀 \u200bhej och {HATE}", "judаrnа är r å t t o r allihop", "", CALM]
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)])
    rows = [json.loads(each) for each in run("classify", file, "--explain").stdout.splitlines()]
    for text, row in zip(texts, rows, strict=True):
        for start, end, weight in row["spans"]:
            assert 0 <= start < end <= len(text)
            assert 0 <= weight <= 1
    assert rows[0]["spans"]
    assert rows[2]["spans"] == []
    assert max(end for _, end, _ in rows[0]["spans"]) > texts[0].index("jud")


def test_classify_uses_the_thresholds_of_the_configuration(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": 1, "text": t}) for t in (HATE, CALM, "bevakat")])
    none = config(tmp_path, "[thresholds]\nflag = 1.0\nthreat = 1.0")
    assert [json.loads(r)["flag"] for r in run("classify", file, "--config", none).stdout.splitlines()] == [False] * 3
    watched = config(tmp_path, WATCHED)
    flags = [json.loads(each)["flag"] for each in run("classify", file, "--config", watched).stdout.splitlines()]
    assert flags == [True, False, True]


def test_classify_names_and_skips_bad_lines_and_says_so_with_its_exit_code(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = json.dumps({"id": "1", "text": CALM}).encode()
    file.write_bytes(b"\n".join([good, b"hej", b"\xff", b"", b'{"id": "2"}', b"[" * 100_000, good]))
    result = run("classify", file, code=3)
    assert len(result.stdout.splitlines()) == 2
    told = [each.removeprefix(f"{file}, ") for each in result.stderr.splitlines()]
    assert [each.split(":")[0] for each in told] == ["line 2", "line 3", "line 5", "line 6"]
    assert all(each.endswith("; skipped") for each in told)


def test_classify_of_nothing_says_nothing(tmp_path: Path) -> None:
    result = run("classify", write_lines(tmp_path / "a.jsonl", []))
    assert (result.stdout, result.stderr) == ("", "")


def test_one_line_in_is_one_verdict_out_before_the_end_and_a_reader_who_leaves_ends_it_well() -> None:
    with program("classify", "-") as child:
        assert child.stdin
        assert child.stdout
        assert child.stderr
        for number in (1, 2):
            child.stdin.write(json.dumps({"id": number, "text": CALM}).encode() + b"\n")
            child.stdin.flush()
            ready, _, _ = select.select([child.stdout], [], [], 60)
            assert ready, "no verdict before the end of the input"
            assert json.loads(child.stdout.readline())["id"] == str(number)
        child.stdout.close()  # as `| head -2` does; standard input stays open
        child.stdin.write(json.dumps({"id": 3, "text": CALM}).encode() + b"\n")
        child.stdin.flush()
        assert child.wait(60) == 0
        assert child.stderr.read() == b""


def test_standard_input_is_read_when_no_file_is_named_and_ctrl_c_ends_it_without_a_traceback() -> None:
    # What runs in the background of a shell ignores Ctrl-C, and so would its children.
    with program("classify", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as child:
        assert child.stdin
        assert child.stdout
        assert child.stderr
        child.stdin.write(json.dumps({"id": 1, "text": CALM}).encode() + b"\n")
        child.stdin.flush()
        assert child.stdout.readline()
        child.send_signal(2)
        assert child.wait(60) in (1, 130)
        assert b"Traceback" not in child.stderr.read()
        assert child.returncode > 0


def test_what_cannot_be_read_to_the_end_is_said() -> None:
    told = refused("classify", "/proc/self/mem", code=2)
    assert told.startswith("/proc/self/mem: ")


def test_a_progress_bar_is_shown_on_a_terminal_and_not_in_a_pipe(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": n, "text": CALM}) for n in range(2000)])
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (40, 100))
    with program("classify", str(file), stdout=subprocess.DEVNULL, stderr=theirs, stdin=subprocess.DEVNULL) as child:
        os.close(theirs)
        shown = b""
        while child.poll() is None or select.select([ours], [], [], 0)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        assert child.wait(60) == 0
    os.close(ours)
    assert b"messages" in shown
    assert run("classify", file).stderr == ""


# replay


def test_replay_ends_with_a_summary_and_the_exit_code_tells_of_skipped_lines(tmp_path: Path) -> None:
    lines = [line(1, HATE), line(2, CALM), "hej", line(3, CALM, ts="2026-01-26T08:00:00"), line(4, HATE, id="0")]
    file, db = write_lines(tmp_path / "a.jsonl", lines), tmp_path / "a.db"
    result = run("replay", file, "--db", db, code=3)
    assert [each.split(": ")[0] for each in result.stderr.splitlines()] == [f"{file}, line {n}" for n in (3, 4, 5)]
    assert "2 lästa, 1 flaggade (1 nya), 3 rader överhoppade." in result.stdout
    again = run("replay", file, "--db", db, code=3)
    assert "0 lästa, 0 flaggade (0 nya), 3 rader" in again.stdout
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT message_id FROM flags").fetchall() == [(ident(1),)]


def test_hostile_messages_are_replayed_like_any_others(tmp_path: Path) -> None:
    texts = [
        "",
        " \t ",
        "x" * 100_000,
        "😀" * 500,
        "\u200b" * 500,
        "\u202eabc",
        "a\0b",
        "a" + "\u0301" * 10_000,
        "\ud800",
    ]
    lines = [
        line(n, "placeholder").replace('"placeholder"', json.dumps(f"{t} bevakat")) for n, t in enumerate(texts, 1)
    ]
    file, db = write_lines(tmp_path / "a.jsonl", lines), tmp_path / "a.db"
    run("replay", file, "--db", db, "--config", config(tmp_path, WATCHED))
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT text FROM flags ORDER BY id").fetchall()
    said = [f"{t} bevakat".encode("utf-8", "replace").decode() for t in texts if len(t) < 100_000]
    assert [row[0] for row in rows if len(row[0]) < 100_000] == said


@pytest.mark.parametrize(
    "arguments",
    [
        ("replay",),
        ("replay", "a.jsonl"),
        ("replay", "none.jsonl", "--db", "a.db"),
        ("replay", ".", "--db", "a.db"),
        ("replay", "a.jsonl", "--db", "."),
        ("replay", "a.jsonl", "--db", "a.db", "--nonsense"),
        ("replay", "a.jsonl", "--db", "no/such/a.db"),
        ("replay", "a.jsonl", "--db", "a.db", "--config", "none.toml"),
        ("classify", "none.jsonl"),
        ("flags", "--state", "angry"),
        ("flags", "--db", "none.db"),
        ("decide", "1", "uphold"),
        ("decide", "1", "judge", "--by", "Maja"),
        ("decide", "one", "uphold", "--by", "Maja"),
        ("decide", "0", "uphold", "--by", "Maja"),
        ("decide", "1", "uphold", "--by", "Maja", "--db", "none.db"),
        ("retain", "--db", "none.db"),
        ("demo", "--db", "a.jsonl"),
        ("nonsense",),
        ("--nonsense",),
    ],
    ids=" ".join,
)
def test_bad_usage_is_exit_code_2_and_makes_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write_lines(tmp_path / "a.jsonl", [line(1)])
    result = run(*arguments, code=2)
    assert result.stdout == ""
    assert result.stderr
    assert os.listdir(tmp_path) == ["a.jsonl"]


# flags and decide


def test_flags_are_shown_with_why_and_how_surely_their_text_masked_unless_asked_for(db: Path) -> None:
    shown = run("flags", "--db", db).stdout
    assert "text nummer" not in shown
    assert "80 %" in shown or "80%" in shown
    assert "hat eller hot" in shown
    assert "text nummer 1" in run("flags", "--db", db, "--show-text").stdout


def test_flags_as_json_have_everything(db: Path) -> None:
    rows = json.loads(run("flags", "--db", db, "--json").stdout)
    assert [row["id"] for row in rows] == [1, 2, 3]
    promised = [
        "message_id",
        "revision",
        "channel_id",
        "author_id",
        "score",
        "threat",
        "posted_at",
        "flagged_at",
        "model",
    ]
    assert set(promised) <= set(rows[0])
    assert (rows[0]["text"], rows[0]["state"]) == ("text nummer 1", "pending")
    assert set(rows[0]["motives"]) == set(MOTIVES)
    assert rows[0]["reasons"] == [{"rule": "threshold", "label": "flag", "value": 0.8, "limit": 0.5}]


def test_flags_are_shown_by_state(db: Path) -> None:
    run("decide", 2, "uphold", "--by", "Maja", "--db", db)
    states = {state: json.loads(run("flags", "--db", db, "--state", state, "--json").stdout) for state in
              ("pending", "upheld", "dismissed")}  # fmt: skip
    assert {state: [row["id"] for row in rows] for state, rows in states.items()} == {
        "pending": [1, 3],
        "upheld": [2],
        "dismissed": [],
    }
    assert "Kön är tom." in run("flags", "--db", db, "--state", "dismissed").stdout


def test_a_decision_is_taken_once_and_told_in_both_languages(db: Path) -> None:
    told = run("decide", 1, "uphold", "--by", "Maja", "--motive", "misogyny", "--note", "se tråden", "--db", db).stdout
    assert told.splitlines()[0] == "Flagga 1 är nu bifallen."
    assert len(told.splitlines()) == 2
    again = run("decide", 1, "uphold", "--by", "Per", "--db", db).stdout
    assert again.splitlines()[0] == "Flagga 1 var redan bifallen; ingenting ändrades."
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT flag_id, step, by, motives, note FROM decisions").fetchall()
    assert rows == [(1, "uphold", "Maja", '["misogyny"]', "se tråden")]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((1, "dismiss", "--by", "Maja"), "flag 1 is already upheld: it cannot be changed to dismissed"),
        ((99, "uphold", "--by", "Maja"), "there is no flag 99; `uppsikt flags` lists them"),
        ((2**70, "uphold", "--by", "Maja"), f"there is no flag {2**70}; `uppsikt flags` lists them"),
        ((2, "uphold", "--by", "  "), "only a person decides: say who with --by NAME"),
        ((2, "uphold", "--by", "Maja", "--motive", "ilska"), "unknown motive ilska; choose among threat, "),
        ((2, "dismiss", "--by", "Maja", "--motive", "other"), "a dismissed flag has no motive"),
    ],
)
def test_a_decision_that_the_rules_do_not_allow_is_refused_with_the_reason(
    db: Path, arguments: tuple[object, ...], why: str
) -> None:
    run("decide", 1, "uphold", "--by", "Maja", "--db", db)
    assert refused("decide", *arguments, "--db", db, code=1).startswith(why)
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (1,)


@pytest.mark.parametrize(
    ("step", "told"),
    [("uphold", "Flagga 1 är nu bifallen."), ("dismiss", "Tack! Ni två som har läst flagga 1 är inte överens")],
)
def test_a_flag_that_waits_for_a_second_opinion_gets_it_from_the_terminal(db: Path, step: str, told: str) -> None:
    database = open_database(db)
    ask(database, Opinion(1, Kind.ASKED, "Per", Lean.UPHOLD, NOW))
    database.close()
    assert refused("decide", 1, step, "--by", " ", "--db", db, code=1).startswith("only a person decides")
    assert refused("decide", 1, step, "--by", "Per", "--db", db, code=1).startswith("flag 1 waits for somebody else")
    assert run("decide", 1, step, "--by", "Maja", "--db", db).stdout.startswith(told)
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT by, lean FROM opinions").fetchall() == [("Per", "uphold"), ("Maja", step)]
    told = run("decide", 1, "dismiss", "--by", "Mia", "--db", db, code=0 if step == "dismiss" else 1).stdout
    assert told.startswith("Flagga 1 är nu avskriven.") == (step == "dismiss")


def test_a_name_in_bytes_that_are_no_text_makes_no_traceback(db: Path) -> None:
    with program("decide", "1", "uphold", "--by", os.fsdecode(b"Maj\xe5"), "--db", str(db)) as child:
        out, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (0, b"")
    assert out.decode().startswith("Flagga 1 är nu bifallen.")


def test_retain_forgets_the_text_whose_time_is_up_and_tells_how_many(tmp_path: Path, db: Path) -> None:
    assert "Text gallrad ur 0 flaggor." in run("retain", "--db", db).stdout or NOW + timedelta(days=365) < NOW
    with closing(open_database(db)) as database:
        database.execute("UPDATE flags SET flagged_at = '2001-01-01T00:00:00.000+00:00' WHERE id < 3")
    assert "Text gallrad ur 2 flaggor." in run("retain", "--db", db).stdout
    assert "texten är gallrad" in run("flags", "--db", db, "--show-text").stdout
    assert json.loads(run("flags", "--db", db, "--json").stdout)[0]["text"] is None


# What others wrote never acts on the terminal.


def test_no_message_can_act_on_the_terminal_that_shows_it(tmp_path: Path) -> None:
    nasty = "\x1b[31mrött\x1b[2J\x1b]0;titel\x07 \x9b2J \u202eomvänt\u2066 \x7f\b\b \u2028 [bold]fet[/bold] bevakat"
    lines = [
        line(1, "placeholder").replace('"placeholder"', json.dumps(nasty)),
        line(2, "a" + "\u0301" * 500 + " bevakat"),
    ]
    file, db = write_lines(tmp_path / "a.jsonl", lines), tmp_path / "a.db"
    run("replay", file, "--db", db, "--config", config(tmp_path, WATCHED))
    for arguments in (("flags",), ("flags", "--show-text"), ("flags", "--json")):
        harmless_on_a_terminal(run(*arguments, "--db", db).stdout)
    shown = run("flags", "--db", db, "--show-text").stdout
    assert "rött" in shown
    assert "\u0301" * 3 not in shown
    assert "[bold]" in re.sub(r"\s+", "", shown)
    rows = json.loads(run("flags", "--db", db, "--json").stdout)
    assert rows[0]["text"] == nasty


def test_a_bad_line_is_told_of_without_its_words(tmp_path: Path) -> None:
    lines = [
        '{"id": "\\u001b[2J", "text": "hemligt"}',
        '\x1b[31m{"text": "hemligt"',
        line(1, "hemligt", author="\x1b[2J"),
    ]
    file = write_lines(tmp_path / "a.jsonl", lines)
    for arguments in (("replay", file, "--db", tmp_path / "a.db"), ("classify", file)):
        told = run(*arguments, code=3).stderr
        harmless_on_a_terminal(told)
        assert "hemligt" not in told


# The demo


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The demo, run once."""
    db = tmp_path_factory.mktemp("demo") / "demo.db"
    return CliRunner().invoke(main, ["demo", "--db", str(db)]), db


def test_the_demo_shows_what_was_flagged_why_and_how_to_look_further(week: tuple[Result, Path]) -> None:
    result, db = week
    assert result.exit_code == 0
    assert result.stderr == ""
    rows = json.loads(run("flags", "--db", db, "--json").stdout)
    assert 20 <= len(rows) <= 60
    assert all(row["reasons"] and row["thresholds"] and row["model"].startswith("uppsikt-sv@") for row in rows)
    for part in (
        "Att titta på",
        f"{len(rows)} att titta på",
        f"flags --db {db} --show-text",
        f"decide {rows[0]['id']} uphold",
        f"web --db {db} --sign-in NAMN",
        f"sqlite3 {db}",
    ):
        assert part in result.stdout


def test_the_demo_masks_flagged_text_unless_it_is_asked_for(week: tuple[Result, Path]) -> None:
    result, db = week
    rows = json.loads(run("flags", "--db", db, "--json").stdout)
    ours = (HOME / "bot/locales/sv/labels.ftl").read_text("utf-8")
    words = {word for row in rows for word in row["text"].split() if len(word) > 9 and word.isalpha()}
    words = {word for word in words if word not in ours}
    assert len(words) > 20
    spoken = [word for word in words if word in result.stdout]
    assert spoken == []
    shown = run("flags", "--db", db, "--show-text").stdout
    assert sum(word in shown for word in words) > len(words) / 2


def test_the_demo_leaves_no_trace_of_what_was_not_flagged(week: tuple[Result, Path]) -> None:
    _, db = week
    data = db.read_bytes()
    flagged = {row["text"] for row in json.loads(run("flags", "--db", db, "--json").stdout)}
    said = [json.loads(each)["text"] for each in (HOME / "bot/demo/week.jsonl").read_text("utf-8").splitlines()]
    calm = [text for text in said if len(text) > 20 and not any(text in each for each in flagged)]
    assert len(calm) > 400
    assert not [text for text in calm if text.encode() in data]


def test_the_demo_makes_its_database_anew_each_time_but_never_touches_one_that_is_named(
    tmp_path: Path, db: Path
) -> None:
    assert f"{db} exists already" in refused("demo", "--db", db, code=2)
    (tmp_path / "uppsikt-demo.db").write_text("what an earlier run left")
    result = run("demo", "--show-text")
    assert "uppsikt-demo.db" in result.stdout
    rows = json.loads(run("flags", "--db", "uppsikt-demo.db", "--json").stdout)
    assert any(word in result.stdout for row in rows for word in row["text"].split() if len(word) > 9)
    harmless_on_a_terminal(result.stdout)


def test_a_demo_that_cannot_make_its_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "uppsikt-demo.db").mkdir()
    result = run("demo", code=1)
    assert "uppsikt-demo.db" in result.stderr


# Configuration, database and model that cannot be used: one line, the right exit code.


def test_every_problem_of_a_configuration_is_a_line_and_exit_code_2(tmp_path: Path, db: Path) -> None:
    path = config(tmp_path, "[thresholds]\nflag = 5\n[uppsikt]\nlog_level = 'loud'\ntoken = 'MTE0.secret'\n")
    for arguments in (("flags",), ("replay", path, "--db", db), ("classify", path), ("demo",), ("run",)):
        result = run(*arguments, "--config", path, code=2)
        told = result.stderr.splitlines()
        assert len(told) == 3, told
        assert all(each.startswith(f"uppsikt: {path}: ") for each in told)
        assert "MTE0" not in result.output


def test_a_config_toml_in_the_folder_is_used_without_being_named(tmp_path: Path, db: Path) -> None:
    (tmp_path / "config.toml").write_text("[uppsikt]\ndatabase = 'uppsikt.db'\nlanguages = ['en']\n")
    assert "To look at" in run("flags").stdout
    (tmp_path / "config.toml").write_text("[uppsikt]\ndatabase = 5")
    assert "database" in refused("flags", code=2)


def broken_databases(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    letter = tmp_path / "letter.txt"
    letter.write_text("hej\n" * 500)
    yield letter, "is not a whole SQLite database"
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    yield other, "is a database of another program"
    newer = tmp_path / "newer.db"
    with closing(open_database(newer)) as database:
        database["_sqlite_migrations"].insert({"migration_set": "uppsikt", "name": "m999", "applied_at": ""})
    yield newer, "was made by a later version of Uppsikt (m999); update Uppsikt"


def test_a_database_that_cannot_be_used_is_one_line_for_every_command(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [line(1)])
    for db, why in broken_databases(tmp_path):
        before = db.read_bytes()
        for arguments in (("flags",), ("decide", 1, "uphold", "--by", "Maja"), ("retain",), ("replay", file)):
            assert why in refused(*arguments, "--db", db, code=1)
        assert db.read_bytes() == before


def test_a_locked_database_is_one_line(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_database.__kwdefaults__, "busy_seconds", 0.05)
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = refused("decide", 1, "uphold", "--by", "Maja", "--db", db, code=1)
    assert told == f"{db} is locked by another program; stop it, or try again"
    run("decide", 1, "uphold", "--by", "Maja", "--db", db)


def test_a_read_only_database_is_one_line() -> None:
    with unprivileged() as folder:
        path = folder / "mine.db"
        open_database(path).close()
        path.chmod(0o400)
        told = refused("decide", 1, "uphold", "--by", "Maja", "--db", path, code=1)
    assert told == f"{path} cannot be written; check who owns it"


def test_called_from_a_folder_that_may_not_be_entered_it_works_all_the_same() -> None:
    """As `sudo -u uppsikt uppsikt flags --db …` is from /root; and a database in such a folder is one line."""
    import bot.app
    import bot.demo
    import bot.terminal  # noqa: F401  # as nobody, our own code may lie in such a folder too

    with unprivileged() as folder:
        path, closed = folder / "mine.db", folder / "closed"
        open_database(path).close()
        assert "Kön är tom." in run("flags", "--db", path).stdout
        closed.mkdir(mode=0)
        told = refused("flags", "--db", closed / "a.db", code=1)
        assert told == f"{closed / 'a.db'} cannot be written; check who owns it and its folder"
        assert refused("demo", "--db", closed / "a.db", code=1) == f"{closed / 'a.db'}: Permission denied"
        closed.chmod(0o700)


def test_an_output_that_takes_no_more_is_one_line(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": n, "text": CALM}) for n in range(300)])
    with Path("/dev/full").open("wb") as full, program("classify", str(file), stdout=full) as child:
        _, errors = child.communicate(timeout=60)
    assert child.returncode == 1
    assert errors == b"uppsikt: the output: No space left on device\n"


def copy_of_the_model(folder: Path) -> Path:
    """The shipped model, its large files as links."""
    folder.mkdir()
    for file in MODEL.iterdir():
        if file.is_file():
            (folder / file.name).symlink_to(file)
    return folder


def tear(folder: Path, name: str) -> None:
    """Flip one byte in the middle of a file."""
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).unlink()
    (folder / name).write_bytes(bytes(data))


@pytest.mark.parametrize("kind", ["missing", "empty", "torn", "another label set", "truncated"])
def test_a_model_that_cannot_be_trusted_is_one_line_and_nothing_is_read(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "model"
    if kind == "empty":
        folder.mkdir()
    elif kind != "missing":
        copy_of_the_model(folder)
    if kind == "torn":
        tear(folder, "tokenizer.json")
    elif kind == "truncated":
        (folder / "model.safetensors").unlink()
        (folder / "model.safetensors").write_bytes((MODEL / "model.safetensors").read_bytes()[:5000])
    elif kind == "another label set":
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["labels"][0] = "toxic"
        (folder / "manifest.json").unlink()
        (folder / "manifest.json").write_text(json.dumps(manifest))
    file = write_lines(tmp_path / "a.jsonl", [line(1, HATE)])
    settings = config(tmp_path, f"[uppsikt]\nmodel = '{folder}'")
    told = [refused("classify", file, "--config", settings, code=1)]
    told.append(refused("replay", file, "--db", tmp_path / "a.db", "--config", settings, code=1))
    assert all(each.startswith(f"{folder}: ") for each in told)
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)


def test_a_copy_of_the_model_by_its_path_is_the_model(tmp_path: Path) -> None:
    folder = copy_of_the_model(tmp_path / "model")
    file = write_lines(tmp_path / "a.jsonl", [json.dumps({"id": 1, "text": CALM})])
    settings = config(tmp_path, f"[uppsikt]\nmodel = '{folder}'")
    row = json.loads(run("classify", file, "--config", settings).stdout)
    assert row["model"] == real_model().model_id


def test_check_without_a_token_tells_of_everything_else_all_the_same(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = config(tmp_path_factory.mktemp("settings"), "[web]\nport = 0")
    lines = run("check", "--config", settings, code=1).stdout.splitlines()
    assert [each[:5] for each in lines] == ["ok   "] * 8 + ["WRONG"]
    assert "set UPPSIKT_TOKEN in the environment" in lines[-1]
    assert os.listdir(tmp_path) == []


def test_run_without_a_token_is_one_line_and_leaves_no_database_behind_that_is_half_made(tmp_path: Path) -> None:
    result = run("run", code=1)
    assert "UPPSIKT_TOKEN" in result.stderr
    assert len([each for each in result.stderr.splitlines() if each.startswith("uppsikt: ")]) == 1


# The program as it is installed


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"uppsikt, version \d+\.\d+\.\d+\n", run("--version").stdout)


def test_the_installed_script_is_this_program(tmp_path: Path) -> None:
    script = shutil.which("uppsikt", path=str(Path(sys.executable).parent))
    assert script
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith("Usage: uppsikt ")


def test_files_that_the_program_makes_are_their_owners_alone(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [line(1)])
    with program("replay", str(file), "--db", str(tmp_path / "a.db")) as child:
        child.communicate(timeout=60)
    assert child.returncode == 0
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("a.db*")} == {0}


def test_flags_with_pseudonyms_name_nobody_and_are_the_same_each_time(tmp_path: Path) -> None:
    """Fields stay put; whose message it is, and which one, cannot be told, not from its text either."""
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as database:
        said = [post(1, "hej <@4711> och <@42>", author="4711"), post(2, "igen", author="4711"), post(3, author="42")]
        keep(database, kept(*map(flag, said)))
    plain = json.loads(run("flags", "--db", path, "--json").stdout)
    first, second, third = json.loads(run("flags", "--db", path, "--json", "--pseudonyms").stdout)
    assert first.keys() == plain[0].keys()
    assert first["author_id"] == second["author_id"] != third["author_id"]
    assert first["text"] == f"hej <@{first['author_id']}> och <@{third['author_id']}>"
    again = run("flags", "--db", path, "--json", "--pseudonyms").stdout
    assert json.loads(again)[0] == first
    for hidden in ("4711", '"42"', "<@42>", plain[0]["message_id"]):
        assert hidden not in again
    assert "goes with --json" in refused("flags", "--db", path, "--pseudonyms", code=2)
