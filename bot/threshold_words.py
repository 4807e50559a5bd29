"""How are changes of thresholds told in a terminal? Tables and sentences in the languages of the configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from babel.dates import format_datetime
from babel.numbers import format_decimal
from rich.table import Table
from rich.text import Text

from bot.changing import Offer, Outlook, Past
from bot.core.errors import BadInput, Refused
from bot.core.messages import Channel
from bot.core.tuning.changes import Change, State, Where, stale, standing
from bot.core.tuning.in_force import is_idle
from bot.core.tuning.levels import Level
from bot.core.tuning.unchanged import Unchanged
from bot.locales import LANGUAGES, Speak, speak
from bot.terminal import ZONE, as_json, heading, visible


def level_named(word: str) -> Level:
    """A level by its name in any of our languages. BadInput for no such name."""
    names = {speak(language)("level-" + level): level for language in LANGUAGES for level in Level}
    if word.casefold() not in names:
        raise BadInput(f"there is no level {word!r}; choose among {', '.join(names)}")
    return names[word.casefold()]


def values_of(given: Sequence[str]) -> dict[str, float | None]:
    """Thresholds as they were typed, LABEL=VALUE each; without a value None. BadInput for what is no such thing."""
    pairs = [text.partition("=") for text in given]
    for text, (label, equals, _) in zip(given, pairs, strict=True):
        if not equals:
            raise BadInput(f"--label {text!r}: write LABEL=VALUE, such as flag=0.75, or LABEL= to put it back")
        if sum(other == label for other, _, _ in pairs) > 1:
            raise BadInput(f"--label {label!r} is given twice")
    return {label.strip(): _number(label, value) for label, _, value in pairs}


def in_words(problem: Unchanged, language: str) -> Refused:
    """What the rules refuse, in a language."""
    slots = {name: visible(str(value)) for name, value in problem.slots.items()}
    return Refused(speak(language)("unchanged-" + problem.why, **slots))


def outlook_lines(outlook: Outlook, languages: Sequence[str]) -> str:
    """What would be set otherwise, a line for each label, in each language."""
    return "\n".join(chain.from_iterable(_outlook(outlook, language) for language in dict.fromkeys(languages)))


def change_lines(change: Change, languages: Sequence[str]) -> str:
    """That a change is in force, and how it is taken back."""
    key = "tuned-undone" if change.proposal.undoes else "tuned-applied"
    slots = {"number": str(change.number), "undoes": str(change.proposal.undoes)}
    return "\n".join(dict.fromkeys(speak(language)(key, **slots) for language in languages))


def history_table(past: Past, languages: Sequence[str]) -> Table:
    """Every change with who, when, why, and what is to be known of it today; the newest last."""
    table = Table(title=heading(languages[:1], "tuned-title"), title_justify="left", pad_edge=False)
    for key in ("column-number", "tuned-when", "tuned-what", "tuned-why", "tuned-became"):
        table.add_column(heading(languages, key), overflow="fold")
    say, language = speak(languages[0]), languages[0]
    for each in past.changes:
        it = each.proposal
        what = [
            f"{where_words(it.where, past.channels, say)}:",
            *(_value(label, v, say, language) for label, v in it.values.items()),
        ]
        table.add_row(
            str(each.number),
            _moment(it.at, language),
            Text("\n".join(what)),
            Text(f"{visible(it.why)}\n– {visible(it.by)}"),
            Text("\n".join(_became(each, past, say, language))),
        )
    return table


def history_json(past: Past) -> str:
    """Every change as a JSON array, with the figures that were looked at."""
    undone = _undone(past.changes)
    return as_json([_plain(each, past, undone.get(each.number)) for each in past.changes])


def outcome_json(outlook: Outlook, change: Change) -> str:
    """A change that was made, with the thresholds of its place before and after."""
    plain = {
        **_row(change),
        "before": dict(outlook.limits(outlook.before)),
        "after": dict(outlook.limits(outlook.after)),
    }
    return as_json(plain)


def level_table(offers: Sequence[Offer], languages: Sequence[str]) -> Table:
    """The levels with what each sets, and which of them is in force."""
    table = Table(title=heading(languages[:1], "levels-title"), title_justify="left", pad_edge=False)
    for key in ("levels-name", "levels-meaning", "tuned-what", "levels-now"):
        table.add_column(heading(languages, key), overflow="fold")
    for offer in offers:
        said = [speak(language) for language in languages]
        table.add_row(
            "\n".join(dict.fromkeys(say("level-" + offer.level) for say in said)),
            "\n".join(dict.fromkeys(say("level-means-" + offer.level) for say in said)),
            "\n".join(_value(label, value, said[0], languages[0]) for label, value in offer.thresholds.items()),
            said[0]("level-in-force") if offer.is_in_force else "",
        )
    return table


def levels_json(offers: Sequence[Offer]) -> str:
    """The levels as a JSON array."""
    rows = [
        {
            "level": str(offer.level),
            "names": {language: speak(language)("level-" + offer.level) for language in LANGUAGES},
            "thresholds": dict(offer.thresholds),
            "in_force": offer.is_in_force,
            "figures": dict(offer.figures),
        }
        for offer in offers
    ]
    return as_json(rows)


def where_words(where: Where, channels: Mapping[str, Channel], say: Speak) -> str:
    """A place by the name that people know it by."""
    if where.group:
        return say("where-group", group=visible(where.group))
    if not where.channel:
        return say("where-everywhere")
    name = channels[where.channel].name if where.channel in channels else where.channel
    return say("where-channel", channel=visible(name.removeprefix("#")))


def _number(label: str, text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text.strip().replace(",", "."))  # a Swedish keyboard's comma
    except ValueError:
        raise BadInput(f"--label {label}: {text!r} is no number; write a number from 0 to 1, such as 0.75") from None


def _outlook(outlook: Outlook, language: str) -> list[str]:
    say = speak(language)
    before, after = outlook.limits(outlook.before), outlook.limits(outlook.after)
    where = where_words(outlook.proposal.where, outlook.channels, say)
    lines = [say("tuned-where", where=where)]
    for label in outlook.proposal.values:
        slots = {"before": _shown(before.get(label), say, language), "after": _shown(after.get(label), say, language)}
        lines.append(say("tuned-value", label=say(f"label-{label}"), **slots))
    return lines


def _value(label: str, value: float | None, say: Speak, language: str) -> str:
    told = say("tuned-back") if value is None else _shown(value, say, language)
    return f"{say(f'label-{label}')} {told}"


def _shown(value: float | None, say: Speak, language: str) -> str:
    return say("tuned-none") if value is None else format_decimal(value, "0.00##", locale=language)


def _moment(at: datetime, language: str) -> str:
    return format_datetime(at, "d MMM y HH:mm", tzinfo=ZONE, locale=language)


def _became(change: Change, past: Past, say: Speak, language: str) -> list[str]:
    told = [say("change-" + change.state)]
    if change.by and change.by != change.proposal.by and change.at is not None:
        told = [say("change-settled", state=told[0], by=visible(change.by), when=_moment(change.at, language))]
    if change.proposal.undoes:
        told.append(say("change-undoes", number=str(change.proposal.undoes)))
    if (by := _undone(past.changes).get(change.number)) is not None:
        told.append(say("change-undone", number=str(by)))
    elif change.state is not State.WITHDRAWN and stale(change, past.model):
        told.append(say("change-of-another-model", model=visible(change.proposal.model)))
    if is_idle(change, past.configured):
        told.append(say("change-idle"))
    return told


def _undone(changes: Sequence[Change]) -> dict[int, int]:
    """By the number of what was taken back, the number of what took it back."""
    return {each.proposal.undoes: each.number for each in changes if each.applied and each.proposal.undoes}


def _plain(change: Change, past: Past, undone_by: int | None) -> dict[str, object]:
    channel = past.channels.get(change.proposal.where.channel)
    return {
        **_row(change),
        "channel_name": channel.name if channel else None,
        "undone_by": undone_by,
        "stands": change in standing(past.changes),
        "of_another_model": stale(change, past.model),
        "group_is_gone": is_idle(change, past.configured),
    }


def _row(change: Change) -> dict[str, object]:
    it = change.proposal
    return {
        "number": change.number,
        "group": it.where.group or None,
        "channel": it.where.channel or None,
        "thresholds": dict(it.values),
        "by": it.by,
        "why": it.why,
        "at": it.at.isoformat(),
        "state": str(change.state),
        "settled_by": change.by or None,
        "settled_at": change.at.isoformat() if change.at else None,
        "undoes": it.undoes or None,
        "model": it.model,
        "base": it.base,
        "figures": dict(it.figures),
    }
