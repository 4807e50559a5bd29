"""What does a month's statement say? Figures in Swedish, and how they are counted: nobody's name.

It is the municipality's own account, so that small numbers stand as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from bot.clock_words import kind_words, regime_words, span
from bot.config import ZONE
from bot.core.agreement import trust
from bot.core.anchors import Anchor
from bot.core.clock import Stage
from bot.core.supervision import Category, Counts, Supervision, Times
from bot.keys.signing import fingerprint
from bot.locales import speak
from bot.paper.document import Block, Document, Heading, Paragraph, Points, Table

LANGUAGE = "sv"
say = speak(LANGUAGE)
NONE = "–"


@dataclass(frozen=True, slots=True)
class Made:
    """Who made it, when, and the head of the record then; None where nothing is on record."""

    by: str
    at: datetime
    anchor: Anchor | None
    is_over: bool = True  # the month


def statement(found: Supervision, made: Made) -> Document:
    """The whole document."""
    title = say("supervision-title", month=format_date(found.period.since, "LLLL y", locale=LANGUAGE))
    parts = (_about, _done, _times, _decided, _appeals, _outages, _tuning, _agreement, _deeds)
    blocks = [block for part in parts for block in part(found)]
    return Document(title, made.at, (Heading(title, 1), *_made(made), *blocks, *_counted(), *_signed(made)))


def _made(made: Made) -> Iterator[Block]:
    yield Paragraph(say("supervision-made", by=made.by, at=_moment(made.at)))
    if not made.is_over:
        yield Paragraph(say("supervision-unfinished"), bold=True)


def _about(found: Supervision) -> Iterator[Block]:
    yield Heading(say("supervision-about"))
    yield Paragraph(say("supervision-duty"))
    yield Paragraph(regime_words(found.rules.regime, say))
    yield Paragraph(say("supervision-both"))


def _done(found: Supervision) -> Iterator[Block]:
    counts = found.counts
    yield Heading(say("supervision-done"))
    shown = [each.name for each in fields(Counts) if isinstance(getattr(counts, each.name), int)]
    rows = [[say("supervision-n-" + name), _number(getattr(counts, name))] for name in shown if name not in _ELSEWHERE]
    yield Table(say("supervision-done-table"), _head("what", "n"), rows, (4, 1))


_ELSEWHERE = ("appeals", "proposed", "applied", "recalibrations")  # in parts of their own


def _times(found: Supervision) -> Iterator[Block]:
    yield Heading(say("supervision-times"))
    rows = [*found.categories, found.total]
    limits = [[_kind(each), _limit(each), *map(_number, (each.decided, each.within, each.late, each.open,
               each.overdue))] for each in rows]  # fmt: skip
    head = _head("kind", "limit", "decided", "within", "late", "open", "overdue")
    yield Table(say("supervision-times-limits"), head, limits, (2, 1.2, 1, 1, 1.1, 1, 1))
    took = [[_kind(each), *(_took(each.times[stage]) for stage in (Stage.SEEN, Stage.DECIDED, Stage.ACTED))]
            for each in rows]  # fmt: skip
    yield Table(
        say("supervision-times-table"), _head("kind", "to-seen", "to-decided", "to-acted"), took, (1.4, 2, 2, 2)
    )
    yield Paragraph(say("supervision-times-how"))


def _decided(found: Supervision) -> Iterator[Block]:
    yield Heading(say("supervision-decided"))
    motives = {say(f"label-{motive}"): n for motive, n in found.counts.motives.items()}
    yield from _listed("supervision-motives", motives, "supervision-motives-none")
    acts = {say(f"act-{act}"): n for act, n in found.counts.acted.items()}
    yield from _listed("supervision-acts", acts, "supervision-acts-none")


def _appeals(found: Supervision) -> Iterator[Block]:
    yield Heading(say("supervision-appeals"))
    yield Paragraph(say("supervision-appeals-made", count=found.counts.appeals))
    rulings = {say("supervision-ruling-" + outcome): n for outcome, n in found.counts.rulings.items()}
    yield from _listed("supervision-rulings", rulings, "supervision-rulings-none")


def _outages(found: Supervision) -> Iterator[Block]:
    gaps = found.outages
    yield Heading(say("supervision-unseen"))
    if not gaps.count:
        yield Paragraph(say("supervision-unseen-none"))
        return
    slots = {"total": span(gaps.total, say), "longest": span(gaps.longest, say)}
    yield Paragraph(say("supervision-unseen-some", count=gaps.count, channels=gaps.channels, **slots))
    yield Paragraph(say("supervision-unseen-back", count=gaps.read_back))


def _tuning(found: Supervision) -> Iterator[Block]:
    counts = found.counts
    yield Heading(say("supervision-tuning"))
    rows = [[say("supervision-n-" + name), _number(getattr(counts, name))] for name in _ELSEWHERE[1:]]
    yield Table(say("supervision-tuning-table"), _head("what", "n"), rows, (4, 1))


def _agreement(found: Supervision) -> Iterator[Block]:
    agreed = found.agreement
    yield Heading(say("supervision-agreement"))
    if not agreed.pairs:
        yield Paragraph(say("supervision-agreement-none"))
        return
    value = NONE if agreed.decision is None else format_decimal(agreed.decision, "0.00", locale=LANGUAGE)
    yield Paragraph(say("supervision-agreement-some", pairs=agreed.pairs, alpha=value))
    yield Paragraph(say(f"trust-{trust(agreed.decision, agreed.pairs)}"))


def _deeds(found: Supervision) -> Iterator[Block]:
    yield Heading(say("supervision-deeds"))
    deeds = {say("supervision-deed-" + kind): n for kind, n in found.counts.deeds.items()}
    yield from _listed("supervision-deeds-table", deeds, "supervision-deeds-none")


def _counted() -> Iterator[Block]:
    yield Heading(say("supervision-counted"))
    yield Points([say("supervision-how-" + each) for each in ("begin", "report", "end", "month", "people", "samples")])


def _signed(made: Made) -> Iterator[Block]:
    yield Heading(say("supervision-signed"))
    if made.anchor is None:
        yield Paragraph(say("supervision-unsigned"))
        return
    slots = {"seq": str(made.anchor.head.seq), "digest": made.anchor.head.digest.hex()}
    yield Paragraph(say("supervision-head", **slots))
    yield Paragraph(say("supervision-key", fingerprint=fingerprint(made.anchor.public)))
    yield Paragraph(say("supervision-anchor"))
    yield Paragraph(str(made.anchor))


def _listed(caption: str, rows: Mapping[str, int], none: str) -> Iterator[Block]:
    if rows:
        yield Table(
            say(caption), _head("what", "n"), [[_capital(name), _number(n)] for name, n in rows.items()], (4, 1)
        )
    else:
        yield Paragraph(say(none))


def _head(*columns: str) -> Sequence[str]:
    return [say("supervision-column-" + column) for column in columns]


def _kind(category: Category) -> str:
    return _capital(kind_words(category.name, say)) if category.name else say("supervision-all")


def _limit(category: Category) -> str:
    return NONE if category.limit is None else _hours(category.limit)


def _hours(limit: timedelta) -> str:
    return say("clock-hours", hours=format_decimal(limit / timedelta(hours=1), locale=LANGUAGE))


def _took(times: Times) -> str:
    if times.median is None or times.ninety is None:
        return NONE
    slots = {"median": span(times.median, say), "ninety": span(times.ninety, say)}
    return say("supervision-took", **slots)


def _number(n: int) -> str:
    return str(format_decimal(n, locale=LANGUAGE))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _moment(at: datetime) -> str:
    return str(format_datetime(at.astimezone(ZONE), "d MMMM y 'kl.' HH:mm", locale=LANGUAGE))
