"""What does a person get as data? One JSON object, documented in the README; the page is made of the same object.

Numbers are as the model gave them, moments ISO 8601 in UTC. What is None was never so, or is gone.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.core.flags import Reason
from bot.core.held import Appealed, Done, Held, HeldCase, HeldReport, Service, Stated, Taken, Told
from bot.rights.about import About, Made
from bot.rights.masking import Names

FORMAT = "uppsikt-person-1"
Object = dict[str, Any]


def document(held: Held, about: About, made: Made, names: Names) -> Object:
    """Everything of one person, with others' data masked."""
    return {
        "format": FORMAT,
        "person": held.who,
        "made_at": _moment(made.at),
        "deed": made.deed,
        "by_themselves": made.by_themselves,
        "controller": about.controller or None,
        "contact": about.contact or None,
        "legal_basis": about.legal_basis or None,
        "archive_duty": about.archive_duty or None,
        "retention": [{"what": each.what, "days": each.days, "basis": each.basis or None} for each in about.keeping],
        "counts": {"cases": len(held.cases), "reports": len(held.reports), "appeals": held.appeals},
        "notes_included": made.notes,
        "cases": [_case(case, names, notes=made.notes) for case in held.cases],
        "reports": [_report(report, names) for report in held.reports],
        "as_moderator": _service(held.service) if held.service else None,
    }


def as_json(made: Object) -> bytes:
    """The object as a file: UTF-8, å as å, and no character that acts on what stands around it."""
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    return "".join(c if _is_plain(c) else _escaped(c) for c in text).encode("utf-8")


def _is_plain(c: str) -> bool:
    return c == "\n" or (not unicodedata.category(c).startswith("C") and c not in "\u2028\u2029")


def _escaped(c: str) -> str:
    number = ord(c)
    if number < 0x10000:
        return f"\\u{number:04x}"
    return f"\\u{0xD800 + (number - 0x10000 >> 10):04x}\\u{0xDC00 + (number - 0x10000 & 0x3FF):04x}"


def _case(case: HeldCase, names: Names, *, notes: bool) -> Object:
    said = [taken for taken in (*case.decisions, *case.opinions) if taken.note]
    return {
        "number": case.number,
        "kind": case.kind,
        "channel": case.channel,
        "message_id": case.message_id or None,
        "revision": case.revision,
        "is_reply": case.replies,
        "text": names.within(case.text),
        "files": [
            {"name": names.within(each.name), "bytes": each.size, "sha256": each.sha256 or None} for each in case.files
        ],
        "state": str(case.state),
        "moments": _moments(case),
        "restricted_since": _moment(case.restricted_at),
        "sample": None if case.veiled else case.audited,
        "machine": None if case.veiled else _machine(case, names),
        "reports_about_it": case.reports,
        "decisions": [_taken(each, names, notes=notes) for each in case.decisions],
        "opinions": [_taken(each, names, notes=notes) for each in case.opinions] if not case.is_open else [],
        "notes_left_out": 0 if notes else len(said),
        "measures": [_done(each) for each in case.measures],
        "statements": [_stated(each, names) for each in case.statements],
    }


def _moments(case: HeldCase) -> Object:
    return {
        "posted": _moment(case.posted_at),
        "flagged": _moment(case.flagged_at),
        "seen_by_a_human": _moment(case.seen_at),
        "edited": _moment(case.edited_at),
        "deleted": _moment(case.withdrawn_at),
        "escalated": _moment(case.escalated_at),
        "acted_on": _moment(case.acted_at),
    }


def _machine(case: HeldCase, names: Names) -> Object:
    """What the model said, and why that was enough: how a decision came about is the person's to know (15.1 h)."""
    return {
        "model": case.model or None,
        "language": case.language or None,
        "flag": case.score,
        "threat": case.threat,
        "motives": dict(case.motives),
        "targets": dict(case.targets),
        "thresholds": dict(case.thresholds),
        "reasons": [_reason(each) for each in case.reasons],
        "words": [{"text": names.within(words), "weight": weight} for words, weight in case.weighed],
    }


def _reason(reason: Reason) -> Object:
    """A report's category and a watch list's entry are left out: the one could say who reported, the other how to
    write past the list."""
    label = reason.label if reason.rule not in ("report", "watchlist") else None
    return {"rule": reason.rule, "label": label, "value": reason.value, "limit": reason.limit}


def _taken(taken: Taken, names: Names, *, notes: bool) -> Object:
    return {
        "at": _moment(taken.at),
        "by": names.moderator(taken.by),
        "step": taken.step,
        "motives": list(taken.motives),
        "note": names.within(taken.note) if notes else None,
    }


def _done(measure: Done) -> Object:
    return {
        "act": measure.act,
        "seconds": measure.seconds,
        "state": measure.state,
        "decided": _moment(measure.asked_at),
        "done": _moment(measure.done_at),
        "undone": _moment(measure.undone_at),
    }


def _stated(stated: Stated, names: Names) -> Object:
    return {
        "decided": _moment(stated.decided_at),
        "ended": _moment(stated.ended_at),
        "told": _told(stated.told),
        "appeal": None if stated.appeal is None else _appeal(stated.appeal, names),
    }


def _appeal(appeal: Appealed, names: Names) -> Object:
    return {
        "at": _moment(appeal.made_at),
        "words": names.within(appeal.words),
        "outcome": appeal.outcome,
        "by": names.moderator(appeal.by) or None,
        "answer": names.within(appeal.answer),
        "decided": _moment(appeal.decided_at),
    }


def _report(report: HeldReport, names: Names) -> Object:
    return {
        "number": report.number,
        "at": _moment(report.made_at),
        "category": report.category,
        "against": list(report.against),
        "hurt": report.hurt,
        "words": names.within(report.words),
        "trusted": report.trusted,
        "outcome": str(report.outcome),
        "found_abusive": _moment(report.abusive_at),
        "told": _told(report.told),
        "who_it_was_was_asked": [{"at": _moment(each.at), "by": names.moderator(each.by)} for each in report.unmasked],
    }


def _told(told: Sequence[Told]) -> list[Object]:
    return [{"what": each.news, "made": _moment(each.made_at), "told": _moment(each.told_at)} for each in told]


def _service(service: Service) -> Object:
    return {
        "done": dict(service.done),
        "days": [{"day": day.isoformat(), "cases": cases, "severe": severe} for day, cases, severe in service.days],
        "paused_until": _moment(service.paused_until),
        "cases_a_day": service.day_limit or None,
        "panel": [{"name": name, "at": _moment(at)} for name, at in service.sessions],
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")
