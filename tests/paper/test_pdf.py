"""A PDF says what was written, reads the same each time, and no text can break it."""

from __future__ import annotations

import io
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.paper.pdf import Pdf
from tests.builders import NOW


def written(*paragraphs: str) -> bytes:
    """A PDF with a heading and some paragraphs."""
    pdf = Pdf("Prov", NOW)
    pdf.heading("Prov")
    for each in paragraphs:
        pdf.paragraph(each)
    return pdf.bytes()


def text_of(content: bytes) -> str:
    """What a reader finds in it."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_what_is_written_can_be_read_and_searched() -> None:
    """Headings, paragraphs, points and tables come out as words, with Swedish letters, pages numbered."""
    pdf = Pdf("Åtgärder", NOW)
    pdf.heading("Åtgärder")
    pdf.paragraph("Räksmörgås, {nb} stycken.")
    pdf.points(["först", "sedan"])
    pdf.table(["Ärende", "När"], [["1", "i går"], ["2", "i dag"]], [1, 3])
    text = text_of(pdf.bytes())
    for each in ("Åtgärder", "Räksmörgås, {nb} stycken.", "• först", "Ärende", "i dag", "1 (1)"):
        assert each in text


def test_it_is_what_an_archive_takes_and_tells_its_language() -> None:
    """PDF/A-2u with title and language, so that it can be kept and read aloud."""
    read = PdfReader(io.BytesIO(written("ord")))
    root = read.trailer["/Root"]
    assert root["/Lang"] == "sv"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "Prov" in metadata


def test_the_same_words_give_the_same_bytes() -> None:
    """Nothing in the file tells when or where it was written, but the moment it was given."""
    assert written("samma ord") == written("samma ord")


def test_what_the_font_lacks_is_named_and_logged_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """A sign without a glyph becomes its code point; no log tells which letters a text has."""
    with caplog.at_level(logging.DEBUG):
        assert "[U+1F9A0]" in text_of(written("smitta \N{MICROBE}"))
    assert "1F9A0" not in caplog.text
    assert "glyph" not in caplog.text.lower()


def test_a_table_is_drawn_whatever_its_cells_hold() -> None:
    """A cell higher than a page is cut; a head stands on every page; a table without rows is its head."""
    pdf = Pdf("Prov", NOW)
    pdf.table(["a", "bred"], [["W" * 100_000, "rad\n" * 50_000], *[["1", "två"]] * 200], [1, 9])
    pdf.table(["ensam"], [])
    pages = PdfReader(io.BytesIO(pdf.bytes())).pages
    assert len(pages) > 3
    assert "bred" in pages[2].extract_text()
    assert "ensam" in pages[-1].extract_text()


HOSTILE = ("e" + "\u0301" * 10_000, "\u202e\u2066bak\u2069", "\x00\x1b[31m\x7f", "\u2060\u200b\u2060", "**x** {nb}",
           "\ud800", "\U0001f1f8\U0001f1ea", "x" * 50_000, "\n" * 500, "")  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_out_harmless(text: str) -> None:
    """Piled marks, turned text, control characters and lone surrogates: a readable file, and no more."""
    shown = text_of(written("före", text, "efter"))
    assert "före" in shown
    assert "efter" in shown
    assert not set(shown) & set("\u202e\u2066\x00\x1b")


@settings(max_examples=12)
@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    """Any text at all can be a heading, a paragraph, a point and a cell."""
    pdf = Pdf(text, NOW)
    pdf.heading(text, 2)
    pdf.paragraph(text)
    pdf.points([text])
    pdf.table([text], [[text]])
    assert pdf.bytes().startswith(b"%PDF-")
