"""Which indexes let the panel list deeds that concern no single case at a cost that does not grow with them?

Each newest first: of all, and of one person.
"""

from __future__ import annotations

M030 = (
    "CREATE INDEX threshold_changes_record ON threshold_changes (proposed_at, id)",
    "CREATE INDEX threshold_changes_by_person ON threshold_changes (by, proposed_at, id)",
    "CREATE INDEX threshold_steps_record ON threshold_steps (at, change_id)",
    "CREATE INDEX threshold_steps_by_person ON threshold_steps (by, at, change_id)",
    "CREATE INDEX recalibrations_record ON recalibrations (at, id)",
    "CREATE INDEX recalibrations_by_person ON recalibrations (by, at, id)",
    "CREATE INDEX shadows_record ON shadows (started_at, id)",
    "CREATE INDEX shadows_by_person ON shadows (by, started_at, id)",
    # What shifted in a week, as it was noticed.
    "CREATE INDEX shifts_noticed ON shifts (noticed_at, id)",
    # How appeals ended, and which of a server wait.
    "CREATE INDEX appeals_record ON appeals (decided_at, id) WHERE decided_at IS NOT NULL",
    "CREATE INDEX appeals_waiting ON appeals (id) WHERE outcome IS NULL",
    "CREATE INDEX appeals_by_person ON appeals (by, decided_at, id) WHERE decided_at IS NOT NULL",
)
