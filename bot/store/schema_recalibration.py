"""Which table holds what scores mean in a community? Append-only: who changed what people are told is the point."""

from __future__ import annotations

M013 = (
    # A row is a scale, or takes one back: then it has none, and `undoes` says which, at most once.
    """
    CREATE TABLE recalibrations (
        id INTEGER PRIMARY KEY,
        guild_id TEXT NOT NULL,
        label TEXT NOT NULL,
        model TEXT NOT NULL CHECK (length(model) > 0),
        slope REAL CHECK (slope > 0 AND slope < 1e6),
        shift REAL CHECK (abs(shift) < 1e6),
        low REAL CHECK (low >= 0 AND low < 1),
        by TEXT NOT NULL CHECK (length(trim(by)) > 0),
        why TEXT NOT NULL CHECK (length(trim(why)) > 0),
        figures TEXT NOT NULL CHECK (json_valid(figures)),
        undoes INTEGER UNIQUE REFERENCES recalibrations (id),
        at TEXT NOT NULL,
        CHECK ((undoes IS NULL) = (slope IS NOT NULL)),
        CHECK ((slope IS NULL) = (shift IS NULL) AND (slope IS NULL) = (low IS NULL))
    ) STRICT
    """,
    "CREATE INDEX recalibrations_of ON recalibrations (guild_id, model, id) WHERE undoes IS NULL",
    """
    CREATE TRIGGER recalibrations_stay BEFORE UPDATE ON recalibrations
    BEGIN SELECT RAISE(ABORT, 'recalibrations are append-only'); END
    """,
    """
    CREATE TRIGGER recalibrations_remain BEFORE DELETE ON recalibrations
    BEGIN SELECT RAISE(ABORT, 'recalibrations are append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER recalibrations_once BEFORE INSERT ON recalibrations
    WHEN EXISTS (SELECT 1 FROM recalibrations WHERE id = NEW.id OR undoes = NEW.undoes)
    BEGIN SELECT RAISE(ABORT, 'recalibrations are append-only'); END
    """,
)
