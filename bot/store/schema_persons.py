"""Which cases are restricted, because whom they are about has asked for it (GDPR art. 18)? Since when, on the flag.

Whoever reads a flag gets the column with it, so that no text slips past somebody who did not think of asking.
"""

from __future__ import annotations

M023 = (
    "ALTER TABLE flags ADD COLUMN restricted_at TEXT",
    "CREATE INDEX flags_restricted ON flags (id) WHERE restricted_at IS NOT NULL",
    # Deeds alone write it, as they do holds: nothing is restricted, and nothing lifted, that is not on record.
    """
    CREATE TRIGGER restrictions_begin AFTER INSERT ON deeds WHEN NEW.kind = 'restriction'
    BEGIN
        UPDATE flags SET restricted_at = NEW.at
        WHERE restricted_at IS NULL AND text IS NOT NULL AND id IN (SELECT value FROM json_each(NEW.facts, '$.cases'));
    END
    """,
    """
    CREATE TRIGGER restrictions_end AFTER INSERT ON deeds WHEN NEW.kind = 'lifting'
    BEGIN
        UPDATE flags SET restricted_at = NULL WHERE id IN (SELECT value FROM json_each(NEW.facts, '$.cases'));
    END
    """,
    # What has no text any more has nothing to keep from anybody.
    """
    CREATE TRIGGER restrictions_empty AFTER UPDATE OF text ON flags
    WHEN NEW.text IS NULL AND NEW.restricted_at IS NOT NULL
    BEGIN UPDATE flags SET restricted_at = NULL WHERE id = NEW.id; END
    """,
    # As flags_show does: whoever restricts a case or lifts that, its cards are behind, and its appeals' cards too.
    """
    CREATE TRIGGER flags_restricted_show AFTER UPDATE OF restricted_at ON flags
    WHEN (OLD.restricted_at IS NULL) <> (NEW.restricted_at IS NULL)
    BEGIN
        UPDATE flags SET version = version + 1 WHERE id = NEW.id;
        UPDATE cards SET due = (SELECT version FROM flags WHERE id = NEW.id) WHERE flag_id = NEW.id;
        UPDATE appeals SET version = version + 1 WHERE flag_id = NEW.id;
    END
    """,
)
