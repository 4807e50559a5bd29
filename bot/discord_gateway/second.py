"""What happens when a moderator asks for a second opinion, escalates a case, or reads a decided one again?

Buttons and modals come from review.py, acknowledged or not; who may, and what it becomes, is said by the store in the
transaction that saves it. What can be refused before a modal is filled in is refused then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.core.cases import Case, Ruling
from bot.core.flags import Step
from bot.core.opinions import Course, Waits, course, may_ask
from bot.core.roles import Deed
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import tell
from bot.discord_gateway.asking import Answer, escalate_modal, reread_modal, second_modal
from bot.discord_gateway.buttons import Press
from bot.discord_gateway.card import outcome
from bot.locales import Speak
from bot.opining import Opining


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rest of review does for us."""

    access: Access
    case: Callable[[int], Awaitable[Case | None]]
    update: Callable[[discord.Interaction, Case], Awaitable[BaseException | None]]
    read: Callable[[discord.Interaction, Case], Awaitable[None]]


class SecondEyes:
    """Answers whoever wants, or gives, a second pair of eyes."""

    def __init__(self, opinions: Opining, desk: Desk) -> None:
        self._opinions = opinions
        self._desk = desk

    async def pressed_again(self, interaction: discord.Interaction, say: Speak, press: Press) -> None:
        """A button of a decided case that is shown as if it were open."""
        if press.deed == "dismiss":
            await interaction.response.defer()
            if await self._found(interaction, say, press.flag) is not None:
                await self._reread(interaction, say, press.flag, Step.DISMISS)
        elif problem := self._desk.access.refused(interaction, Deed.DECIDE, say):
            await tell(interaction, problem)
        elif press.deed == "uphold":
            await interaction.response.send_modal(reread_modal(press.flag, press.likely, say))
        else:
            await tell(interaction, say("reread-only"))

    async def answered(self, interaction: discord.Interaction, say: Speak, given: Answer) -> None:
        """One of our modals."""
        await interaction.response.defer()
        if await self._found(interaction, say, given.flag) is None:
            return
        who = str(interaction.user.id)
        if given.asked == "reread":
            await self._reread(interaction, say, given.flag, Step.UPHOLD, given.motives, given.note)
            return
        if given.lean is not None:
            ruling = await self._opinions.ask(given.flag, who, given.lean, given.motives, given.note)
        else:
            ruling = await self._opinions.escalate(given.flag, who, given.note)
        assert ruling is not None, "flags are never deleted"
        await self._desk.update(interaction, ruling.case)
        await tell(interaction, _became(ruling, given, who, say))
        if ruling.changed:
            await self._desk.read(interaction, ruling.case)

    async def _reread(
        self,
        interaction: discord.Interaction,
        say: Speak,
        flag: int,
        step: Step,
        motives: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        done = await self._opinions.reread(flag, step, str(interaction.user.id), motives, note)
        assert done is not None, "flags are never deleted"
        await self._desk.update(interaction, done.case)
        keys = {True: "reread-agreed", False: "reread-disagreed", None: "reread-unwanted"}
        await tell(interaction, say(keys[done.agreed], flag=str(flag)))
        if done.agreed is not None:
            await self._desk.read(interaction, done.case)

    async def _found(self, interaction: discord.Interaction, say: Speak, flag: int) -> Case | None:
        """A case that this person may decide from here; else None, and the person is told why."""
        if problem := self._desk.access.refused(interaction, Deed.DECIDE, say):
            await tell(interaction, problem)
            return None
        case = await self._desk.case(flag)
        if case is None or not self._desk.access.shows(interaction, case):
            await tell(interaction, say("refused-unknown"))
            return None
        return case


def modal_for(press: Press, say: Speak) -> discord.ui.Modal | None:
    """What is asked after a press that is for us."""
    if press.deed == "second":
        return second_modal(press.flag, press.likely, say)
    return escalate_modal(press.flag, say) if press.deed == "escalate" else None


def not_now(case: Case, deed: str, who: str, leads: bool, say: Speak) -> str | None:
    """Why an open case cannot be upheld, passed on or escalated by somebody right now."""
    if who == case.author:
        return in_words(case, Course.OWN, say)
    if deed == "second":
        return None if may_ask(case.waits) else _not_asked(case, who, say)
    if deed == "escalate":
        return say("escalate-already", flag=str(case.id)) if case.waits is Waits.LEADS else None
    way = course(case.waits, case.opinions, Step.UPHOLD, who, leads, author=case.author)
    return None if way in (Course.DECISION, Course.OPINION) else in_words(case, way, say)


def in_words(case: Case, way: Course, say: Speak) -> str:
    """What became of a press that was no decision."""
    return say(f"course-{way}", flag=str(case.id))


def _became(ruling: Ruling, given: Answer, who: str, say: Speak) -> str:
    case, flag = ruling.case, str(ruling.case.id)
    if ruling.changed:
        return say("second-asked" if given.lean is not None else "escalate-done", flag=flag)
    if ruling.course is not Course.DECISION:
        return in_words(case, ruling.course, say)
    if not case.is_open:
        return say("refused-decided", outcome=outcome(case, say))
    return _not_asked(case, who, say) if given.lean is not None else say("escalate-already", flag=flag)


def _not_asked(case: Case, who: str, say: Speak) -> str:
    own = case.waits is Waits.ANOTHER and any(opinion.by == who for opinion in case.opinions)
    return say("second-own" if own else f"waiting-{case.waits.name.lower()}", flag=str(case.id))
