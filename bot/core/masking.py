"""How is a slur shown without being read? Its first letter stays, a mark stands for each other: b▪▪▪▪▪.

What is masked keeps its length, so that whatever points into the text goes on pointing at the same place. A moderator
may read everything; masking only spares the eyes of somebody who knows well enough what stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.core.cases import Case
from bot.core.messages import Posted
from bot.core.reports import Heard
from bot.core.statements import Appeal, Statement

MARK = "▪"
READ = 6_000  # characters of a text that can be shown of it; more would keep everybody waiting
SPANS = 20  # words that mattered, wherever they stand: more are never shown
AROUND = 60  # characters that say what such a word is part of

Find = Callable[[str], Iterable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Masking:
    """Masks what `find` finds; nothing where it is None."""

    find: Find | None = None

    def __call__(self, case: Case) -> Case:
        """The case as it is shown; it knows whether anything in it is masked."""
        if self.find is not None and case.heard.voices:
            case = replace(case, heard=self._heard(case.heard, self.find))
        post = case.flag.message
        if self.find is None or not post.text:
            return case
        ranges = list(self.find(post.text[:READ]))
        spans = sorted(case.flag.verdict.spans, key=lambda span: -span.weight)[:SPANS]
        for start in (max(0, span.start - AROUND) for span in spans if span.end > READ):
            near = self.find(post.text[start : start + 3 * AROUND])
            ranges += [(start + first, start + last) for first, last in near]
        if not ranges:
            return case
        shown = replace(post, text=masked(post.text, ranges))
        return replace(case, flag=replace(case.flag, message=shown), masked=True)

    def _heard(self, heard: Heard, find: Find) -> Heard:
        """What members say, in which they quote."""
        voices = [
            replace(each, words=masked(each.words, find(each.words))) if each.words else each for each in heard.voices
        ]
        return replace(heard, voices=voices)

    def post(self, post: Posted) -> Posted:
        """A message as it is shown in a conversation, which is never longer than can be shown."""
        return post if self.find is None else replace(post, text=self._text(post.text))

    def appealed(self, statement: Statement) -> Statement:
        """What was appealed, as whoever judges it is shown it; the author's own words may repeat what was flagged."""
        case, appeal = self(statement.case), statement.appeal
        if appeal is None or not appeal.words:
            return replace(statement, case=case)
        said = self.said(appeal)
        case = replace(case, masked=case.masked or said != appeal)
        return replace(statement, case=case, appeal=said)

    def said(self, appeal: Appeal) -> Appeal:
        """An appeal alone, as it is shown."""
        return replace(appeal, words=self._text(appeal.words)) if appeal.words else appeal

    def _text(self, text: str) -> str:
        return text if self.find is None else masked(text, self.find(text[:READ]))


def masked(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """A text of the same length in which only the first letters of these ranges can be read."""
    shown = list(text)
    for start, end in ranges:
        letters = [place for place in range(start, end) if not text[place].isspace()]
        for place in letters[1:]:
            shown[place] = MARK
    return "".join(shown)
