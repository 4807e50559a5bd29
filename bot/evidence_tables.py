"""How is told in a terminal what thresholds do? Tables and notes; where little is known, that is what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from rich.table import Table
from rich.text import Text

from bot.core.errors import Refused
from bot.core.tuning.candidate import Weighed
from bot.core.tuning.evidence import Evidence
from bot.core.tuning.figures import figures
from bot.core.tuning.in_force import Origin, Source
from bot.core.tuning.no_evidence import NoEvidence
from bot.core.tuning.recall import Recall
from bot.core.tuning.shares import LEAST, Share
from bot.core.tuning.simulation import Moved, Rate, Simulation
from bot.core.tuning.wishes import NOW
from bot.locales import Speak, speak
from bot.terminal import ZONE, as_json, heading, visible
from bot.threshold_words import where_words
from bot.weighing import Place, Standing

_SHOWN = ("shown-where", "shown-thresholds", "shown-flags", "shown-precision", "shown-decided", "shown-minutes")


def lacking(problem: NoEvidence, language: str) -> Refused:
    """What is missing, in a language."""
    slots = {name: visible(str(value)) for name, value in problem.slots.items()}
    return Refused(speak(language)("lack-" + problem.why, **slots))


def standing_table(standing: Standing, languages: Sequence[str]) -> Table:
    """Every place with thresholds of its own: which, from where, and what all that hold there have done."""
    say, language = speak(languages[0]), languages[0]
    table = _table(say("shown-title"), _SHOWN, languages)
    for place in standing.places:
        table.add_row(
            Text(where_words(place.where, standing.channels, say)),
            Text("\n".join(_origin(each, say, language) for each in place.origins)),
            *_did(place.simulation, say, language),
        )
    return table


def simulated_table(weighed: Weighed, languages: Sequence[str]) -> Table:
    """A candidate beside what is in force, a row for each figure."""
    say, language, it = speak(languages[0]), languages[0], weighed.simulation
    where = where_words(weighed.proposal.where, weighed.channels, say)
    table = _table(
        say("simulated-title", where=where), ("simulated-figure", "simulated-now", "simulated-then"), languages
    )
    for label in weighed.proposal.values:
        named = [speak(each)("simulated-threshold", label=speak(each)(f"label-{label}")) for each in languages]
        table.add_row("\n".join(dict.fromkeys(named)), *(_limit(each, label, weighed, language) for each in (0, 1)))
    rows: list[tuple[str, str, str]] = [
        ("flags", rate_words(it.now.flags, say, language), rate_words(it.then.flags, say, language)),
        ("unread", rate_words(it.now.unread, say, language), rate_words(it.then.unread, say, language)),
        ("minutes", rate_words(it.now.minutes, say, language), rate_words(it.then.minutes, say, language)),
        ("precision", _share(it.now.precision, say, language), _share(it.then.precision, say, language)),
        ("lost", "", _moved(it.lost, say)),
        ("gained", "", _moved(it.gained, say)),
        ("gained-precision", "", _share(it.gained_precision, say, language)),
    ]
    for key, now, then in rows:
        table.add_row(heading(languages, "simulated-" + key), now, then)
    return table


def notes(evidence: Evidence, simulation: Simulation, languages: Sequence[str]) -> str:
    """What the figures rest on, and what they cannot say, a line each, in each language."""
    said = (_notes(evidence, simulation, language) for language in dict.fromkeys(languages))
    return "\n".join(line for lines in said for line in lines)


def standing_json(standing: Standing, means: Sequence[Mapping[str, object]]) -> str:
    """All of it for programs; `means`: what thresholds mean where scores are recalibrated."""
    rows = [_plain(place, standing) for place in standing.places]
    caught = {label: caught_plain(each) for label, each in standing.caught.items()}
    return as_json({**scope_plain(standing.evidence), "places": rows, "caught": caught, "meanings": means})


def simulated_json(weighed: Weighed) -> str:
    """All of it for programs."""
    it = weighed.proposal
    place = {"group": it.where.group or None, "channel": it.where.channel or None, "thresholds": dict(it.values)}
    return as_json({**scope_plain(weighed.evidence), **place, **figures(weighed.simulation)})


def _table(title: str, columns: Sequence[str], languages: Sequence[str]) -> Table:
    table = Table(title=Text(visible(title)), title_justify="left", pad_edge=False)
    for key in columns:
        table.add_column(heading(languages, key), overflow="fold")
    return table


def _notes(evidence: Evidence, it: Simulation, language: str) -> list[str]:
    say = speak(language)
    slots = {
        "days": _number(it.days, language),
        "until": _day(evidence.scope.until, language),
        "read": _number(int(evidence.read.sum()), language),
        "decided": _number(it.decided, language),
        "model": visible(evidence.model),
    }
    minutes = "evidence-assumed" if it.minutes_assumed else "evidence-measured"
    told = [say("evidence-rests", **slots), say("evidence-level")]
    told.append(say(minutes, minutes=_number(it.minutes_each, language)))
    if it.then.flags.least != it.then.flags.most:
        told.append(say("evidence-between"))
    if it.then.unread.most:
        told.append(say("evidence-unread"))
    if it.days_counted < it.days:
        told.append(say("evidence-counted", days=_number(it.days_counted, language)))
    if evidence.other_models:
        told.append(say("evidence-others", count=_number(evidence.other_models, language)))
    return told


def _did(it: Simulation | None, say: Speak, language: str) -> tuple[str, str, str, str]:
    if it is None:
        return say("shown-nothing"), "", "", ""
    return (
        rate_words(it.now.flags, say, language),
        _share(it.now.precision, say, language),
        _number(it.now.precision.decided, language),
        rate_words(it.now.minutes, say, language),
    )


def _origin(each: Origin, say: Speak, language: str) -> str:
    slots = {"number": str(each.change.number), "by": visible(each.change.proposal.by)} if each.change else {}
    source = say(f"source-{each.source}", **slots)
    return f"{say(f'label-{each.label}')} {format_decimal(each.value, '0.00##', locale=language)} ({source})"


def _limit(which: int, label: str, weighed: Weighed, language: str) -> str:
    """The thresholds of a label in the channels of the place, before or after: one, or the least and the greatest."""
    policy = (weighed.before, weighed.after)[which]
    found = {policy.limits(weighed.channels[each]).get(label) for each in weighed.evidence.channels}
    shown = sorted(format_decimal(each, "0.00##", locale=language) for each in found if each is not None)
    return " / ".join([*shown, *(["–"] if None in found else [])])


def rate_words(rate: Rate, say: Speak, language: str) -> str:
    """So much a day, or from the least to the most."""
    least, most = _number(rate.least, language), _number(rate.most, language)
    return least if least == most else say("evidence-range", least=least, most=most)


def _share(share: Share, say: Speak, language: str) -> str:
    if share.value is None or share.low is None or share.high is None:
        return say("evidence-few", decided=str(share.decided), least=str(LEAST))
    value, low, high = (format_percent(each, locale=language) for each in (share.value, share.low, share.high))
    return say("evidence-share", value=value, low=low, high=high)


def _moved(moved: Moved, say: Speak) -> str:
    slots = {"upheld": str(moved.upheld), "dismissed": str(moved.dismissed)}
    return say("evidence-moved", count=str(len(moved.flags)), **slots)


def _number(value: float, language: str) -> str:
    return format_decimal(value, "#,##0.#" if value < 100 else "#,##0", locale=language)


def _day(at: datetime, language: str) -> str:
    return format_date(at.astimezone(ZONE), "d MMM y", locale=language)


def caught_plain(found: Recall) -> dict[str, object]:
    """Figures of `wishes.caught_now` for programs; without an audit the interval says nothing, and so is left out."""
    value, low, high = found.at(NOW)
    ends = (None, None) if not found.audited else (round(low, 4), round(high, 4))
    counts = {"found": found.found, "missed": found.missed, "audited": found.audited}
    return {"value": None if value is None else round(value, 4), "low": ends[0], "high": ends[1], **counts}


def scope_plain(evidence: Evidence) -> dict[str, object]:
    """Of what figures are, for programs."""
    return {
        "model": evidence.model,
        "since": evidence.scope.since.isoformat(),
        "until": evidence.scope.until.isoformat(),
        "read": int(evidence.read.sum()),
        "other_models": evidence.other_models,
    }


def _plain(place: Place, standing: Standing) -> dict[str, object]:
    where = place.where
    channel = standing.channels.get(where.channel)
    return {
        "group": where.group or None,
        "channel": where.channel or None,
        "channel_name": channel.name if channel else None,
        "thresholds": [
            {"label": each.label, "value": each.value, "source": str(each.source), "change": _change(each)}
            for each in place.origins
        ],
        "figures": None if place.simulation is None else figures(place.simulation),
    }


def _change(origin: Origin) -> int | None:
    return origin.change.number if origin.source is Source.CHANGE and origin.change else None
