"""What does a card say of what others think? Who asked for a second opinion or escalated it; what each sees in it.

How the asker leans is shown to nobody until somebody else has answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.cases import Case
from bot.core.opinions import Kind, Opinion, Waits, shows_opinions
from bot.discord_gateway.lines import both, in_each, once, who
from bot.discord_gateway.moments import moment
from bot.discord_gateway.spoiler import spoiler
from bot.locales import Speak


def said(case: Case, languages: Sequence[str], longest: int) -> Iterator[str]:
    """The lines, with notes of at most so many characters."""
    if case.is_open and case.waits is Waits.ANOTHER:
        asker = " ".join(who(opinion.by) for opinion in case.opinions)
        yield both(languages, "card-second", who=asker)
    if case.is_open and case.waits is Waits.JOINT:
        yield both(languages, "card-joint")
    if case.escalation is not None:
        slots = {"who": who(case.escalation.by), "when": moment(case.escalation.at)}
        yield both(languages, "card-escalated", **slots)
        if case.escalation.note:
            yield once(languages, "card-note", spoiler(case.escalation.note, longest))
    if shows_opinions(case.waits, case.is_open):
        for opinion in case.opinions:
            if not _is_the_decision(opinion, case):
                yield from _opinion(opinion, languages, longest)


def _opinion(opinion: Opinion, languages: Sequence[str], longest: int) -> Iterator[str]:
    yield in_each(languages, lambda say: _line(opinion, say))
    if opinion.note:
        yield once(languages, "card-note", spoiler(opinion.note, longest))


def _line(opinion: Opinion, say: Speak) -> str:
    seen = say(f"opinion-{opinion.lean}", who=who(opinion.by))
    return f"{seen}: {', '.join(say(f'label-{motive}') for motive in opinion.motives)}" if opinion.motives else seen


def _is_the_decision(opinion: Opinion, case: Case) -> bool:
    """An answer that became the decision is told once."""
    decision = case.decision
    return (
        opinion.kind is Kind.SECOND
        and decision is not None
        and (opinion.by, opinion.lean.value)
        == (
            decision.by,
            decision.step.value,
        )
    )
