"""A replay goes on where it was broken off: every flag once, none missing, counts exact, whatever ended it."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot import app
from bot import pipeline as pipelines
from bot.app import Replayed
from bot.config import Settings
from bot.core.errors import StoreBusy
from bot.replay import MAX_LINE, Skipped
from bot.store import open_database
from classifier.verdict import Verdict
from tests import replay_child
from tests.builders import FLAGGED, ReplayModel, a_long_week, bytes_beside, ident, line, write_lines

KILLS = 50
PATIENCE = 60  # seconds until a child that hangs is called failed
# Everything a replay saves but the moment it was saved and the file's random name.
WHOLE = {
    "flags": "id, kind, message_id, revision, channel_id, author_id, text, score, reasons, spans, "
    "posted_at, withdrawn_at",
    "counts": "channel_id, hour, read, flagged, unread",
    "channels": "id, name, mark",
    "files": "digest, size, lines",
}


def saved(db: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table, columns in WHOLE.items()
        }


def replay(file: Path, db: Path, model: ReplayModel | None = None) -> tuple[Replayed, list[Skipped]]:
    skipped: list[Skipped] = []
    return app.replay(file, db, Settings(), skip=skipped.append, model=model or ReplayModel()), skipped  # type: ignore[arg-type]


def found(db: Path) -> list[str]:
    return [row[2] for row in saved(db)["flags"]]


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "week.jsonl", a_long_week(400))


def test_killed_at_any_moment_and_started_again_it_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "week.jsonl", a_long_week(2000))
    # However slow this machine is; the second time, when everything is loaded, as it is in the children.
    whole = min(seconds(file, tmp_path / f"whole-{n}.db") for n in range(2))
    expected = saved(tmp_path / "whole-0.db")
    assert len(expected["flags"]) > 130
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([replay_child.__name__])
    dice = random.Random(2)
    kills, broken_off = 0, set()
    while kills < KILLS:
        db = tmp_path / f"killed-{kills}.db"
        db.unlink(missing_ok=True)
        while True:
            here, there = context.Pipe(duplex=False)
            child = context.Process(target=replay_child.replay, args=(file, db, there))
            child.start()
            there.close()
            assert here.poll(PATIENCE)
            here.recv()
            child.join(dice.uniform(0, whole / 2))
            if child.exitcode is not None:
                break
            child.kill()
            child.join(PATIENCE)
            if child.exitcode == 0:  # it ended just before
                break
            assert child.exitcode == -signal.SIGKILL
            kills += 1
            broken_off.add(how_far(db))
        assert child.exitcode == 0
        assert saved(db) == expected
    assert len(broken_off) > 10  # at many places, and not all before the first message


def seconds(file: Path, db: Path) -> float:
    """How long a replay takes that nobody breaks off."""
    began = time.monotonic()
    replay(file, db)
    return time.monotonic() - began


def how_far(db: Path) -> int:
    """The lines that a killed run had saved."""
    if not db.exists():
        return -2
    with closing(sqlite3.connect(db)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'files'").fetchone():
            return -1
        return int((connection.execute("SELECT max(lines) FROM files").fetchone()[0]) or 0)


class DyingModel(ReplayModel):
    """Reads a few batches, then no more."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.left = batches

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        self.left -= 1
        if self.left < 0:
            raise StoreBusy("broken off")
        return super().read(texts, explain=explain)


def test_broken_off_after_every_single_batch_it_ends_as_if_nothing_had_been(
    tmp_path: Path, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay(week, tmp_path / "whole.db")
    monkeypatch.setattr(pipelines, "BATCH", 13)
    db = tmp_path / "broken.db"
    texts: list[str] = []
    for _ in range(1000):
        model = DyingModel(1)
        try:
            replay(week, db, model)
            break
        except StoreBusy:
            texts += model.texts
    assert len(texts) > 380
    assert len(texts) == len(set(texts))  # no message was read twice
    assert saved(db) == saved(tmp_path / "whole.db")


def test_replaying_a_file_again_changes_nothing_and_says_so(tmp_path: Path, week: Path) -> None:
    db = tmp_path / "a.db"
    first, bad = replay(week, db)
    before = saved(db)
    model = ReplayModel()
    again, bad_again = replay(week, db, model)
    assert saved(db) == before
    assert model.texts == []
    assert (first.before, again.before) == (0, len(week.read_text().splitlines()))
    assert (again.totals.read, again.totals.new_flags) == (0, 0)
    assert bad_again == bad  # what is wrong with the file is said each time
    assert bad


def test_a_file_is_known_by_what_it_holds_wherever_it_lies(tmp_path: Path, week: Path) -> None:
    db = tmp_path / "a.db"
    replay(week, db)
    before = saved(db)
    moved = week.rename(tmp_path / "elsewhere.jsonl")
    assert replay(moved, db)[0].totals.read == 0
    assert saved(db) == before
    assert b"week.jsonl" not in bytes_beside(db)


def test_a_file_that_has_grown_is_read_from_where_it_grew(tmp_path: Path, week: Path) -> None:
    lines = week.read_text().splitlines()
    db, model = tmp_path / "a.db", ReplayModel()
    for end in (100, 101, 250, len(lines)):
        replay(write_lines(week, lines[:end]), db, model)
    replay(week, tmp_path / "whole.db")
    assert len(model.texts) == len(set(model.texts))
    assert saved(db)["flags"] == saved(tmp_path / "whole.db")["flags"]
    assert saved(db)["counts"] == saved(tmp_path / "whole.db")["counts"]


def test_two_files_in_one_database_do_not_disturb_each_other(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    one = write_lines(tmp_path / "1.jsonl", [line(n, f"{FLAGGED} {n}") for n in range(1, 20)])
    two = write_lines(tmp_path / "2.jsonl", [line(n, f"{FLAGGED} {n}") for n in range(20, 40)])
    for file in (one, two, one, two):
        replay(file, db)
    assert found(db) == [ident(n) for n in range(1, 40)]
    assert sum(row[2] for row in saved(db)["counts"]) == 39


def test_a_file_that_was_changed_is_read_anew_and_flags_nothing_twice(tmp_path: Path) -> None:
    db, file = tmp_path / "a.db", tmp_path / "a.jsonl"
    replay(write_lines(file, [line(1, FLAGGED), line(2)]), db)
    replay(write_lines(file, [line(1, FLAGGED), line(2, FLAGGED)]), db)
    assert found(db) == [ident(1), ident(2)]


@pytest.mark.parametrize("torn", [b'{"id": "14', line(3, FLAGGED).encode()[:-1], '{"id": "å'.encode()[:-1]])
def test_a_torn_last_line_is_told_of_and_read_when_it_is_whole(tmp_path: Path, torn: bytes) -> None:
    db, file = tmp_path / "a.db", tmp_path / "a.jsonl"
    head = (line(1, FLAGGED) + "\n" + line(2) + "\n").encode()
    file.write_bytes(head + torn)
    done, skipped = replay(file, db)
    assert (done.totals.read, done.skipped, [bad.number for bad in skipped]) == (2, 1, [3])
    file.write_bytes(head + (line(3, FLAGGED) + "\n").encode())
    done, skipped = replay(file, db)
    assert (done.totals.read, done.before, skipped) == (1, 2, [])
    assert found(db) == [ident(1), ident(3)]


def test_a_last_line_without_an_end_is_a_line(tmp_path: Path) -> None:
    db, file = tmp_path / "a.db", tmp_path / "a.jsonl"
    file.write_text(line(1, FLAGGED), "utf-8")
    assert replay(file, db)[0].totals.read == 1
    file.write_text(line(1, FLAGGED) + "\n" + line(2, FLAGGED) + "\n", "utf-8")
    assert replay(file, db)[0].totals.read == 1
    assert found(db) == [ident(1), ident(2)]


def test_every_bad_line_is_named_and_skipped_and_all_others_are_read(tmp_path: Path) -> None:
    bad = {
        2: b'{"id": ',
        4: b'{"id": "1", "text": "\xff"}',
        5: b"hej",
        7: json.dumps({**json.loads(line(50)), "id": str(2**63)}).encode(),
        8: json.dumps({**json.loads(line(51)), "ts": "2026-01-26T08:00:00"}).encode(),
        9: line(1, FLAGGED).encode(),  # an id that stands on line 1
        11: b'{"id": "5", "text": "' + b"x" * MAX_LINE + b'"}',
        13: b"[" * 100_000,
    }
    raw = [bad.get(number, line(number, FLAGGED).encode()) for number in range(1, 16)]
    raw[11] = b"  "  # a blank line says nothing and is no mistake
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join(raw) + b"\n")
    done, skipped = replay(file, tmp_path / "a.db")
    assert [each.number for each in skipped] == list(bad)
    assert done.skipped == len(bad)
    assert all(len(each.why.splitlines()) == 1 and len(each.why) < 120 for each in skipped)
    assert skipped[5].why == f"message {ident(1)} stands on an earlier line already"
    assert found(tmp_path / "a.db") == [ident(n) for n in range(1, 16) if n not in bad and n != 12]


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + f"{line(1, FLAGGED)}\r\n{line(2, FLAGGED)}\r\n".encode())
    assert replay(file, tmp_path / "a.db")[1] == []
    assert found(tmp_path / "a.db") == [ident(1), ident(2)]


def test_an_empty_file_is_read_and_said_to_be_empty(tmp_path: Path) -> None:
    done, skipped = replay(write_lines(tmp_path / "a.jsonl", []), tmp_path / "a.db")
    assert (done.totals.read, done.skipped, skipped) == (0, 0, [])


def test_an_edit_and_a_deletion_in_the_file_follow_their_post(tmp_path: Path) -> None:
    lines = [
        line(1, FLAGGED),
        line(1, f"{FLAGGED} ändrat", edited="2026-01-26T10:00:00+01:00"),
        line(1, "", deleted="2026-01-26T11:00:00+01:00"),
        line(2, FLAGGED, deleted="2026-01-26T12:00:00+01:00"),
    ]
    replay(write_lines(tmp_path / "a.jsonl", lines), tmp_path / "a.db")
    rows = saved(tmp_path / "a.db")["flags"]
    gone = ["2026-01-26T10:00:00.000+00:00", "2026-01-26T10:00:00.000+00:00", "2026-01-26T11:00:00.000+00:00"]
    assert [row[-1] for row in rows] == gone


def test_a_database_locked_in_the_middle_leaves_whole_batches_and_is_gone_on_with(
    tmp_path: Path, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay(week, tmp_path / "whole.db")
    monkeypatch.setattr(pipelines, "BATCH", 50)
    monkeypatch.setattr(
        "bot.store.connection.open_database.__kwdefaults__", {"create": True, "busy_seconds": 0.05, "copy_of": None}
    )
    db = tmp_path / "a.db"
    open_database(db).close()
    with closing(sqlite3.connect(db, isolation_level=None, check_same_thread=False)) as other:

        class Locking(ReplayModel):
            def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
                if len(self.texts) > 200 and not other.in_transaction:
                    other.execute("BEGIN IMMEDIATE")
                return super().read(texts, explain=explain)

        with pytest.raises(StoreBusy, match="locked by another program"):
            replay(week, db, Locking())
        other.execute("ROLLBACK")
    assert 0 < how_far(db) < 400
    replay(week, db)
    assert saved(db) == saved(tmp_path / "whole.db")
