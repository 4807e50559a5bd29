"""Which deeds does a backup lack? Those after it, and of another course of events only what both have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.deeds import Gone
from bot.core.ledger import BACKUP, DEED, RESTORE, Later, Line, backup_named, backup_of, later_than, read_line

AT = "2026-01-26T08:00:00.000+00:00"
ROWS = st.dictionaries(
    st.sampled_from(["flag", "report"]), st.lists(st.integers(1, 99), min_size=1, unique=True).map(tuple)
)


def backup(seq: int, name: str = "a", **slots: object) -> Line:
    return Line(BACKUP, AT, seq, f"{seq:064x}", name=name, folder="/f", sha256=name * 64, covers=seq, **slots)  # type: ignore[arg-type]


def deed(seq: int, *flags: int) -> Line:
    return Line(DEED, AT, seq, "", "forgetting", Gone({"flag": flags}))


def restore(to: int) -> Line:
    return Line(RESTORE, AT, 99, "", covers=to)


@given(ROWS, ROWS, st.lists(st.integers(1, 9)).map(tuple))
def test_a_line_is_read_as_it_was_written(words: dict[str, tuple[int, ...]], rows: dict[str, tuple[int, ...]],
                                          cases: tuple[int, ...]) -> None:  # fmt: skip
    line = Line(DEED, AT, 7, "ab", "erasure", Gone(words, rows), cases, (3,), ("code",))
    found = read_line(line.written())
    assert found is not None
    assert found.gone.facts() == line.gone.facts()
    assert (found.seq, found.cases, found.reports, found.persons) == (7, cases, (3,), ("code",))


@given(st.integers(0, 200))
def test_a_line_that_broke_off_is_none(length: int) -> None:
    whole = deed(7, 1, 2, 3).written()
    assert read_line(whole[: min(length, len(whole) - 1)]) is None


def test_what_is_no_line_is_none() -> None:
    assert [read_line(each) for each in ("", "[]", "3", "null", "{}", '{"what": "deed"}', "\x00")] == [None] * 7


def test_deeds_before_a_backup_are_in_it_and_those_after_are_not() -> None:
    made = backup(10)
    lines = [deed(5, 1), deed(9, 2), made, deed(10, 3), deed(20, 4)]
    assert later_than(lines, made) == [Later(lines[3], None), Later(lines[4], None)]


def test_a_deed_while_the_backup_was_made_is_not_in_it() -> None:
    made = backup(10)
    assert later_than([deed(9, 1), deed(12, 2), made], made) == [Later(deed(12, 2), None)]


def test_after_a_restore_only_rows_from_before_the_parting_are_meant() -> None:
    made = backup(50)
    lines = [made, deed(60, 1), restore(30), deed(31, 2), restore(20), deed(25, 3)]
    assert later_than(lines, made) == [Later(deed(60, 1), None), Later(deed(31, 2), 30), Later(deed(25, 3), 20)]


def test_a_backup_of_after_a_restore_knows_nothing_of_the_course_before_it() -> None:
    made = backup(12)
    assert later_than([deed(60, 1), restore(10), deed(11, 2), made, deed(13, 3)], made) == [Later(deed(13, 3), None)]


def test_a_backup_is_known_by_its_content_or_by_where_its_record_ends() -> None:
    lines = [backup(1, "a"), backup(2, "b"), backup(2, "c")]
    assert backup_of(lines, "a" * 64, f"{2:064x}") == lines[0]
    assert backup_of(lines, "", f"{2:064x}") == lines[2]
    assert backup_of(lines, "", "") is None
    assert backup_named(lines, "b", "/f") == lines[1]
    assert backup_named(lines, "b", "/elsewhere") is None
