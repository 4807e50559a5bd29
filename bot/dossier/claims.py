"""What does a package say, in values that can be checked? JSON of a stranger's, held to its shape.

Whatever is missing or of another type is an error of one kind (`UnreadableError`), so that checking need not expect it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.core.chain import Entry, Head, Value
from bot.core.dossier import DECISION_KINDS, MESSAGE_KINDS
from bot.core.heads import SignedHead
from bot.dossier.contents import CHAIN, DECISIONS, FORMAT, MESSAGES, RECORD
from bot.dossier.packing import MANIFEST

_SHAPE = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)
Key = tuple[str, int]  # a row: kind and number


class UnreadableError(Exception):
    """A file of a package is not as ours are; str() is its name."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the package, of which cases, and what its files were then: size and SHA-256."""

    public: bytes
    made_at: datetime
    made_by: str
    reason: str
    cases: tuple[int, ...]
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a row hangs on: its entry and the keys, as far as they are there."""

    seq: int
    words_key: bytes | None
    facts_key: bytes | None


@dataclass(frozen=True, slots=True)
class Claims:
    """Rows as they are shown, what proves each, and where the record begins and ends."""

    rows: Mapping[Key, Mapping[str, Value]]
    cases: Mapping[Key, int]  # whose a row is
    proofs: Mapping[Key, Proof]
    columns: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # of a kind: words, facts
    before: bytes
    signed: SignedHead


def manifest_of(held: bytes) -> Manifest:
    """manifest.json; UnreadableError."""
    try:
        said = _ours(held)
        files = {name: (int(file["bytes"]), str(file["sha256"])) for name, file in said["files"].items()}
        return Manifest(
            _digits(said["public"], 32),
            _moment(said["made_at"]),
            str(said["made_by"]),
            str(said["reason"]),
            tuple(int(case) for case in said["cases"]),
            files,
        )
    except _SHAPE as problem:
        raise UnreadableError(MANIFEST) from problem


def claims_of(files: Mapping[str, bytes]) -> Claims:
    """messages.json, decisions.json and record.json, all of which must be there; UnreadableError."""
    name = MESSAGES
    try:
        shown = list(_messages(_ours(files[MESSAGES])))
        name = DECISIONS
        shown += _decisions(_ours(files[DECISIONS]))
        name = RECORD
        said = _ours(files[RECORD])
        columns = {kind: (_names(of["words"]), _names(of["facts"])) for kind, of in said["columns"].items()}
        rows = {key: row for key, _, row in shown}
        proofs = {(str(each["kind"]), int(each["id"])): _proof(each) for each in said["proofs"]}
        if len(rows) != len(shown) or len(proofs) != len(said["proofs"]):
            raise ValueError("a row or a proof stands there twice")
        cases = {key: case for key, case, _ in shown}
        return Claims(rows, cases, proofs, columns, _digits(said["before"], 32), _signed(said["head"]))
    except _SHAPE as problem:
        raise UnreadableError(name) from problem


def entries_of(held: bytes) -> Iterator[Entry]:
    """chain.jsonl, entry by entry; UnreadableError."""
    try:
        for line in held.splitlines():
            seq, kind, subject, at, facts, words, digest = json.loads(line)
            sealed = None if words is None else _digits(words, 32)
            yield Entry(
                int(seq), _words(kind), int(subject), _words(at), _digits(facts, 32), sealed, _digits(digest, 32)
            )
    except _SHAPE as problem:
        raise UnreadableError(CHAIN) from problem


def _messages(said: Any) -> Iterator[tuple[Key, int, dict[str, Value]]]:
    for case in said["cases"]:
        number = int(case["case"])
        for kind in MESSAGE_KINDS:
            if case[kind] is not None:
                yield (kind, number), number, _row(case[kind])


def _decisions(said: Any) -> Iterator[tuple[Key, int, dict[str, Value]]]:
    for case in said["cases"]:
        for kind in DECISION_KINDS:
            for each in case[kind]:
                yield (kind, int(each["id"])), int(case["case"]), _row({k: v for k, v in each.items() if k != "id"})


def _row(said: Any) -> dict[str, Value]:
    if not all(value is None or isinstance(value, str | int | float) for value in said.values()):
        raise ValueError("a row holds single values")
    return dict(said)


def _proof(said: Any) -> Proof:
    words, facts = (None if said[name] is None else _digits(said[name], 16) for name in ("words_key", "facts_key"))
    return Proof(int(said["seq"]), words, facts)


def _signed(said: Any) -> SignedHead:
    head = Head(int(said["seq"]), _digits(said["digest"], 32), _words(said["at"]))
    return SignedHead(head, _digits(said["public"], 32), _digits(said["signature"], 64))


def _ours(held: bytes) -> Any:
    said = json.loads(held)
    if said["format"] != FORMAT:
        raise ValueError("another format")
    return said


def _names(said: Any) -> tuple[str, ...]:
    return tuple(_words(name) for name in said)


def _words(said: Any) -> str:
    """A text that can be hashed: lone surrogates cannot, and none of ours holds them."""
    return str(said.encode().decode())


def _moment(written: Any) -> datetime:
    """One that a ZIP can hold."""
    found = datetime.fromisoformat(written)
    if not 1980 <= found.astimezone(UTC).year < 2100:
        raise ValueError("no moment of ours")
    return found


def _digits(written: Any, length: int) -> bytes:
    found = bytes.fromhex(written)
    if len(found) != length:
        raise ValueError("of another length")
    return found
