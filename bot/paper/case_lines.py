"""How does a case read, line by line, as a person reviews it before a copy is handed out?

A line is short and says one thing, so that what is masked in it is easily told. What a member wrote is cut at its own
line breaks. The words are such as every editor keeps: no tabs, no blanks at the end, one form of each letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.config import ZONE
from bot.core.desk_listing import LIKELY
from bot.core.disclosure import CaseFile, Line, proposed
from bot.core.display import displayable
from bot.core.redacting import Why
from bot.core.timeline import Happening, What
from bot.locales import Speak

LONGEST = 100_000  # signs of a text


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a case says. `whole`: why all of it may have to be masked; `ours`: the words are the program's."""

    label: str
    text: str
    whole: Why | None = None
    ours: bool = False


# Grounds that may be worth a look, by their number in the list that the draft begins with; others have none.
HINTS = {Why.PHONE: 2, Why.MAIL: 2, Why.ADDRESS: 2, Why.IDENTITY: 3, Why.MEMBER: 3}


def lines_of(case: CaseFile, say: Speak) -> list[Line]:
    """The lines of a case with what is proposed to be masked."""
    said = (each for part in (_message, _assessment, _history, _words) for each in part(case, say))
    split = ((each, row) for each in said for row in written(each.text))
    return [
        proposed(Line(case.number, number, each.label, row), HINTS, each.whole, ours=each.ours)
        for number, (each, row) in enumerate(split, start=1)
    ]


def written(text: str) -> list[str]:
    """A text as lines that an editor leaves as they are; [[ and ]] are the draft's own marks."""
    plain = displayable(text.replace("\r\n", "\n").replace("\r", "\n"), LONGEST)
    plain = unicodedata.normalize("NFC", plain).replace("[[", "⟦").replace("]]", "⟧")
    rows = plain.translate({ord("\t"): " ", 0x2028: "\n", 0x2029: "\n"}).split("\n")
    return [row.rstrip() for row in rows]


def _message(case: CaseFile, say: Speak) -> Iterator[Said]:
    yield Said(say("disclose-channel"), f"#{case.channel}" if case.channel else "")
    yield Said(say("disclose-posted"), _when(case.posted_at), ours=True)
    for key, value in (("author", case.author), ("message", case.message), ("reply", case.reply_to)):
        if value:
            yield Said(say(f"disclose-{key}"), value, Why.MEMBER)
    if case.about != "words":
        yield Said(say("disclose-text"), say(f"disclose-about-{case.about}"), ours=True)
    if case.text is None:
        yield Said(say("disclose-text"), say("disclose-forgotten"), ours=True)
    else:
        yield Said(say("disclose-text"), case.text, Why.RESTRICTED if case.restricted else None)


def _assessment(case: CaseFile, say: Speak) -> Iterator[Said]:
    if case.score is not None:
        likely = {label: value for label, value in case.labels.items() if value >= LIKELY}
        values = {"flag": case.score, "threat": case.threat, **likely}
        told = ", ".join(f"{say(f'label-{label}')} {100 * value:.0f} %" for label, value in values.items())
        yield Said(say("disclose-machine"), f"{told} ({case.model})", ours=True)
    yield Said(say("disclose-state"), say(f"state-{case.state}"), ours=True)


def _history(case: CaseFile, say: Speak) -> Iterator[Said]:
    for each in case.happenings:
        yield Said(say("disclose-event"), f"{_when(each.at)}: {_happened(each, say)}", ours=True)
        if each.motives:
            motives = ", ".join(say(f"label-{motive}") for motive in each.motives)
            yield Said(say("disclose-motives"), motives, ours=True)
        if each.note:
            yield Said(say("disclose-note"), each.note)


def _words(case: CaseFile, say: Speak) -> Iterator[Said]:
    for number, category, words in case.reports:
        yield Said(say("disclose-report", number=str(number)), say(f"category-{category}"), ours=True)
        if words:
            yield Said(say("disclose-report-words", number=str(number)), words, Why.WORDS)
    for words, answer in case.appeals:
        if words:
            yield Said(say("disclose-appeal"), words)
        if answer:
            yield Said(say("disclose-answer"), answer)


def _happened(each: Happening, say: Speak) -> str:
    if each.what is What.OPINION:
        return say(f"opinion-{each.about}", who=each.by)
    if each.what is What.JUDGED:
        return say(f"happened-judged-{each.about}", who=each.by)
    if each.what in (What.DONE, What.UNDONE):
        return say(f"happened-{each.what}", about=say(f"act-{each.about}"))
    if each.what is What.TOLD:
        return say(f"happened-told-{each.about}")
    return say(f"happened-{each.what}", who=each.by, about=each.about)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"
