"""How does a document become a PDF that an archive takes? Headings, paragraphs, points and tables, on A4, as PDF/A-2u.

What is written may be hostile: it is shown as a screen shows it (core/display.py), and what the font has no sign for
is named by its code point. The same content at the same moment gives the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import DocumentCompliance
from fpdf.fonts import FontFace

from bot.core.display import displayable

FAMILY = "DejaVu"
MARGIN, FOOT = 20.0, 18.0  # mm
BODY, SMALL = 10.0, 8.5  # points
HEADINGS = (18.0, 13.0, 11.0)  # points, by level
LINE = 1.45  # of the font's size
WIDEST = 3.2  # mm that a small letter takes at most
ROW_LINES = 40  # of a table's cell: one that is higher than a page cannot be drawn
INK, SOFT, RULES = (27, 27, 31), (236, 237, 240), (150, 151, 158)
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells which letters were used; logs hold no texts
_POINT = 25.4 / 72  # mm
_PAGES = "\u2060\u200b\u2060"  # stands for the number of pages: `displayable` lets none of these through


class Pdf:
    """A document in the making; `bytes()` ends it.

    `title` and `language` (such as `sv`) are told to whoever reads it aloud; `at` is the only moment in the file.
    """

    def __init__(self, title: str, at: datetime, language: str = "sv") -> None:
        self._sheet = _Sheet(displayable(title, 200))
        self._sheet.set_lang(language)
        self._sheet.set_creation_date(at)
        self._sheet.add_page()

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1, 2 or 3; it is never left alone at the foot of a page."""
        size = HEADINGS[level - 1]
        if self._sheet.will_page_break(size * _POINT * LINE + 4 * BODY * _POINT * LINE):
            self._sheet.add_page()
        elif level > 1:
            self._sheet.ln(BODY * _POINT * 0.8)
        self._sheet.start_section(shown(text, 300), level=level - 1, strict=False)
        self._write(text, size, bold=True)
        self._sheet.ln(BODY * _POINT * 0.3)

    def paragraph(self, text: str, *, bold: bool = False, small: bool = False) -> None:
        """Some words; line breaks in them stay."""
        self._write(text, SMALL if small else BODY, bold=bold)
        self._sheet.ln(BODY * _POINT * 0.5)

    def quote(self, text: str) -> None:
        """Somebody else's words, with a line beside them; line breaks in them stay."""
        indent = 4.0
        self._sheet.set_left_margin(MARGIN + indent)
        for row in text.splitlines() or [""]:
            page, top = self._sheet.page_no(), self._sheet.get_y()
            self._sheet.set_x(MARGIN + indent)
            self._write(row or " ", BODY)
            begins = top if self._sheet.page_no() == page else MARGIN
            self._sheet.line(MARGIN + 1, begins, MARGIN + 1, self._sheet.get_y())
        self._sheet.set_left_margin(MARGIN)
        self._sheet.set_x(MARGIN)
        self._sheet.ln(BODY * _POINT * 0.8)

    def points(self, texts: Iterable[str]) -> None:
        """A list, each with a dot before it."""
        indent = 5.0
        for text in texts:
            self._sheet.set_font(FAMILY, size=BODY)
            self._sheet.cell(indent, BODY * _POINT * LINE, "•")
            self._sheet.set_left_margin(MARGIN + indent)
            self._write(text, BODY)
            self._sheet.set_left_margin(MARGIN)
            self._sheet.set_x(MARGIN)
        self._sheet.ln(BODY * _POINT * 0.5)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float] = ()) -> None:
        """A table whose head stands on every page; `widths` are shares. A cell that no page could hold is cut."""
        shares = widths or [1.0] * len(head)
        room = [int(ROW_LINES * self._sheet.epw * share / sum(shares) / WIDEST) for share in shares]
        self._sheet.set_font(FAMILY, size=SMALL)
        bold = FontFace(emphasis="BOLD", fill_color=SOFT)
        with self._sheet.table(
            col_widths=tuple(shares), headings_style=bold, text_align="LEFT", line_height=SMALL * _POINT * LINE,
            borders_layout="HORIZONTAL_LINES", padding=1,
        ) as table:  # fmt: skip
            for cells in (head, *rows):
                row = table.row()
                for cell, most in zip(cells, room, strict=True):
                    row.cell(shown(" ".join(cell.split()), most))
        self._sheet.ln(BODY * _POINT)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._sheet.output())

    def _write(self, text: str, size: float, *, bold: bool = False) -> None:
        self._sheet.set_font(FAMILY, "B" if bold else "", size)
        self._sheet.multi_cell(0, size * _POINT * LINE, shown(text, 100_000), align="L", new_x="LMARGIN", new_y="NEXT")


class _Sheet(FPDF):
    """A4 with the page's number at its foot."""

    def __init__(self, title: str) -> None:
        super().__init__(enforce_compliance=DocumentCompliance.PDFA_2U)
        for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font(FAMILY, style, _font(name))
        self.set_title(title)
        self.set_producer("Uppsikt")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + FOOT / 2)
        self.set_text_color(*INK)
        self.set_draw_color(*RULES)
        self.set_line_width(0.15)
        self.alias_nb_pages(_PAGES)

    def footer(self) -> None:
        """The page's number and how many there are, as Swedish offices write it: 1 (3)."""
        self.set_y(-FOOT)
        self.set_font(FAMILY, size=SMALL)
        self.cell(0, 8, f"{self.page_no()} ({_PAGES})", align="C")


def shown(text: str, longest: int) -> str:
    """A text as the font can show it; a sign that it lacks becomes its code point, such as [U+1F9A0]."""
    known = _signs()
    return "".join(
        c if c in "\n" or ord(c) in known else f"[U+{ord(c):04X}]"
        for c in displayable(text, longest).replace("\t", "    ")
    )


def _font(name: str) -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """What both fonts can show."""
    return _signs_of("DejaVuSans.ttf") & _signs_of("DejaVuSans-Bold.ttf")


def _signs_of(name: str) -> frozenset[int]:
    with TTFont(_font(name), lazy=True) as file:
        return frozenset(file.getBestCmap() or {})
