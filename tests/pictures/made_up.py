"""What do people write in the pictures, what does a model find in it, and what has gone before?

The flagged words are neutral, and stand behind their spoilers anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.flags import Decision, Step
from bot.core.measures import Act, Measure
from bot.core.opinions import Kind, Lean, Opinion
from classifier.verdict import MOTIVES, TARGETS, Span, Verdict
from tests.discord_gateway.harness import Bot
from tests.fakes import WORD
from tests.loopback import Member

QUOTED = f"{WORD} det här, ett påhittat inlägg om den nya bron som någon borde se på"
THREAT = f"{WORD} även det här, ett påhittat hot om den nya bron"
AROUND = ["Vet någon när bron öppnar?", "I maj, tror jag.", QUOTED, "Lugn, vi ses på mötet i kväll.", "Klockan sju!"]
BEFORE = 24  # cases of the weeks before: enough to say how much two readers agree
WARN, DELETE = Measure(Act.WARN), Measure(Act.DELETE)


def seen(texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
    """What a model might find in our made-up words."""
    return [_verdict(WORD in text, text == THREAT) for text in texts]


def explained(texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The same, with the words that mattered."""
    spans = (Span(0, len(WORD), 0.8), Span(16, 25, 0.3))
    return [
        replace(verdict, spans=spans if WORD in text else ()) for text, verdict in zip(texts, verdicts, strict=True)
    ]


def _verdict(flagged: bool, threatens: bool) -> Verdict:
    motives, targets = dict.fromkeys(MOTIVES, 0.02), dict.fromkeys(TARGETS, 0.02)
    if flagged:
        motives["xenophobia"], targets["newly_arrived"] = 0.81, 0.66
    return Verdict(0.93 if flagged else 0.02, 0.91 if threatens else 0.01, motives, targets, "fake@0", "sv")


async def read_twice(bot: Bot, flag: int, one: Member, other: Member, third: Member) -> None:
    """An old case, read by two; of a dozen they disagree in one, and see another motive in one."""
    lean = Lean.DISMISS if flag % 3 == 0 else Lean.UPHOLD
    step = Step.DISMISS if (flag % 3 == 0) != (flag % 12 == 5) else Step.UPHOLD
    motives = ("xenophobia", "contempt_for_society") if flag % 12 == 7 else ("xenophobia",)
    now = bot.clock.now()
    asked = Opinion(flag, Kind.ASKED, str(one.id), lean, now, ("xenophobia",) if lean is Lean.UPHOLD else ())
    await bot.store.ask_another(asked)
    bot.clock.advance(minutes=7)
    for who in (other, third):
        chosen = motives if step is Step.UPHOLD else ()
        await bot.store.rule(Decision(flag, step, str(who.id), bot.clock.now(), chosen))


async def upheld(bot: Bot, flag: int, who: Member, *measures: Measure) -> None:
    """An old case that was upheld with measures."""
    await bot.store.rule(Decision(flag, Step.UPHOLD, str(who.id), bot.clock.now(), ("xenophobia",), "", measures))


async def taken_back(bot: Bot, flag: int, who: Member) -> None:
    """It was no case after all."""
    for step in (Step.REOPEN, Step.DISMISS):
        await bot.store.rule(Decision(flag, step, str(who.id), bot.clock.now()))
