"""Which table holds what is known of attached files? It is emptied by the database itself when a flag's text goes."""

from __future__ import annotations

M021 = (
    """
    CREATE TABLE attachments (
        id INTEGER PRIMARY KEY,
        flag_id INTEGER NOT NULL REFERENCES flags (id),
        name TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) IN (0, 64))
    ) STRICT
    """,
    "CREATE INDEX attachments_by_flag ON attachments (flag_id, id)",
    """
    CREATE TRIGGER attachments_go AFTER UPDATE OF text ON flags WHEN NEW.text IS NULL AND OLD.text IS NOT NULL
    BEGIN DELETE FROM attachments WHERE flag_id = NEW.id; END
    """,
)
