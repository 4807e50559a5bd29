"""A database with cases as the police might ask for: decided, appealed, edited, withdrawn, reported, forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Step
from bot.core.measures import Act, Measure
from bot.core.messages import File
from bot.store import open_database
from bot.store.keeping import keep
from bot.store.review import rule
from tests.builders import FLAGGED, NOW, decision, edit, flag, gone, kept, post

AT = NOW + timedelta(days=1)
DECIDED, DISMISSED, EDITED, EDIT, WITHDRAWN, OPEN, FORGOTTEN = range(1, 8)
FILE = File("brev.txt", 4, "0f" * 32)
TEXT = f"{FLAGGED}, räksmörgås \N{GRINNING FACE}"
REVISION = int(NOW.timestamp() * 1000) + 60_000
AUTHOR = "471147114711471147"
REPORTER, REPORTED = "998877665544332211", "jag bor granne med honom"


def town(path: Path, *, text: str = TEXT) -> Path:
    """Seven cases, numbered as above; case 1 has the text."""
    db = open_database(path)
    keep(db, kept(flag(post(1, text, author=AUTHOR, files=(FILE,)))))
    keep(db, kept(flag(post(2, FLAGGED))))
    keep(db, kept(flag(post(3, f"{FLAGGED} först"))))
    keep(db, kept(flag(edit(3, f"{FLAGGED} sedan", revision=REVISION))))
    keep(db, kept(flag(post(4, FLAGGED, author=AUTHOR)), gone(4)))
    keep(db, kept(flag(post(5, FLAGGED))))
    keep(db, kept(flag(post(6, f"{FLAGGED} som ska bort"))))
    _decide(db)
    db.execute("UPDATE flags SET text = NULL, spans = '[]' WHERE id = ?", [FORGOTTEN])
    db.close()
    return path


def _decide(db: Database) -> None:
    measures = (Measure(Act.DELETE), Measure(Act.WARN))
    upheld = decision(DECIDED, at=AT, motives=("threat", "xenophobia"), note="Tydligt.", measures=measures)
    rule(db, upheld, leads=True)
    rule(db, decision(DISMISSED, Step.DISMISS, at=AT), leads=True)
    db.execute("UPDATE flags SET seen_at = ? WHERE id = ?", [AT.isoformat(), DECIDED])
    (statement,) = db.execute("SELECT id FROM statements WHERE flag_id = ?", [DECIDED]).fetchone()
    db.execute(
        """INSERT INTO appeals (statement_id, flag_id, guild_id, words, language, made_at)
        VALUES (?, ?, '1', 'Jag menade inte så.', 'sv', ?)""",
        [statement, DECIDED, AT.isoformat()],
    )
    db.execute(
        """INSERT INTO reports (id, flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt,
        words, trusted, weight, made_at) VALUES (1, ?, '1', ?, '100', '1', 'threat', '[]', 'me', ?, 1, 0.75, ?)""",
        [DECIDED, AUTHOR, REPORTED, AT.isoformat()],
    )
    db.execute("INSERT INTO reporters VALUES (1, ?, 'sv', ?)", [REPORTER, AT.isoformat()])
