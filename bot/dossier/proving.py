"""Is each row what was recorded, and does the record lead to the head that is signed? Without the database.

A row's newest entry holds seals of its values; each entry's digest follows from the one before; the last is the head's.
Who would change a row has to change its entry, every digest after it, and the signature over the last.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.chain import Entry, Value, seal
from bot.core.findings import Finding
from bot.dossier.claims import Claims, Key, Proof, UnreadableError, entries_of
from bot.keys.signing import is_signed


def unproven(claims: Claims, chain: bytes) -> Iterator[Finding]:
    """What does not hold, in the order of the record; UnreadableError is among the findings where it comes."""
    newest: dict[Key, Entry] = {}
    yield from _broken(claims, chain, newest)
    if not is_signed(claims.signed.head.written(), claims.signed.signature, claims.signed.public):
        yield Finding("head-unsigned")
    for key in sorted(claims.rows.keys() - claims.proofs.keys()):
        yield Finding("row-unproven", _where(claims, key))
    for key in sorted(claims.proofs.keys() - claims.rows.keys()):
        yield Finding("row-removed", _where(claims, key))
    for key in sorted(claims.rows.keys() & claims.proofs.keys()):
        yield from _row(claims, key, claims.proofs[key], newest.get(key))


def _broken(claims: Claims, chain: bytes, newest: dict[Key, Entry]) -> Iterator[Finding]:
    """Where the chain does not hold; which entry is the newest of each row is noted on the way."""
    before, seq = claims.before, None
    try:
        for entry in entries_of(chain):
            if seq is not None and entry.seq != seq + 1:
                yield Finding("chain-order", {"seq": entry.seq})
            elif not entry.follows(before):
                yield Finding("chain-broken", {"seq": entry.seq})
            before, seq = entry.digest, entry.seq
            if (entry.kind, entry.subject) in claims.rows:
                newest[entry.kind, entry.subject] = entry
    except UnreadableError as problem:
        yield Finding("file-unreadable", {"name": str(problem)})
    if (seq, before) != (claims.signed.head.seq, claims.signed.head.digest):
        yield Finding("chain-end", {"seq": claims.signed.head.seq})


def _row(claims: Claims, key: Key, proof: Proof, entry: Entry | None) -> Iterator[Finding]:
    where = _where(claims, key)
    if entry is None or entry.seq != proof.seq:
        yield Finding("row-elsewhere", where)
        return
    row = claims.rows[key]
    words, facts = claims.columns.get(key[0], ((), ()))
    if {*words, *facts} != set(row):
        yield Finding("row-columns", where)
        return
    yield from _sealed("words", entry.words, proof.words_key, [row[name] for name in words], where)
    yield from _sealed("facts", entry.facts, proof.facts_key, [row[name] for name in facts], where)


def _sealed(
    what: str, sealed: bytes | None, key: bytes | None, values: list[Value], where: dict[str, object]
) -> Iterator[Finding]:
    """Whether these are the values that were sealed. A key that is gone went with something that had to be forgotten:
    what is there all the same hangs on the manifest's signature alone."""
    if key is None:
        if any(value not in (None, "", "[]") for value in values):
            yield Finding(f"{what}-keyless", where)
    elif sealed is None or not _is_seal(sealed, key, values):
        yield Finding(f"{what}-changed", where)


def _is_seal(sealed: bytes, key: bytes, values: list[Value]) -> bool:
    try:
        return seal(key, values) == sealed
    except (ValueError, OverflowError):  # not a number, or one that no database holds
        return False


def _where(claims: Claims, key: Key) -> dict[str, object]:
    kind, number = key
    return {"kind": kind, "id": number, "case": claims.cases.get(key, number if kind in ("flag", "course") else 0)}
