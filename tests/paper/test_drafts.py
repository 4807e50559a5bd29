"""Does a draft say after an editor what it said before, whatever the texts, and is a mask never lost on the way?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.disclosure import BLOCK, Line, Mask, digest, shown_elsewhere
from bot.core.redacting import Why
from bot.paper.case_lines import written
from bot.paper.drafts import draft_of, from_text, marked, to_text, unmarked
from tests.builders import NOW

TEXTS = st.text(alphabet="ab[]|?12 \n\t\u2028é\u0301", max_size=40) | st.text(max_size=60)


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """Lines of a case, with masks anywhere in them."""
    rows = [row for text in draw(st.lists(TEXTS, min_size=1, max_size=3)) for row in written(text)]
    return [Line(7, number, "Text", row, _masks(draw, row)) for number, row in enumerate(rows, 1)]


def _masks(draw: st.DrawFn, row: str) -> tuple[Mask, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, len(row)), max_size=4)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Mask(start, end, draw(st.integers(0, 4)), draw(st.booleans())) for start, end in pairs)


@settings(max_examples=300)
@given(lines())
def test_a_draft_comes_back_with_its_words_and_as_many_masks(given_lines: list[Line]) -> None:
    """Brackets, bars and digits in a text are never taken for the draft's own: the words stay, none is unmasked."""
    made = draft_of(given_lines, NOW)
    back = from_text(to_text(made))
    assert digest(back.lines) == digest(given_lines) == made.check
    assert (back.cases, back.made_at, back.grounds) == (made.cases, made.made_at, made.grounds)
    for line, other in zip(given_lines, back.lines, strict=True):
        assert [(m.ground, m.sure) for m in other.masks] == [(m.ground, m.sure) for m in line.masks]


@given(TEXTS)
def test_a_line_is_as_an_editor_leaves_it(text: str) -> None:
    """No line break, tab or blank at its end that an editor could take away."""
    for row in written(text):
        assert row == row.rstrip()
        assert not set(row) & set("\n\r\t\u2028\u2029")
        assert "[[" not in row
        assert "]]" not in row


def test_what_is_masked_is_a_block_of_one_length_with_its_ground() -> None:
    """How long a name was is not told."""
    line = Line(1, 1, "Text", "Anna och Bo", (Mask(0, 4, 1, True), Mask(9, 11, 2, True)))
    assert line.shown == f"{BLOCK} (1) och {BLOCK} (2)"
    assert unmarked(marked(line), "1.01") == (line.text, line.masks)


def test_a_name_that_is_masked_in_one_line_is_found_in_another() -> None:
    """In whole or by one of its words, in either case; a word that only begins like it is another."""
    first = Line(1, 1, "Text", "Anna Berg", (Mask(0, 9, 1, True, Why.NAME),))
    for text, hit in (("om anna berg", True), ("fru Berg", True), ("Bergen är fint", False), ("Ann", False)):
        assert bool(shown_elsewhere([first, Line(1, 2, "Text", text)])) == hit
    assert shown_elsewhere([replace(first, masks=())]) == []
