"""What has an entry in the record? The tables that are answered for, and which of their columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Covered:
    """A table, or some columns of it, whose every state has an entry; the newest entry of a row is of its row now.

    `at` and `inserts` are expressions over `{row}`: the moment of an entry, and which new rows have one.
    """

    kind: str
    table: str
    at: str
    facts: tuple[str, ...]
    words: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()  # columns that may change; each change is an entry
    inserts: str = "true"
    id: str = "id"

    def values(self, row: str = "") -> str:
        """What is sealed of a row: how many of the values are words, the words, the facts."""
        return ", ".join([str(len(self.words)), *(f"{row}{name}" for name in (*self.words, *self.facts))])


COVERED = (
    Covered("flag", "flags", "{row}flagged_at",
            ("kind", "about", "message_id", "revision", "guild_id", "channel_id", "channel", "author_id", "reply_to",
             "score", "threat", "motives", "targets", "reasons", "thresholds", "language", "model", "posted_at",
             "flagged_at", "urgency", "waits", "flood"),
            ("text", "spans"), changes=("about", "urgency", "waits", "flood")),
    # What became of a message and of its flag: seen by a human, withdrawn, edited, acted on, told.
    Covered("course", "flags",
            "coalesce({row}acted_at, {row}seen_at, {row}announced_at, {row}withdrawn_at, {row}edited_at, "
            "{row}flagged_at)",
            ("seen_at", "withdrawn_at", "edited_at", "acted_at", "announced_at", "unanswered_at", "leads_told_at"),
            changes=("seen_at", "withdrawn_at", "edited_at", "acted_at", "announced_at", "unanswered_at",
                     "leads_told_at"),
            inserts="coalesce({row}seen_at, {row}withdrawn_at, {row}edited_at, {row}acted_at, {row}announced_at, "
                    "{row}unanswered_at, {row}leads_told_at) IS NOT NULL"),
    Covered("decision", "decisions", "{row}decided_at", ("flag_id", "step", "by", "motives", "measures", "decided_at"),
            ("note",)),
    Covered("measure", "measures", "coalesce({row}undone_at, {row}done_at, {row}asked_at)",
            ("flag_id", "decision_id", "act", "seconds", "state", "asked_at", "done_at", "undone_at"),
            changes=("state", "done_at", "undone_at", "seconds")),
    Covered("opinion", "opinions", "{row}given_at",
            ("flag_id", "after", "read", "kind", "by", "lean", "motives", "given_at"), ("note",)),
    Covered("escalation", "escalations", "{row}escalated_at", ("flag_id", "by", "escalated_at"), ("note",)),
    Covered("statement", "statements", "(SELECT decided_at FROM decisions WHERE id = {row}decision_id)",
            ("flag_id", "decision_id", "author_id")),
    Covered("notice", "notices", "coalesce({row}told_at, {row}made_at)",
            ("statement_id", "news", "state", "made_at", "told_at"),
            changes=("state", "told_at")),
    Covered("appeal", "appeals", "{row}made_at", ("statement_id", "flag_id", "guild_id", "made_at"), ("words",)),
    Covered("ruling", "appeals", "coalesce({row}decided_at, {row}made_at)", ("outcome", "by", "decided_at"),
            ("answer",), changes=("outcome", "by", "decided_at"),
            inserts="({row}outcome IS NOT NULL OR {row}by <> '' OR {row}answer IS NOT NULL)"),
    Covered("report", "reports", "{row}made_at",
            ("flag_id", "guild_id", "target_id", "channel_id", "message_id", "category", "against", "hurt", "trusted",
             "weight", "made_at"), ("words",)),
    Covered("abuse", "reports", "coalesce({row}abusive_at, {row}made_at)", ("abusive_at", "abusive_by"),
            changes=("abusive_at", "abusive_by"), inserts="({row}abusive_at IS NOT NULL OR {row}abusive_by <> '')"),
    Covered("unmasking", "unmaskings", "{row}at", ("flag_id", "by", "at"), ("reason",)),
    Covered("threshold", "threshold_changes", "{row}proposed_at",
            ("scope", "place", "thresholds", "by", "base", "model", "figures", "undoes", "proposed_at"), ("why",)),
    Covered("threshold-step", "threshold_steps", "{row}at", ("step", "by", "at"), id="change_id"),
    Covered("recalibration", "recalibrations", "{row}at",
            ("guild_id", "label", "model", "slope", "shift", "low", "by", "figures", "undoes", "at"), ("why",)),
    # When nobody watched: what a statement says of supervision rests on it.
    Covered("outage", "unseen", "{row}until", ("channel_id", "since", "until", "read_back", "why")),
    Covered("head", "record_heads", "{row}at", ("seq", "digest", "at", "public", "signature")),
    Covered("deed", "deeds", "{row}at", ("kind", "by", "facts", "at"), ("reason",)),
)  # fmt: skip
