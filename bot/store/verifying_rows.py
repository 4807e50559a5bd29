"""Is every row as it was recorded, and is each of them recorded? And was what is gone removed by a deed that says so?

Each kind of entry is read beside its table, in the order of an index, so that it costs the same for each entry however
many there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from sqlite_utils import Database

from bot.core.chain import seal
from bot.core.verification import Finding, What
from bot.store.covered import COVERED, Covered


def rows(db: Database) -> Iterator[Finding]:
    """The rows that are recorded. Deeds first: they say what may be gone."""
    deeds = [covered for covered in COVERED if covered.kind == "deed"]
    found = list(chain.from_iterable(_of_kind(db, covered, set(), set()) for covered in deeds))
    yield from found
    words, rows = _gone(db, {finding.row for finding in found})
    for covered in COVERED:
        if covered.kind != "deed":
            gone = rows.get(covered.kind, set())
            yield from _of_kind(db, covered, words.get(covered.kind, set()) | gone, gone)


def _gone(db: Database, doubtful: Collection[int | None]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Whose words, and which rows, were removed by deeds that are as they were recorded."""
    gone: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
    for number, written in db.execute("SELECT id, facts FROM deeds WHERE facts LIKE '%\"words\"%'"):
        facts = json.loads(written) if number not in doubtful else {}
        for place, name in zip(gone, ("words", "rows"), strict=True):
            listed: Mapping[str, Sequence[int]] = facts.get(name) or {}
            for kind, numbers in listed.items():
                place.setdefault(kind, set()).update(numbers)
    return gone


def _of_kind(db: Database, covered: Covered, words_gone: set[int], rows_gone: set[int]) -> Iterator[Finding]:
    table, spoken = covered.table, len(covered.words)
    entries = db.execute(
        f"""SELECT record.seq, record.subject, record.facts, record.words, record.facts_key, record.words_key,
        there.{covered.id} IS NULL,
        {covered.values("there.")} FROM record LEFT JOIN {table} AS there ON there.{covered.id} = record.subject
        WHERE record.kind = ? ORDER BY record.subject, record.seq""",  # noqa: S608  # fixed texts
        [covered.kind],
    )
    for row, after in pairwise(chain(map(tuple, entries), [None])):
        assert row is not None
        if (what := _what(row, spoken, after is None or after[1] != row[1], words_gone, rows_gone)) is not None:
            yield Finding(what, row[0], table=table, row=row[1])
    unknown = db.execute(
        f"""SELECT there.{covered.id} FROM {table} AS there WHERE {covered.inserts.format(row="there.")}
        AND NOT EXISTS (SELECT 1 FROM record WHERE kind = ? AND subject = there.{covered.id})""",  # noqa: S608
        [covered.kind],
    )
    for row in unknown:
        yield Finding(What.ADDED, table=table, row=row[0])


def _what(row: tuple[Any, ...], spoken: int, is_last: bool, words_gone: set[int], rows_gone: set[int]) -> What | None:
    """What does not hold of an entry and its row; of a row's earlier entries, only their words are still true of it."""
    _, subject, facts, words, facts_key, words_key, is_missing = row[:7]
    values = row[8:]
    if is_missing:
        return None if subject in rows_gone else What.MISSING
    if (words is None) != (spoken == 0):
        return What.ENTRY
    if words_key is None and spoken and subject not in words_gone:
        return What.KEY
    if facts_key is None and subject not in rows_gone:
        return What.KEY
    if words_key is not None and spoken and seal(words_key, values[:spoken]) != words:
        return What.WORDS
    if is_last and facts_key is not None and seal(facts_key, values[spoken:]) != facts:
        return What.FACTS
    return None
