"""The servers that have cases are found without reading the cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.desk_listing import Pile
from bot.store import desk_listing
from bot.store.connection import open_database


@pytest.mark.parametrize("pile", Pile)
def test_servers_are_found_by_stepping_on_an_index(tmp_path: Path, pile: Pile) -> None:
    """From one to the next, however many flags each has; looked for by state alone, all of them would be read."""
    asked: list[str] = []
    db = open_database(tmp_path / "uppsikt.db")
    db.conn.set_trace_callback(asked.append)
    assert desk_listing.guilds(db, pile) == []
    db.conn.set_trace_callback(None)
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {asked[-1]}").fetchall()]
    steps = [each for each in plan if "flags" in each]
    assert len(steps) == 2
    assert all("INDEX flags_desk" in each for each in steps), plan
    db.close()
