"""What is due to be forgotten, class by class? One query each, that passes what is held or restricted.

An appeal needs the text that it is about: both stay while it is open, and go together. Who reported goes first of all.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.retention import RecordClass

_HELD = "(SELECT flag_id FROM holds)"
# What is restricted stays as it is too (GDPR art. 18.1 b, c); not who reported it, who has not asked for that.
_STAYS = "(SELECT flag_id FROM holds UNION SELECT id FROM flags WHERE restricted_at IS NOT NULL)"
_LAST = "(SELECT max(decided_at) FROM decisions WHERE flag_id = flags.id)"
# :before, the moment of the class; :decided, :pending, those of decided and undecided flags' texts.
_DECIDED_TEXT = f"""SELECT id FROM flags WHERE text IS NOT NULL AND id NOT IN {_STAYS} AND state = '{{state}}'
    AND {_LAST} < :before AND NOT EXISTS (
        SELECT 1 FROM appeals WHERE flag_id = flags.id AND coalesce(decided_at >= :before, made_at >= :pending)
    )"""  # noqa: S608  # fixed texts

DUE: Mapping[RecordClass, str] = {
    RecordClass.REPORTERS: f"""SELECT report_id AS id FROM reporters
        CROSS JOIN reports ON reports.id = reporters.report_id CROSS JOIN flags ON flags.id = reports.flag_id
        WHERE (reporters.made_at < :before OR flags.text IS NULL) AND flags.id NOT IN {_HELD}""",  # noqa: S608  # fixed texts
    RecordClass.UPHELD: _DECIDED_TEXT.format(state="upheld"),
    RecordClass.DISMISSED: _DECIDED_TEXT.format(state="dismissed"),
    RecordClass.PENDING: f"""SELECT id FROM flags WHERE text IS NOT NULL AND id NOT IN {_STAYS}
        AND state = 'pending' AND flagged_at < :before""",  # noqa: S608  # fixed texts
    # Drawn so long ago, and nobody's case: never upheld, never reported.
    RecordClass.SAMPLES: f"""SELECT flag_id AS id FROM audits WHERE forgotten_at IS NULL AND drawn_at < :before
        AND flag_id NOT IN {_STAYS}
        AND NOT EXISTS (SELECT 1 FROM decisions WHERE flag_id = audits.flag_id AND step = 'uphold')
        AND NOT EXISTS (SELECT 1 FROM reports WHERE flag_id = audits.flag_id)""",  # noqa: S608
    RecordClass.REPORTS: f"""SELECT reports.id FROM reports CROSS JOIN flags ON flags.id = reports.flag_id
        WHERE reports.words IS NOT NULL AND flags.id NOT IN {_STAYS}
        AND (flags.text IS NULL OR flags.state <> 'pending' AND {_LAST} < :before)""",  # noqa: S608  # fixed texts
    RecordClass.APPEALS: f"""SELECT id FROM appeals WHERE (words IS NOT NULL OR answer IS NOT NULL)
        AND coalesce(decided_at < :before, made_at < :pending)
        AND flag_id IN (SELECT id FROM flags WHERE text IS NULL) AND flag_id NOT IN {_STAYS}""",  # noqa: S608  # fixed texts
    # Never while its text is kept, something waits to be done, or an appeal is open.
    RecordClass.HISTORY: f"""SELECT id FROM flags WHERE text IS NULL AND flagged_at < :before
        AND message_id NOT LIKE 'erased-%' AND message_id NOT LIKE 'audit-%' AND id NOT IN {_STAYS}
        AND coalesce({_LAST}, flagged_at) < :before AND NOT EXISTS (
            SELECT 1 FROM appeals WHERE flag_id = flags.id AND coalesce(decided_at >= :before, made_at >= :pending)
        )""",  # noqa: S608  # fixed texts
}
