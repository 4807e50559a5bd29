"""Which tables hold changes of thresholds, and what became of them? Both are append-only: the record is the point."""

from __future__ import annotations

M011 = (
    # `place` is a group's name or a channel's id, as `scope` says; `thresholds` by label, null: back to before.
    """
    CREATE TABLE threshold_changes (
        id INTEGER PRIMARY KEY,
        scope TEXT NOT NULL CHECK (scope IN ('everywhere', 'group', 'channel')),
        place TEXT NOT NULL CHECK ((place = '') = (scope = 'everywhere')),
        thresholds TEXT NOT NULL CHECK (json_valid(thresholds)),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        why TEXT NOT NULL CHECK (length(trim(why)) > 0),
        base INTEGER NOT NULL CHECK (base >= 0),
        model TEXT NOT NULL,
        figures TEXT NOT NULL CHECK (json_valid(figures)),
        undoes INTEGER REFERENCES threshold_changes (id),
        proposed_at TEXT NOT NULL
    ) STRICT
    """,
    # What became of a proposal: at most one thing.
    """
    CREATE TABLE threshold_steps (
        change_id INTEGER PRIMARY KEY REFERENCES threshold_changes (id),
        step TEXT NOT NULL CHECK (step IN ('apply', 'withdraw')),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX threshold_steps_applied ON threshold_steps (change_id) WHERE step = 'apply'",
    # Whatever program writes here: only upon what is in force, see core/tuning/changes.py.
    """
    CREATE TRIGGER threshold_steps_fresh BEFORE INSERT ON threshold_steps
    WHEN NEW.step = 'apply' AND (SELECT base FROM threshold_changes WHERE id = NEW.change_id)
        <> coalesce((SELECT max(change_id) FROM threshold_steps WHERE step = 'apply'), 0)
    BEGIN SELECT RAISE(ABORT, 'thresholds were changed after this was proposed'); END
    """,
    """
    CREATE TRIGGER threshold_changes_stay BEFORE UPDATE ON threshold_changes
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
    """
    CREATE TRIGGER threshold_changes_remain BEFORE DELETE ON threshold_changes
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER threshold_changes_once BEFORE INSERT ON threshold_changes
    WHEN EXISTS (SELECT 1 FROM threshold_changes WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
    """
    CREATE TRIGGER threshold_steps_stay BEFORE UPDATE ON threshold_steps
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
    """
    CREATE TRIGGER threshold_steps_remain BEFORE DELETE ON threshold_steps
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
    """
    CREATE TRIGGER threshold_steps_once BEFORE INSERT ON threshold_steps
    WHEN EXISTS (SELECT 1 FROM threshold_steps WHERE change_id = NEW.change_id)
    BEGIN SELECT RAISE(ABORT, 'changes of thresholds are append-only'); END
    """,
)
