"""Which tables hold who may come in at the panel? Digests, never what opens the door."""

from __future__ import annotations

_WHO = """
        who TEXT NOT NULL CHECK (length(trim(who)) > 0),
        name TEXT NOT NULL,
        rank INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 3),
        guilds TEXT NOT NULL CHECK (json_valid(guilds)),
        language TEXT NOT NULL,"""

M015 = (
    f"""
    CREATE TABLE panel_links (
        digest TEXT PRIMARY KEY,{_WHO}
        made_at TEXT NOT NULL
    ) STRICT
    """,
    f"""
    CREATE TABLE panel_sessions (
        digest TEXT PRIMARY KEY,{_WHO}
        began_at TEXT NOT NULL,
        seen_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX panel_sessions_by_who ON panel_sessions (who)",
    "CREATE INDEX panel_links_by_who ON panel_links (who)",
)
