"""Which indexes let the panel list cases at a cost that does not grow with them?

`rank` says where an open flag stands in the queue, as core/urgency.place does, in one number: within threats, what is
reported by somebody trusted and the rest, whom it waits for, then its urgency. It is computed, never written.
"""

from __future__ import annotations

M016 = (
    """
    ALTER TABLE flags ADD COLUMN rank INTEGER
    GENERATED ALWAYS AS (-((min(urgency / 1000, 3) * 4 + waits) * 100000 + urgency)) VIRTUAL
    """,
    "CREATE INDEX flags_desk ON flags (guild_id, rank, id) WHERE state = 'pending' AND text IS NOT NULL",
    "CREATE INDEX flags_desk_decided ON flags (guild_id, id DESC) WHERE state <> 'pending'",
    "CREATE INDEX opinions_by_who ON opinions (by, id)",
)
