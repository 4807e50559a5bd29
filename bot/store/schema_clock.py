"""Which columns hold when a case's time is up, and which of them let the queue and the leads hear of it?

`deadline_at` is worked out by the rules in force (store/clock.py): NULL until it is, '9' where no time runs out. What
moves it makes it NULL again. `late_at` is when it was noticed that the time was up; it stays until the case is opened
anew.
"""

from __future__ import annotations

from bot.store.schema_panel_weeks import counted_when

_OPEN = "state = 'pending' AND text IS NOT NULL"

M020 = (
    "ALTER TABLE flags ADD COLUMN deadline_at TEXT",
    "ALTER TABLE flags ADD COLUMN late_at TEXT",
    f"CREATE INDEX flags_passing ON flags (deadline_at) WHERE {_OPEN} AND late_at IS NULL",
    f"CREATE INDEX flags_running ON flags (guild_id, (late_at IS NULL), deadline_at) WHERE {_OPEN}",
    "CREATE INDEX flags_late ON flags (id) WHERE late_at IS NOT NULL AND leads_told_at IS NULL",
    # What was seen first, and what is opened anew, has another time.
    """
    CREATE TRIGGER clock_moves AFTER UPDATE OF state, seen_at ON flags
    WHEN NEW.deadline_at IS NOT NULL
        AND (OLD.seen_at IS NOT NEW.seen_at OR (NEW.state = 'pending' AND OLD.state <> 'pending'))
    BEGIN UPDATE flags SET deadline_at = NULL WHERE id = NEW.id; END
    """,
    """
    CREATE TRIGGER clock_anew AFTER UPDATE OF state ON flags
    WHEN NEW.state = 'pending' AND OLD.state <> 'pending' AND NEW.late_at IS NOT NULL
    BEGIN UPDATE flags SET late_at = NULL WHERE id = NEW.id; END
    """,
    # So has what is reported, and what no report holds for any more.
    """
    CREATE TRIGGER clock_reported AFTER INSERT ON reports
    BEGIN UPDATE flags SET deadline_at = NULL WHERE id = NEW.flag_id AND deadline_at IS NOT NULL; END
    """,
    """
    CREATE TRIGGER clock_abused AFTER UPDATE OF abusive_at ON reports
    BEGIN UPDATE flags SET deadline_at = NULL WHERE id = NEW.flag_id AND deadline_at IS NOT NULL; END
    """,
    """
    CREATE TRIGGER clock_shows AFTER UPDATE OF late_at ON flags WHEN OLD.late_at IS NOT NEW.late_at
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.id) WHERE flag_id = NEW.id;
    END
    """,
    counted_when("weeks_late", "AFTER UPDATE OF late_at ON flags WHEN OLD.late_at IS NULL AND NEW.late_at IS NOT NULL",
                 "late", "NEW.guild_id", "NEW.late_at"),
)  # fmt: skip
