"""Filters in an address, the shape of a text, and what a timeline may show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import UNDO, Case, can_undo
from bot.core.desk_listing import Age, Key, Mine, Pile, Unclear, Wanted, wanted
from bot.core.flags import State, Step
from bot.core.shape import BLOCK, marked, shape
from classifier.verdict import MOTIVES, TARGETS, Span
from tests.builders import NOW, decision, flag

KEYS = st.builds(Key, st.integers(-(10**15), 10**15), st.integers(0, 10**17))
WANTED = st.builds(
    Wanted,
    st.sampled_from(Pile),
    st.sampled_from(("", *MOTIVES)),
    st.sampled_from(("", *TARGETS)),
    st.booleans(),
    st.sampled_from(("", "100", "#torget")),
    st.booleans(),
    st.none() | st.sampled_from(Age),
    st.none() | st.sampled_from(Mine),
    st.none() | KEYS,
)
NAMES = ("pile", "motive", "target", "threat", "channel", "reported", "age", "mine", "after")


@given(WANTED)
def test_what_an_address_of_ours_says_is_what_was_wanted(one: Wanted) -> None:
    """Written into an address and read back, nothing is lost."""
    assert wanted(one.query()) == one
    assert wanted(one.query(first=True)).after is None


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_any_address_is_read_or_refused(query: Mapping[str, str]) -> None:
    """Whatever is typed: filters, or one error that names the field."""
    try:
        assert isinstance(wanted(query), Wanted)
    except Unclear as problem:
        assert problem.what in NAMES


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=5))
def test_a_shape_holds_no_letter_of_its_text(text: str, places: list[tuple[int, int]]) -> None:
    """Blocks alone, however the text is made; and shown, the pieces are the text again."""
    spans = [Span(start, start + length, 0.5) for start, length in places]
    assert set("".join(piece.text for piece in shape(text, spans, 20).pieces)) <= {BLOCK}
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_a_shape_says_how_many_words_there_are_and_which_weighed() -> None:
    """Also of those that are not shown."""
    found = shape("ett två tre fyra", [Span(4, 7, 0.9)], 2)
    assert [(piece.text, piece.weight) for piece in found.pieces] == [(BLOCK * 3, None), (BLOCK * 3, 0.9)]
    assert (found.words, found.weighed, found.cut) == (4, 1, True)


@pytest.mark.parametrize(
    ("who", "after", "state", "expected"),
    [
        ("Maja", timedelta(), State.UPHELD, True),
        ("Maja", UNDO, State.UPHELD, True),
        ("Maja", UNDO + timedelta(milliseconds=1), State.UPHELD, False),
        ("Maja", -timedelta(seconds=1), State.UPHELD, False),
        ("Karin", timedelta(), State.UPHELD, False),
        ("Maja", timedelta(), State.PENDING, False),
    ],
)
def test_only_ones_own_last_decision_of_a_moment_ago_is_undone(
    who: str, after: timedelta, state: State, *, expected: bool
) -> None:
    """By the same person, within ten seconds, while it stands."""
    case = Case(1, flag(), state, decision(1, Step.UPHOLD, "Maja"))
    assert can_undo(case, who, NOW + after) is expected
