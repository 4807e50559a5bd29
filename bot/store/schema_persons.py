"""Which cases are restricted, because whom they are about has asked for it (GDPR art. 18)? Since when, on the flag itself.

Whoever reads a flag gets the column with it, so that no text slips past somebody who did not think of asking.
"""

from __future__ import annotations

M023 = (
    "ALTER TABLE flags ADD COLUMN restricted_at TEXT",
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
