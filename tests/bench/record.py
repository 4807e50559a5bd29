"""What does the record cost: to append to, and to look through? And is every one of very many tamperings found?

Looking through is held against reading the same entries once and taking their SHA-256, appending against saving the
same flags into a database whose record has no triggers; both within one run, taking turns.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from bot.keys.secret import place_of
from bot.store.connection import open_database
from bot.store.keeping import keep
from bot.store.verifying import verify
from tests.builders import flag, kept, post
from tests.store.tampering import tamper, town

ENTRIES = 1_000_000
SAVED = 3_000  # flags, each a commit of its own
TAMPERINGS = 10_000


def record() -> dict[str, float]:
    """Seconds of processor time for so many entries; milliseconds of a flag's commit; tamperings that were found."""
    with tempfile.TemporaryDirectory() as folder:
        return _looked_through(Path(folder)) | _appended(Path(folder)) | _tampered_with(Path(folder))


def _looked_through(folder: Path) -> dict[str, float]:
    path = folder / "long.db"
    with closing(open_database(path)) as db:
        keep(db, kept(flag()))
        columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall() if row["name"] != "id"]
        values = ", ".join("message_id || n" if column == "message_id" else column for column in columns)
        db.execute(
            f"""WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO flags ({", ".join(columns)})
            SELECT {values} FROM numbers, (SELECT * FROM flags WHERE id = 1)""",
            [ENTRIES],
        )
    began = time.process_time()
    with closing(sqlite3.connect(path)) as plain:
        for row in plain.execute("SELECT * FROM record ORDER BY seq"):
            sha256(b"".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)).digest()
    read = time.process_time() - began
    began = time.process_time()
    found = verify(path)
    looked = time.process_time() - began
    assert found.is_whole
    assert found.entries >= ENTRIES
    path.unlink()
    return {"plain_s": read, "verify_s": looked}


def _appended(folder: Path) -> dict[str, float]:
    took: dict[str, list[float]] = {"with": [], "without": []}
    databases = {name: open_database(folder / f"{name}.db") for name in took}
    for row in databases["without"].execute("SELECT name FROM sqlite_master WHERE name LIKE 'record\\_%' ESCAPE '\\' "
                                            "AND type = 'trigger' AND tbl_name = 'flags'").fetchall():  # fmt: skip
        databases["without"].execute(f"DROP TRIGGER {row['name']}")
    for number in range(SAVED):
        for name in sorted(took, reverse=bool(number % 2)):
            saved = kept(flag(post(number)))
            began = time.perf_counter()
            keep(databases[name], saved)
            took[name].append(time.perf_counter() - began)
    for db in databases.values():
        db.close()
    return {f"commit_{name}_ms": 1_000 * statistics.median(each[SAVED // 10 :]) for name, each in took.items()}


def _tampered_with(folder: Path) -> dict[str, float]:
    whole, path, dice = folder / "town.db", folder / "copy.db", random.Random(1)
    town(whole)
    shutil.copy(place_of(whole), place_of(path))
    found = 0
    for _ in range(TAMPERINGS):
        shutil.copy(whole, path)
        tamper(path, dice)
        found += not verify(path).is_whole
    return {"tamperings": float(TAMPERINGS), "found": float(found)}
