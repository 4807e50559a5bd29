"""The sums by week are what a count over everything would be, whatever happened in between."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.config import ZONE
from bot.core.flags import Step
from bot.core.messages import Withdrawn
from bot.core.ports import Tally
from bot.core.record import Asked, Kind, Place
from bot.store import record
from bot.store.connection import open_database
from bot.store.keeping import keep
from bot.store.queries import StoreReader
from bot.store.safety_map import BEHIND, BLOCKS, HOURS, rows
from bot.store.schema_panel_weeks import _BACKFILL, WEEK, local
from bot.store.weeks import FIGURES, PAIRS, weeks
from tests.builders import NOW, SQUARE, THREAD, decision, flag, kept, post
from tests.web import panel_cases, panel_weeks

TABLES = ("map_hours", "map_blocks", "week_figures")


def _sums(db: Database) -> dict[str, set[tuple[object, ...]]]:
    empty = {"map_hours": "read OR upheld", "map_blocks": "read OR upheld", "week_figures": "n"}
    return {name: {tuple(row) for row in db.execute(f"SELECT * FROM {name} WHERE {empty[name]}").fetchall()}
            for name in TABLES}  # fmt: skip


def _anew(db: Database) -> dict[str, set[tuple[object, ...]]]:
    for name in TABLES:
        db.execute(f"DELETE FROM {name}")  # one of ours
    for statement in _BACKFILL:
        db.execute(statement)
    return _sums(db)


def test_what_is_kept_as_it_happens_is_what_a_migration_counts(tmp_path: Path) -> None:
    """Decisions, reopenings, other decisions, measures, reports: the sums are those of a database that is migrated."""
    path = tmp_path / "a.db"
    panel_weeks.make(path, weeks=1)
    db = open_database(path)
    for number, step in ((1, Step.REOPEN), (2, Step.REOPEN), (2, Step.UPHOLD), (3, Step.REOPEN), (3, Step.DISMISS)):
        StoreReader(db).decide(decision(number, step, at=NOW + timedelta(hours=1)))
    keep(db, kept(Withdrawn("1", SQUARE, NOW), tallies=[Tally("100", NOW.replace(minute=0), 3, 1)]))
    before = _sums(db)
    assert before == _anew(db)
    assert all(before.values())
    db.close()


def test_the_cases_of_every_state_are_counted_alike(tmp_path: Path) -> None:
    """Also with what was reported, escalated, forgotten."""
    panel_cases.make(tmp_path / "a.db")
    db = open_database(tmp_path / "a.db")
    assert _sums(db) == _anew(db)
    db.close()


def test_swedish_time_is_that_of_the_time_zone_database(tmp_path: Path) -> None:
    """Every hour around a change of the clocks, and every day, for twenty years."""
    db = open_database(tmp_path / "a.db")
    moments = [datetime(2016, 1, 1, tzinfo=UTC) + timedelta(hours=5 * n) for n in range(20 * 365 * 24 // 5)]
    moments += [
        datetime(year, month, day, hour, tzinfo=UTC)
        for year in range(2016, 2036) for month in (3, 10) for day in range(24, 32) for hour in range(4)
    ]  # fmt: skip
    query = f"SELECT {local('value')} AS local, {WEEK.format(local=local('value'))} AS week FROM json_each(?)"
    found = db.execute(query, [json.dumps([each.isoformat() for each in moments])]).fetchall()
    for moment, row in zip(moments, found, strict=True):
        there = moment.astimezone(ZONE)
        assert row["local"] == f"{there:%Y-%m-%d %H:%M:%S}"
        assert row["week"] == str((there - timedelta(days=there.weekday())).date())
    db.close()


def test_a_thread_counts_as_its_channel(tmp_path: Path) -> None:
    """What is read and upheld in a thread stands in the row of the channel that it hangs on."""
    db = open_database(tmp_path / "a.db")
    tallies = [Tally(THREAD.id, NOW, 40, 1), Tally(SQUARE.id, NOW, 2, 0)]
    channels = {each.id: each for each in (SQUARE, THREAD)}
    keep(db, kept(flag(post(1, "x", THREAD)), tallies=tallies, channels=channels))
    StoreReader(db).decide(decision(1))
    (row,) = rows(db, [], [NOW.date()])
    assert (row.channel, row.name) == (SQUARE.id, SQUARE.name)
    assert [(count.read, count.upheld) for count in row.blocks.values()] == [(42, 1)]
    db.close()


def test_servers_are_apart(tmp_path: Path) -> None:
    """Whoever sees one server is told nothing of another."""
    panel_weeks.make(tmp_path / "a.db", weeks=1)
    db = open_database(tmp_path / "a.db")
    week = [panel_weeks.MONDAY.astimezone(ZONE).date() - timedelta(weeks=1)]
    ours, theirs, both = (rows(db, guilds, week) for guilds in (["1"], ["2"], []))
    assert {row.channel for row in theirs} == {"900"}
    assert len(ours) + len(theirs) == len(both)
    read = [weeks(db, guilds, week)[0].count("read") for guilds in (["1"], ["2"], [])]
    assert read[0] + read[1] == read[2] > read[1] > 0
    assert [len(record.record(db, Asked(), guilds, "11", NOW).entries) > 0 for guilds in (["1"], ["3"])] == [
        True,
        False,
    ]
    db.close()


def test_nothing_is_read_from_end_to_end(tmp_path: Path) -> None:
    """Every question of these pages is answered from an index: no table of flags or decisions is scanned."""
    db = open_database(tmp_path / "a.db")
    after = Place("2026-01-01T00:00:00.000+00:00", Kind.OPINION, 5)
    said: list[str] = []
    db.conn.set_trace_callback(said.append)
    for asked in (Asked(), Asked(after=after), Asked(by="11"), Asked(by="11", after=after)):
        record.record(db, asked, [], "11", NOW)
    db.conn.set_trace_callback(None)
    queries = [(query, []) for query in said if query.lstrip().startswith("SELECT")]
    assert len(queries) == 4 * len(record.SOURCES)
    queries += [(BLOCKS.format(by="block"), ["", "[]", "x"]), (HOURS, ["1", "", "x"]), (FIGURES, ["", "[]"]),
                (BEHIND, ["1", "", "x", 5]), (PAIRS, ["[]", "", 5, "x"])]  # fmt: skip
    for query, slots in queries:
        plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", slots).fetchall()]
        scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step and "VIRTUAL" not in step]
        sorts = [step for step in plan if "TEMP B-TREE FOR ORDER BY" in step and query != BEHIND]
        assert [step for step in scans if step.split()[1] not in ("latest",)] == [], (query, plan)
        assert sorts == [], (query, plan)
    db.close()
