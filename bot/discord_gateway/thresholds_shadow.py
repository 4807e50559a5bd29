"""What can an admin try beside what is in force? `/thresholds shadow`: started, looked at and stopped from here."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.core.errors import Refused
from bot.core.roles import Deed
from bot.core.tuning.changes import LONGEST_WHY, Where
from bot.core.tuning.compared import Compared, Rate
from bot.core.tuning.shadow import EVERYWHERE, Shadow
from bot.discord_gateway import thresholds_input
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, language, tell
from bot.discord_gateway.lines import place, who
from bot.discord_gateway.moments import moment
from bot.discord_gateway.spoiler import harmless
from bot.discord_gateway.thresholds_card import card
from bot.discord_gateway.thresholds_refusals import deciding
from bot.discord_gateway.thresholds_words import limit, number, span, where_words
from bot.locales import Speak
from bot.shadow_desk import ShadowDesk, Tried
from bot.tuning_desk import Footing, TuningDesk

LISTED = 10  # channels


class ThresholdsTried:
    """Answers admins who try thresholds."""

    def __init__(self, shadows: ShadowDesk, desk: TuningDesk, access: Access) -> None:
        self._shadows = shadows
        self._desk = desk
        self._access = access

    async def start(
        self, interaction: discord.Interaction, wanted: Mapping[str, str], why: str, where: Where, days: int
    ) -> None:
        """`shadow start`: a label with its threshold, or a level; `wanted` is as it was typed."""
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            by, guilds = str(interaction.user.id), self._access.guilds(interaction)
            values, reason = self._values(wanted, say), why.strip()[:LONGEST_WHY]
            started = await self._shadows.start(where, values, days, by, reason, guilds)
            if started is None:
                await tell(interaction, say("tune-shadow-runs"))
                return
            until = moment(started.candidate.until)
            await tell(interaction, say("tune-shadow-started", number=str(started.id), until=until))

    async def stop(self, interaction: discord.Interaction) -> None:
        """`shadow stop`."""
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            stopped = await self._shadows.stop(self._access.guilds(interaction))
            await tell(interaction, say("tune-shadow-none" if stopped is None else "tune-shadow-stopped"))

    async def show(self, interaction: discord.Interaction) -> None:
        """`shadow show`: side by side."""
        async with deciding(interaction) as say:
            if not await self._may(interaction, say):
                return
            found = await self._shadows.seen(self._access.guilds(interaction))
            if found is None:
                await tell(interaction, say("tune-shadow-none"))
                return
            view = card(_side_by_side(found, say, language(interaction)))
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    def _values(self, wanted: Mapping[str, str], say: Speak) -> Mapping[str, float]:
        level, label, threshold = (wanted.get(each, "") for each in ("level", "label", "threshold"))
        if bool(level) == bool(label or threshold) or bool(label) != bool(threshold):
            raise Refused(say("tune-shadow-what"))
        if level:
            return self._desk.thresholds_of(thresholds_input.level(level, say))
        return {thresholds_input.label(label, say): thresholds_input.threshold(threshold, say)}

    async def _may(self, interaction: discord.Interaction, say: Speak) -> bool:
        await interaction.response.defer(ephemeral=True, thinking=True)
        problem = self._access.refused(interaction, Deed.TUNE, say)
        if problem:
            await tell(interaction, problem)
        return not problem


def _side_by_side(found: Tried, say: Speak, language: str) -> list[str]:
    it = found.shadow.candidate
    lines = [
        say("shadow-title", number=str(found.shadow.id), what=_what(found.shadow, found.footing, say, language)),
        say("shadow-by", by=who(it.by), when=moment(it.started_at), why=harmless(it.why, 300) or "–"),
        _state(found.shadow, say),
    ]
    if found.together is None:
        return [*lines, say("shadow-nothing")]
    lines += [f"- {_counts(say('tune-shadow-all'), found.together, say, language)}"]
    for channel, each in list(found.channels.items())[:LISTED]:
        lines.append(f"- {_counts(place(channel), each, say, language)}")
    return [*lines, _verdict(found.together, say, language)]


def _what(shadow: Shadow, footing: Footing, say: Speak, language: str) -> str:
    told = []
    for there, limits in shadow.candidate.thresholds.items():
        where = where_words(Where(channel=there) if there != EVERYWHERE else Where(), footing.channels, say)
        values = ", ".join(f"{say(f'label-{label}')} {limit(value, language)}" for label, value in limits.items())
        told.append(f"{values} {where}")
    return "; ".join([*told, *([harmless(shadow.candidate.model_id, 60)] if shadow.candidate.model else [])])


def _state(shadow: Shadow, say: Speak) -> str:
    if shadow.ending == "stopped":
        return say("tune-shadow-stopped")
    until = moment(shadow.ended_at or shadow.candidate.until)
    return say(f"shadow-{shadow.ending or 'running'}", until=until, problem=harmless(shadow.problem, 200))


def _counts(name: str, it: Compared, say: Speak, language: str) -> str:
    early = it.days < 1  # an hour's flags are not multiplied into a day's
    live = number(it.live, language) if early else _rate(it.live_a_day, say, language)
    candidate = number(it.candidate, language) if early else _rate(it.candidate_a_day, say, language)
    return say(
        "tune-shadow-counts",
        where=name,
        flags=say("tune-shadow-so-far" if early else "tune-shadow-a-day", live=live, candidate=candidate),
        common=number(it.common, language),
        live_only=number(it.only_live, language),
        candidate_only=number(it.only_candidate, language),
    )


def _verdict(it: Compared, say: Speak, language: str) -> str:
    if it.differs is None:
        return say("tune-shadow-early", days=span(it.days, say, language))
    rate = it.difference_a_day
    slots = {
        "difference": number(abs(rate.value), language),
        "low": number(rate.low or 0.0, language),
        "high": number(rate.high or 0.0, language),
        "days": number(it.days, language),
    }
    if not it.differs:
        return say("shadow-same", **slots)
    return say("shadow-more" if rate.value > 0 else "shadow-fewer", **slots)


def _rate(rate: Rate, say: Speak, language: str) -> str:
    value = number(rate.value, language)
    if rate.low is None or rate.high is None:
        return value
    between = say("evidence-range", least=number(rate.low, language), most=number(rate.high, language))
    return f"{value} ({between})"
