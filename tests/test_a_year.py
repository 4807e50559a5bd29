"""Does everything hold together for a year? A made-up municipality flags, decides, is appealed to and asked for its
records, hands cases to the police twice, erases, restores a backup; at its end the record is whole, every right was
exercised, and nothing is kept that had to go, nor gone that had to stay.

What is typed is typed as an officer would, with the clock set to the day; what a bot and its moderators do goes through
the same functions as theirs.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from bot.app import SystemClock
from bot.cli import main
from bot.core.flags import Flag, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel, Posted, snowflake_at
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.statements import Outcome
from bot.store import appeals, open_database
from bot.store.keeping import keep
from bot.store.reports import file_all
from bot.store.review import rule, seen
from bot.store.statements import told
from bot.store.told import due
from tests.builders import decision, flag, kept

CONFIG = """
[clock]
regime = "kännedom"
[retention]
decided_days = 60
dismissed_days = 30
pending_days = 90
report_days = 60
appeal_days = 60
history_days = 200
[retention.basis]
upheld = "KS 2026/123 § 4"
dismissed = "KS 2026/123 § 5"
[backup]
folder = "kopior"
keep = 3
[papers]
controller = "Kommunstyrelsen i Almköpings kommun"
"""
SQUARE = Channel("100", "torget", guild="1")
BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)  # a Monday
WEEKS = 52
PEOPLE = 12
ERASED, ERASED_LATER, RESTRICTED = 3, 5, 7  # of the people


def who(person: int) -> str:
    """A member's id."""
    return str(7_100_000_000_000_000_000 + person * 1_000_003)


def words(week: int, person: int) -> str:
    """What a member writes in a week: found nowhere else."""
    return f"flagga det här, vecka{week:02}-medlem{person:02}"


class Town:
    """A folder with a configuration and a database, and a day that it is."""

    def __init__(self, folder: Path, clock: pytest.MonkeyPatch) -> None:
        self.folder, self.db = folder, folder / "uppsikt.db"
        self.now = BEGIN
        self.anchors: list[str] = []
        clock.setattr(SystemClock, "now", lambda _: self.now)
        (folder / "config.toml").write_text(CONFIG, "utf-8")

    def type(self, *arguments: object, code: int = 0) -> str:
        """A command, as an officer types it; what it answers."""
        done = CliRunner().invoke(main, list(map(str, arguments)))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == code, (arguments, done.output)
        return done.output

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, as the bot has it."""
        with closing(open_database(self.db)) as db:
            yield db

    def cases(self, person: int) -> list[int]:
        """The numbers of a member's cases."""
        with closing(sqlite3.connect(self.db)) as db:
            return [row[0] for row in db.execute("SELECT id FROM flags WHERE author_id = ?", [who(person)])]

    def bytes_with(self, *sought: str) -> list[str]:
        """In which files, of all that there are, something stands."""
        wanted = [each.encode(code) for each in sought for code in ("utf-8", "utf-16-le")]
        kept_here = [each for each in self.folder.rglob("*") if each.is_file() and "utlämnat" not in each.parts]
        return [file.name for file in kept_here for each in wanted if each in file.read_bytes()]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)
    (tmp_path / "utlämnat").mkdir()  # what has left the house
    return Town(tmp_path, monkeypatch)


def test_a_year(town: Town) -> None:
    police = pyrage.x25519.Identity.generate()
    (town.folder / "utlämnat" / "polis.txt").write_text(f"{police}\n")
    for week in range(WEEKS):
        town.now = BEGIN + timedelta(weeks=week)
        _a_week(town, week)
        if week % 4 == 3:
            _a_month_ends(town)
        if week == 10:
            _the_police_ask(town, "först", [])
        if week == 14:
            _somebody_asks_for_everything(town)
            _somebody_is_erased(town, ERASED)
        if week == 18:
            _somebody_asks_for_a_copy(town)
        if week == 22:
            _somebody_is_restricted(town)
        if week == 30:
            _the_police_ask(town, "låst", ["--recipient", str(police.to_public())])
        if week == 40:
            _back_to_a_backup(town)
    _the_end(town)


def _a_week(town: Town, week: int) -> None:
    """Members write, one of them reports; moderators see and decide some, later ones read on; one is appealed."""
    with town.opened() as db:
        posts = [_post(town.now, week, person) for person in range(PEOPLE)]
        keep(db, kept(*(flag(each, at=town.now) for each in posts), channels={SQUARE.id: SQUARE}))
        numbers = [row[0] for row in db.execute("SELECT id FROM flags ORDER BY id DESC LIMIT ?", [PEOPLE])][::-1]
        said = Complaint(Category.HATE, Hurt.ME, f"anmälan från vecka{week:02}")
        report = Report(Reporter(who(99)), said, Flag(posts[0], *_nothing(posts[0])), town.now)
        file_all(db, [report], Limits())
        for place, number in enumerate(numbers):
            seen(db, number, town.now + timedelta(hours=1))
            if place % 3 < 2:
                _decide(db, number, town.now + timedelta(hours=2), upheld=place % 3 == 0)
        for notice in due(db, 0, 99):
            told(db, notice, town.now + timedelta(hours=3))
        if week % 5 == 0:
            _appeal(db, numbers[3], who(3) if week < 14 else "", town.now + timedelta(hours=4))


def _post(at: datetime, week: int, person: int) -> Posted:
    moment = at + timedelta(minutes=person)
    return Posted(str(snowflake_at(moment) + person), SQUARE, who(person), moment, words(week, person))


def _nothing(post: Posted) -> tuple[object, ...]:
    found = flag(post)
    return found.verdict, found.reasons, found.thresholds, found.flagged_at


def _decide(db: Database, number: int, at: datetime, *, upheld: bool) -> None:
    measures = (Measure(Act.WARN),) if upheld else ()
    step = Step.UPHOLD if upheld else Step.DISMISS
    rule(db, decision(number, step, "Maja", at=at, motives=("xenophobia",) if upheld else (), note="enligt reglerna",
                      measures=measures), leads=True)  # fmt: skip
    db.execute("UPDATE measures SET state = 'done', done_at = ? WHERE flag_id = ?", [at.isoformat(), number])


def _appeal(db: Database, number: int, author: str, at: datetime) -> None:
    if not author:
        return
    appeals.appeal(db, number, author, "jag menade något annat", "sv", at, 180)
    (last,) = db.execute("SELECT max(id) FROM appeals").fetchone()
    if last is not None:
        appeals.judge(db, last, "Moses", Outcome.REJECTED, "reglerna gäller alla", at + timedelta(hours=1))


def _a_month_ends(town: Town) -> None:
    """What is done every night is done now; the month's statement is made, the head printed."""
    town.type("retain")
    town.type("backup", "--by", "Karin")
    month = f"{town.now - timedelta(days=28):%Y-%m}"
    out = town.folder / "utlämnat" / f"tillsyn-{town.now:%m%d}.html"
    town.type("record", "statement", "--month", month, "--out", out, "--by", "Karin")
    town.anchors.append(next(line for line in town.type("record", "head").splitlines() if line.startswith("uppsikt-")))
    assert "helt" in town.type("record", "verify")


def _the_police_ask(town: Town, name: str, locked: list[str]) -> None:
    """Two cases are held and handed over, and whoever has the package can see that it is whole."""
    numbers = town.cases(0)[-2:]
    town.type("hold", *numbers, "--reason", "begäran 5000-K1", "--by", "Karin")
    out = town.folder / "utlämnat" / f"{name}.zip{'.age' if locked else ''}"
    town.type("evidence", *numbers, "--out", out, "--reason", "lag (2025:170) 4 §", "--by", "Karin", *locked)
    identity = ["--identity", town.folder / "utlämnat" / "polis.txt"] if locked else []
    town.type("evidence", "verify", out, *identity)
    torn = out.with_name(f"ändrad-{out.name}")
    content = bytearray(out.read_bytes())
    content[len(content) // 2] ^= 1
    torn.write_bytes(content)
    town.type("evidence", "verify", torn, *identity, code=1)


def _somebody_asks_for_everything(town: Town) -> None:
    """Everything about one person, and nobody else's words or ids."""
    out = town.folder / "utlämnat" / "registerutdrag"
    town.type("person", "export", who(2), "--reason", "begäran enligt artikel 15", "--by", "Karin", "--out", out)
    written = "".join(file.read_text("utf-8") for file in out.iterdir())
    assert words(14, 2) in written
    assert not [person for person in range(PEOPLE) if person != 2 and who(person) in written]


def _somebody_is_erased(town: Town, person: int) -> None:
    """As far as it may be: nothing decided against the person is open. Afterwards no byte is left, in no backup."""
    with town.opened() as db:
        for (number,) in db.execute(
            "SELECT id FROM flags WHERE author_id = ? AND state = 'pending'", [who(person)]
        ).fetchall():
            _decide(db, number, town.now, upheld=False)
    town.type("person", "erase", who(person), "--reason", "begäran enligt artikel 17", "--by", "Karin")
    assert town.cases(person) == []
    assert town.bytes_with(who(person), f"medlem{person:02}") == []
    assert "helt" in town.type("record", "verify")


def _somebody_asks_for_a_copy(town: Town) -> None:
    """A case is copied, what may have to be masked is masked by a person, and is nowhere in the copy."""
    number = town.cases(1)[-1]
    draft, out = town.folder / "utlämnat" / "utkast.txt", town.folder / "utlämnat" / "kopia.html"
    town.type("disclose", number, "--draft", draft)
    text = draft.read_text("utf-8")
    draft.write_text(_reviewed(text), "utf-8")
    town.type("disclose", "--draft", draft, "--out", out, "--by", "Karin", "--reason", "KS 2026/77")
    assert who(1) not in out.read_text("utf-8")


def _reviewed(draft: str) -> str:
    """Every proposal is followed, and the reviewer's name filled in."""
    answered = re.sub(r"\|([^|\]]*)\?\]\]", r"|\1]]", draft)
    return re.sub(r"(?m)^(Granskat av:).*$", r"\1 Karin Ek", answered)


def _somebody_is_restricted(town: Town) -> None:
    """The person's texts are shown to nobody, and come back when it is lifted."""
    town.type("person", "restrict", who(RESTRICTED), "--reason", "artikel 18", "--by", "Karin")
    shown = town.type("flags", "--show-text")
    assert f"medlem{RESTRICTED:02}" not in shown
    assert f"medlem{RESTRICTED - 1:02}" in shown
    town.type("person", "restrict", who(RESTRICTED), "--reason", "klart", "--by", "Karin", "--lift")


def _back_to_a_backup(town: Town) -> None:
    """A disk fails after somebody was erased: the backup from before does not bring that person back."""
    town.type("backup", "--by", "Karin")
    _somebody_is_erased(town, ERASED_LATER)
    (*_, newest) = sorted((town.folder / "kopior").glob("*.db"))
    town.type("restore", newest, "--by", "Karin", "--reason", "disken gick sönder")
    town.anchors.clear()  # those of before may be of entries that the backup does not have
    assert town.bytes_with(who(ERASED_LATER), f"medlem{ERASED_LATER:02}") == []
    assert "helt" in town.type("record", "verify")


def _the_end(town: Town) -> None:
    """All that had to go is gone, all that had to stay is there, and the record says so."""
    town.now = BEGIN + timedelta(weeks=WEEKS)
    town.type("retain")
    town.type("papers", "--db", "uppsikt.db", "--out", town.folder / "utlämnat" / "papper")
    assert "helt" in town.type("record", "verify", *(f"--anchor={each}" for each in town.anchors))
    with closing(sqlite3.connect(town.db)) as db:
        held = {row[0] for row in db.execute("SELECT flag_id FROM holds")}
        rows = db.execute(
            """SELECT id, state, text, author_id, flagged_at,
            (SELECT max(decided_at) FROM decisions WHERE flag_id = flags.id) FROM flags"""
        ).fetchall()
        kinds = {row[0] for row in db.execute("SELECT DISTINCT kind FROM deeds")}
    days = {"upheld": 60, "dismissed": 30, "pending": 90}
    for number, state, text, author, flagged, decided in rows:
        age = town.now - datetime.fromisoformat(decided or flagged)
        gone = age > timedelta(days=days[state]) and number not in held
        if author in ("", who(ERASED), who(ERASED_LATER)) and text is None:
            continue  # erased, or nobody's any more
        assert (text is None) == gone, (number, state, age)
    assert len(held) == 4
    assert kinds >= {
        "forgetting", "erasure", "restriction", "lifting", "hold", "person-export", "evidence", "disclosure",
        "statement", "backup", "restore",
    }  # fmt: skip
    assert town.bytes_with(words(0, 1), words(20, 4)) == []
    assert who(99) not in {row[0] for row in _reporters(town)}


def _reporters(town: Town) -> list[tuple[str]]:
    """Whoever is still known to have reported before the last month what is not held."""
    with closing(sqlite3.connect(town.db)) as db:
        before = (town.now - timedelta(days=31)).isoformat()
        return db.execute(
            """SELECT who FROM reporters JOIN reports ON reports.id = report_id
            WHERE reporters.made_at < ? AND flag_id NOT IN (SELECT flag_id FROM holds)""",
            [before],
        ).fetchall()
