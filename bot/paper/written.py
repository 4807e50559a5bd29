"""How does a document become a file? HTML that needs nothing from elsewhere, or PDF; every text in it is harmless."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.core.display import displayable
from bot.paper.document import Document, Heading, Paragraph, Points, Quote, Table
from bot.paper.pdf import Pdf

LONGEST = 100_000  # characters of a text


def as_html(document: Document) -> bytes:
    """A page that stands alone: no script, no picture, nothing that is fetched; it prints as it reads."""
    kinds = [(type(block).__name__.lower(), block) for block in document.blocks]
    return _environment().get_template("document.html").render(document=document, blocks=kinds).encode()


def as_pdf(document: Document) -> bytes:
    """The same as PDF/A."""
    pdf = Pdf(document.title, document.at, document.language)
    for block in document.blocks:
        match block:
            case Heading(text, level):
                pdf.heading(text, level)
            case Paragraph(text, bold):
                pdf.paragraph(text, bold=bold)
            case Quote(text):
                pdf.quote(text)
            case Points(texts):
                pdf.points(texts)
            case Table(caption, head, rows, widths):
                pdf.paragraph(caption, bold=True)
                pdf.table(head, rows, widths)
    return pdf.bytes()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.paper"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["shown"] = lambda text: displayable(text, LONGEST)
    return environment
