"""What stands in a package's files? Rows for programs, with what proves each of them; no word that is not the case's.

Values are as the database holds them, down to the letter, because the seals are over exactly these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from bot.core.chain import Entry
from bot.core.dossier import DECISION_KINDS, CaseRows, Dossier, Row

MESSAGES, DECISIONS, RECORD, CHAIN = "messages.json", "decisions.json", "record.json", "chain.jsonl"
COVER_HTML, COVER_PDF = "cover.html", "cover.pdf"
FILES = (COVER_HTML, COVER_PDF, MESSAGES, DECISIONS, RECORD, CHAIN)  # in this order in the package
FORMAT = "uppsikt evidence 1"
_MESSAGES_ABOUT = (
    "flag: a message as it was posted or edited (revision: 0, or the moment of the edit in milliseconds since 1970; "
    "times in UTC) and what a machine found in it; course: what became of it; files: SHA-256 where the bytes were "
    "read (these and reports are not part of the record's chain)."
)
_DECISIONS_ABOUT = "What people decided, what was done, what the author was told and answered; oldest first."
_RECORD_ABOUT = (
    "Each row's newest entry in the record, with the keys to its seals: HMAC-SHA-256 of the values as compact JSON, in "
    "the order of columns. chain.jsonl holds an entry a line: seq, kind, subject, at, facts, words, digest; digest is "
    "SHA-256 of the digest before it, [seq,kind,subject,at] as compact JSON, facts and words. The head is signed "
    "(Ed25519) over 'uppsikt record head 1', a line break and [seq,digest,at] as compact JSON."
)


def messages(dossier: Dossier) -> bytes:
    """messages.json."""
    return _file(_MESSAGES_ABOUT, cases=[_message(case) for case in dossier.cases])


def decisions(dossier: Dossier) -> bytes:
    """decisions.json."""
    cases = [
        {"case": case.number, "state": case.state}
        | {kind: [{"id": row.id, **row.values()} for row in case.of(kind)] for kind in DECISION_KINDS}
        for case in dossier.cases
    ]
    return _file(_DECISIONS_ABOUT, cases=cases)


def record(dossier: Dossier) -> bytes:
    """record.json."""
    rows = [row for case in dossier.cases for row in case.rows]
    signed = dossier.signed
    head = {
        "seq": signed.head.seq,
        "digest": signed.head.digest.hex(),
        "at": signed.head.at,
        "public": signed.public.hex(),
        "signature": signed.signature.hex(),
    }
    columns = {row.kind: {"words": list(row.words), "facts": list(row.facts)} for row in rows}
    proofs = [_proof(row) for row in rows]
    return _file(_RECORD_ABOUT, before=dossier.before.hex(), head=head, columns=columns, proofs=proofs)


def chain(entries: Iterable[Entry]) -> bytes:
    """chain.jsonl: one entry a line."""
    return b"".join(_line(entry) for entry in entries)


def _message(case: CaseRows) -> dict[str, object]:
    course = case.of("course")
    return {
        "case": case.number,
        "asked_for": case.asked,
        "flag": case.flag(),
        "course": course[0].values() if course else None,
        "reported_at": case.reports,
        "files": [asdict(file) for file in case.files],
    }


def _proof(row: Row) -> dict[str, object]:
    keys = {"words_key": row.words_key, "facts_key": row.facts_key}
    return {"kind": row.kind, "id": row.id, "seq": row.seq} | {
        name: None if key is None else key.hex() for name, key in keys.items()
    }


def _line(entry: Entry) -> bytes:
    words = None if entry.words is None else entry.words.hex()
    fields = [entry.seq, entry.kind, entry.subject, entry.at, entry.facts.hex(), words, entry.digest.hex()]
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _file(about: str, **fields: object) -> bytes:
    """Escaped to ASCII, so that no character of a message acts on whoever looks at it."""
    return (json.dumps({"format": FORMAT, "about": about, **fields}, indent=1) + "\n").encode("ascii")
