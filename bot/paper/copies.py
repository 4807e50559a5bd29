"""What does the copy look like that is handed out? A cover with the grounds, then the cases, as HTML, PDF or text.

It is made of what is shown alone: a masked text does not get here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config import ZONE
from bot.core.disclosure import BLOCK, Line, tally
from bot.paper.page import page
from bot.paper.pdf import Pdf

READING = (
    f"{BLOCK} betyder att något är maskerat. Siffran efter säger på vilken grund, se tabellen.",
    "Vem som har rapporterat något är inte med.",
    "Maskinens bedömning är en gissning av ett program. Varje beslut är fattat av en människa.",
    "⟦ och ⟧ står för dubbla hakparenteser i det som skrevs.",
)
REMEDY = (
    "Är du inte nöjd med det du har fått kan du begära ett skriftligt beslut av kommunen (6 kap. 3 § OSL). Beslutet "
    "går att överklaga till kammarrätten (2 kap. 19 § TF, 6 kap. 7 § OSL). Överklagandet lämnas till kommunen, och ska "
    "ha kommit in inom tre veckor från den dag då du fick del av beslutet (43 och 44 §§ förvaltningslagen)."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is handed out: the shown lines by case, the grounds with how often each masks something."""

    cases: Sequence[tuple[int, Sequence[tuple[str, str]]]]  # number; label, text as it is shown
    grounds: Sequence[tuple[int, str, int]]
    reviewer: str
    authority: str  # empty where the configuration does not say
    at: datetime

    @property
    def title(self) -> str:
        numbers = ", ".join(str(number) for number, _ in self.cases)
        return f"Kopia av ärende {numbers}"

    @property
    def origin(self) -> str:
        """By whom and when it was made, in a sentence."""
        by = f"Prövad av {self.reviewer}" + (f", {self.authority}" if self.authority else "")
        return (
            f"{by}. Gjord {self.at.astimezone(ZONE):%Y-%m-%d %H:%M}, med stöd av 2 kap. tryckfrihetsförordningen (TF)."
        )


def copy_of(lines: Sequence[Line], grounds: Mapping[int, str], reviewer: str, authority: str, at: datetime) -> Copy:
    """The copy of lines that have been reviewed."""
    shown: dict[int, list[tuple[str, str]]] = {}
    for line in lines:
        shown.setdefault(line.case, []).append((line.label, line.shown))
    used = [(number, grounds[number], count) for number, count in tally(lines).items()]
    return Copy(list(shown.items()), used, reviewer, authority, at)


def to_html(copy: Copy) -> bytes:
    """As a page of its own, for a screen or a printer."""
    return page("copy.html", copy=copy, reading=READING, remedy=REMEDY).encode()


def to_pdf(copy: Copy) -> bytes:
    """As PDF."""
    pdf = Pdf(copy.title, copy.at)
    pdf.heading(copy.title)
    pdf.paragraph(copy.origin)
    pdf.heading("Så läser du kopian", 2)
    pdf.points(READING)
    pdf.heading("Vad som är maskerat, och på vilken grund", 2)
    if copy.grounds:
        rows = [(str(number), ground, str(count)) for number, ground, count in copy.grounds]
        pdf.table(("Nr", "Grund", "Antal"), rows, (1, 10, 2))
    else:
        pdf.paragraph("Ingenting är maskerat.")
    pdf.heading("Om du inte är nöjd", 2)
    pdf.paragraph(REMEDY)
    for number, rows_of in copy.cases:
        pdf.heading(f"Ärende {number}", 2)
        for label, text in rows_of:
            pdf.paragraph(f"{label}: {text}")
    return pdf.bytes()


def to_text(copy: Copy) -> bytes:
    """As plain text."""
    used = [f"({number}) {ground}: {count} st." for number, ground, count in copy.grounds] or ["Ingenting är maskerat."]
    head = [copy.title, copy.origin, "", *READING, "", "Grunder:", *used, "", REMEDY]
    body = [row for number, rows in copy.cases
            for row in ("", f"Ärende {number}", *(f"{label}: {text}" for label, text in rows))]  # fmt: skip
    return ("\n".join([*head, *body]) + "\n").encode()


FORMATS: Mapping[str, Callable[[Copy], bytes]] = {".html": to_html, ".pdf": to_pdf, ".txt": to_text}
