"""How do retention, its proofs and what is held look in a terminal? Tables, in the words of whoever keeps records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.dates import format_datetime
from rich.table import Table
from rich.text import Text

from bot.core.retention import NO_BASIS, RecordClass, Retention
from bot.locales import speak
from bot.store.forgetting import Proof
from bot.store.holds import Hold
from bot.terminal import ZONE, heading, visible

NUMBERS = ("retention-days", "retention-count")  # columns that are set to the right


def due_table(due: Mapping[RecordClass, int], rules: Retention, languages: Sequence[str]) -> Table:
    """Each class with its days, how much of it is due now, and by which decision it goes."""
    table = _table(languages, "retention-due", "retention-class", *NUMBERS, "retention-basis")
    for record, count in due.items():
        table.add_row(*_row(languages, record, str(rules.days(record)), str(count), rules.reason(record)))
    return table


def proof_table(proofs: Sequence[Proof], languages: Sequence[str]) -> Table:
    """What was forgotten, month by month."""
    table = _table(
        languages, "retention-proofs", "retention-month", "retention-class", "retention-count", "retention-basis"
    )
    for each in proofs:
        record, count, basis = _row(languages, RecordClass(each.record), str(each.count), each.reason)
        table.add_row(each.month, record, count, basis)
    return table


def hold_table(holds: Sequence[Hold], languages: Sequence[str]) -> Table:
    """What is held, since when, by whom and why."""
    table = _table(languages, "holds-title", "holds-case", "holds-since", "holds-by", "holds-reason")
    for each in holds:
        since = format_datetime(each.since, "d MMM y", tzinfo=ZONE, locale=languages[0])
        table.add_row(str(each.case), since, Text(visible(each.by)), Text(visible(each.reason)))
    return table


def _table(languages: Sequence[str], title: str, *columns: str) -> Table:
    table = Table(title=heading(languages[:1], title), title_justify="left", pad_edge=False)
    for key in columns:
        table.add_column(heading(languages, key), justify="right" if key in NUMBERS else "left", overflow="fold")
    return table


def _row(languages: Sequence[str], record: RecordClass, *cells: str) -> list[str | Text]:
    """The class in words, figures as they are, and the decision last."""
    *figures, basis = cells
    say = speak(languages[0])
    words = say("retention-no-basis") if basis == NO_BASIS else visible(basis)
    return [Text(say(f"record-{record}")), *figures, Text(words)]
