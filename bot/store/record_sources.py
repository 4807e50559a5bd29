"""Where does each kind of the record stand? Its tables, and the expressions of its moment, number and person.

Of each kind one index gives the newest first, and another those of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.record import Kind

BLIND = """EXISTS (SELECT 1 FROM readings WHERE readings.flag_id = flags.id AND readings.ended_at IS NULL
    AND readings.until > :now AND readings.by <> :who)"""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kind is read: columns, tables, what holds of it, and expressions."""

    columns: str
    tables: str
    where: str
    at: str
    id: str
    by: str
    flag: str = "d.flag_id"  # empty: it concerns no case
    guild: str = "NULL"  # of what concerns no case; NULL: no single server's
    hidden: str = "false"  # what is not told, whoever asks


_PLAIN = "'' AS what, '[]' AS how"
_SETS = "c.scope AS scope, c.place AS place, c.thresholds AS sets, coalesce(c.undoes, 0) AS undoes"
# Proposed and applied in one: told once.
_AT_ONCE = "(SELECT s.at FROM threshold_steps AS s WHERE s.change_id = c.id) IS c.proposed_at"

_OF_CASES: Mapping[Kind, Source] = {
    Kind.DECISION: Source("d.step AS what, d.motives AS how", "decisions AS d", "d.step <> 'reopen'", "d.decided_at",
                          "d.id", "d.by"),
    Kind.REOPENING: Source(_PLAIN, "decisions AS d", "d.step = 'reopen'", "d.decided_at", "d.id", "d.by"),
    # Of the person who decided it: the machine only carries it out.
    Kind.MEASURE: Source("m.act AS what, json_array(m.state) AS how",
                         "measures AS m CROSS JOIN decisions AS d ON d.id = m.decision_id", "true", "m.asked_at",
                         "m.id", "d.by", "m.flag_id", hidden=BLIND),
    Kind.OPINION: Source("d.kind AS what, '[]' AS how", "opinions AS d", "true", "d.given_at", "d.id", "d.by"),
    Kind.ESCALATION: Source(_PLAIN, "escalations AS d", "true", "d.escalated_at", "d.id", "d.by"),
    Kind.ABUSE: Source("d.category AS what, '[]' AS how", "reports AS d", "d.abusive_at IS NOT NULL", "d.abusive_at",
                       "d.id", "d.abusive_by"),
    # One that was overtaken was decided by nobody.
    Kind.APPEAL: Source("d.outcome AS what, '[]' AS how", "appeals AS d", "d.decided_at IS NOT NULL AND d.by <> ''",
                        "d.decided_at", "d.id", "d.by"),
    Kind.UNMASKING: Source(f"{_PLAIN}, d.reason AS reason", "unmaskings AS d", "true", "d.at", "d.id", "d.by"),
}  # fmt: skip
_OF_TUNING: Mapping[Kind, Source] = {
    Kind.PROPOSAL: Source(f"{_PLAIN}, c.why AS reason, c.id AS number, {_SETS}", "threshold_changes AS c", "true",
                          "c.proposed_at", "c.id", "c.by", "", hidden=_AT_ONCE),
    Kind.THRESHOLDS: Source("iif(d.step = 'apply' AND c.undoes IS NOT NULL, 'undo', d.step) AS what, '[]' AS how, "
                            f"iif(d.at = c.proposed_at, c.why, '') AS reason, c.id AS number, {_SETS}",
                            "threshold_steps AS d CROSS JOIN threshold_changes AS c ON c.id = d.change_id", "true",
                            "d.at", "d.change_id", "d.by", ""),
    Kind.RECALIBRATION: Source("iif(d.undoes IS NULL, 'set', 'undo') AS what, json_array(d.label) AS how, "
                               "d.why AS reason, d.id AS number, coalesce(d.undoes, 0) AS undoes",
                               "recalibrations AS d", "true", "d.at", "d.id", "d.by", "", "d.guild_id"),
    Kind.SHADOW: Source("coalesce(d.ending, 'running') AS what, json_array(d.model_id) AS how, d.why AS reason, "
                        "d.id AS number, d.thresholds AS sets, 0 AS undoes",
                        "shadows AS d", "true", "d.started_at", "d.id", "d.by", ""),
}  # fmt: skip
SOURCES: Mapping[Kind, Source] = {**_OF_CASES, **_OF_TUNING}
# Of one person: through that person's decisions, not through everybody's measures.
_MEASURES_OF = replace(
    SOURCES[Kind.MEASURE],
    tables="decisions AS d INDEXED BY decisions_with_measures CROSS JOIN measures AS m ON m.decision_id = d.id",
    where="d.measures <> '[]'",
    at="d.decided_at",
)
_REOPENED_BY = replace(SOURCES[Kind.REOPENING], tables="decisions AS d INDEXED BY decisions_reopened_by")
OF_ONE: Mapping[Kind, Source] = {**SOURCES, Kind.MEASURE: _MEASURES_OF, Kind.REOPENING: _REOPENED_BY}
