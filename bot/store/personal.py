"""In which columns can a person's id, name or words stand, and what takes them away? Every column of text, one by one.

`PERSONAL` names the class of records by which retention forgets it; erasing a person (erasing.py) takes all of them,
save what an officer did in office. `IMPERSONAL` says why nobody can be found by a column. A test walks the schema: a
column that nobody has thought of fails it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.retention import RecordClass

_TEXTS = "upheld, dismissed, pending, samples"
PERSONAL: Mapping[str, str] = {
    "flags.text": _TEXTS,
    "flags.spans": _TEXTS,
    "flags.channel": _TEXTS,  # a thread is called by its title, which a member gave it
    "channels.name": _TEXTS,
    "attachments.name": _TEXTS,
    "attachments.sha256": _TEXTS,  # whoever has the file knows it by this
    "flags.message_id": RecordClass.HISTORY,
    "flags.author_id": RecordClass.HISTORY,
    "flags.reply_to": RecordClass.HISTORY,
    "flags.posted_at": RecordClass.HISTORY,  # to the millisecond it leads to the message: what stays is the hour
    "statements.author_id": RecordClass.HISTORY,
    "decisions.note": RecordClass.HISTORY,
    "opinions.note": RecordClass.HISTORY,
    "escalations.note": RecordClass.HISTORY,
    "unmaskings.reason": RecordClass.HISTORY,
    "reports.target_id": RecordClass.HISTORY,
    "reports.message_id": RecordClass.HISTORY,
    "reports.words": RecordClass.REPORTS,
    "reporters.who": RecordClass.REPORTERS,
    "appeals.words": RecordClass.APPEALS,
    "appeals.answer": RecordClass.APPEALS,
    "exposure.who": RecordClass.MODERATORS,
    "exposed.who": RecordClass.MODERATORS,
    "care.who": RecordClass.MODERATORS,
    "panel_links.who": RecordClass.MODERATORS,
    "panel_links.name": RecordClass.MODERATORS,
    "panel_links.guilds": RecordClass.MODERATORS,
    "panel_sessions.who": RecordClass.MODERATORS,
    "panel_sessions.name": RecordClass.MODERATORS,
    "panel_sessions.guilds": RecordClass.MODERATORS,
}

_OFFICE = "what somebody did in office is answered for by name"
_PLACE = "a channel's or server's id: a place, not a person"
_OURS = "a word of our own, from a short list"
_MOMENT = "when something happened"
_FIGURES = "numbers by names of our own"
_DEED = "why something was done: the commands ask that no member is named, and it stays as the proof"
_KEYED = "a digest, or a key's half: nobody can be found by it"
_MODEL = "which model read it"
_CARD = "a message of our own"

# By column's name where it says the same in every table; by table and column where it does not.
IMPERSONAL: Mapping[str, str] = {
    "by": _OFFICE,
    "abusive_by": _OFFICE,
    "guild_id": _PLACE,
    "channel_id": _PLACE,
    "parent_id": _PLACE,
    "place": _PLACE,
    "card_channel_id": _PLACE,
    "channels.id": _PLACE,
    "cards.message_id": _CARD,
    "card_message_id": _CARD,
    "kind": _OURS,
    "about": _OURS,
    "state": _OURS,
    "step": _OURS,
    "act": _OURS,
    "news": _OURS,
    "lean": _OURS,
    "outcome": _OURS,
    "ending": _OURS,
    "scope": _OURS,
    "category": _OURS,
    "against": _OURS,
    "hurt": _OURS,
    "hindrance": _OURS,
    "stratum": _OURS,
    "figure": _OURS,
    "label": _OURS,
    "language": _OURS,
    "problem": _OURS,
    "unseen.why": _OURS,
    "_sqlite_migrations.name": "of a migration",
    "migration_set": "of a migration",
    "motives": _FIGURES,
    "targets": _FIGURES,
    "reasons": _FIGURES,
    "thresholds": _FIGURES,
    "figures": _FIGURES,
    "counts": _FIGURES,
    "found": _FIGURES,
    "score_packs.channels": _PLACE,
    "measures": _FIGURES,
    "facts": "numbers of cases and words of our own (core/deeds.py)",
    "why": "why thresholds are changed: of figures, and of nobody",
    "shadows.against": _FIGURES,
    "deeds.reason": _DEED,
    "model": _MODEL,
    "model_id": _MODEL,
    "digest": _KEYED,
    "record_heads.public": _KEYED,
    "record_heads.signature": _KEYED,
    "file": "a random name of ours",
    "day": _MOMENT,
    "hour": _MOMENT,
    "week": _MOMENT,
    "since": _MOMENT,
    "until": _MOMENT,
    "at": _MOMENT,
    "paused_until": _MOMENT,
}
