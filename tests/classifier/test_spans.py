"""Which words spoke for a flag, told in the text as it was given; any text has a language or none."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from classifier.language import language
from classifier.prepare import Prepared, prepare
from classifier.spans import LEAST, MOST, spans_of
from classifier.verdict import Span


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    code, unread = language(prepare(text).text)
    assert 2 <= len(code) <= 3
    assert isinstance(unread, bool)


def pieces(text: str) -> list[tuple[int, int]]:
    """A tokenizer's offsets: pieces of three characters."""
    return [(i, min(i + 3, len(text))) for i in range(0, len(text), 3)]


@given(st.text("ab \n", max_size=60), st.data())
def test_spans_lie_in_the_text_in_order_with_shares_of_what_spoke(text: str, data: st.DataObject) -> None:
    offsets = pieces(text)
    floats = st.floats(-2, 2, allow_nan=False)
    weights = data.draw(st.lists(floats, min_size=len(offsets), max_size=len(offsets)))
    spans = spans_of(Prepared(text), offsets, weights)
    assert len(spans) <= MOST
    assert all(0 <= span.start < span.end <= len(text) and 0 < span.weight <= 1 for span in spans)
    assert all(one.end < other.start for one, other in itertools.pairwise(spans))
    assert sum(span.weight for span in spans) <= 1 + 1e-6


def test_the_words_that_spoke_are_told_as_they_were_written() -> None:
    prepared = prepare("du är en i d i o t på torget")
    assert prepared.text == "du är en idiot på torget"
    offsets = [(0, 2), (2, 5), (5, 8), (8, 11), (11, 14), (14, 17), (17, 24)]
    spans = spans_of(prepared, offsets, [0, 0, 0, 0.6, 0.4, 0, 0])
    assert spans == (Span(9, 18, 1.0),)


def test_neighbours_are_one_span_and_noise_is_none() -> None:
    text = "ett två tre fyra fem"
    offsets = [(0, 3), (3, 7), (7, 11), (11, 16), (16, 20)]
    spans = spans_of(Prepared(text), offsets, [0.5, 0.5, LEAST / 3, 0.0, 0.4])
    assert [text[span.start : span.end] for span in spans] == ["ett två", "fem"]


def test_nothing_that_spoke_is_no_span() -> None:
    assert spans_of(Prepared("hej du"), [(0, 3), (3, 6)], [-1.0, -0.2]) == ()
    assert spans_of(Prepared(""), [], []) == ()
