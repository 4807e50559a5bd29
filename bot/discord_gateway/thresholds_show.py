"""What does an admin see of thresholds? Those in force, what others would have done, and what each level means.

Only looked at: every answer is for the one who asks, and what it shows can be proposed from there.
"""

from __future__ import annotations

from collections.abc import Collection

import discord

from bot.core.roles import Deed
from bot.core.tuning.candidate import Weighed
from bot.core.tuning.changes import Values, Where
from bot.core.tuning.figures import figures
from bot.core.tuning.in_force import Origin, limits_at
from bot.core.tuning.simulation import Simulation
from bot.discord_gateway import thresholds_input
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, language, tell
from bot.discord_gateway.lines import who
from bot.discord_gateway.thresholds_card import Row, card, propose_row
from bot.discord_gateway.thresholds_ids import Tried
from bot.discord_gateway.thresholds_pictures import files, pictures
from bot.discord_gateway.thresholds_promises import Wished, missed, promised, unable
from bot.discord_gateway.thresholds_refusals import deciding
from bot.discord_gateway.thresholds_words import alone, beside, limit, limits_words, rate_of, rests, span, where_words
from bot.locales import Speak
from bot.tuning_desk import Offer, Standing, TuningDesk
from classifier.verdict import LABELS


class ThresholdsShown:
    """Answers what admins ask about thresholds."""

    def __init__(self, desk: TuningDesk, access: Access) -> None:
        self._desk = desk
        self._access = access

    async def show(self, interaction: discord.Interaction, where: Where, days: int) -> None:
        """`show`: what is in force in a place, who says so, and what it has done."""
        async with deciding(interaction) as say:
            if not await self.may(interaction, say):
                return
            standing = await self._desk.standing(where, self._access.guilds(interaction), days)
            lines = _standing(standing, say, language(interaction))
            await self._answer(interaction, lines, standing.weighed, _main(standing.limits), None)

    async def simulate(
        self, interaction: discord.Interaction, label: str, threshold: str, where: Where, days: int
    ) -> None:
        """`simulate`: what another threshold would have done."""
        async with deciding(interaction) as say:
            if not await self.may(interaction, say):
                return
            values = {thresholds_input.label(label, say): thresholds_input.threshold(threshold, say)}
            await self.weighed(interaction, say, where, values, days)

    async def weighed(
        self, interaction: discord.Interaction, say: Speak, where: Where, values: Values, days: int, *first: str
    ) -> None:
        """What some thresholds would have done, after `first`, with the button to propose them. Deferred already."""
        weighed = await self._desk.weigh(where, values, self._access.guilds(interaction), days)
        lines = [*first, *_weighed(weighed, say, language(interaction))]
        row = propose_row({say("tune-propose"): _tried(weighed, days)}) if _differs(weighed) else None
        await self._answer(interaction, lines, weighed, next(iter(weighed.proposal.values)), row)

    async def suggest(
        self, interaction: discord.Interaction, label: str, wished: Wished, where: Where, days: int
    ) -> None:
        """`suggest`: the threshold that keeps what is wished for, and what it costs; or why there is none."""
        async with deciding(interaction) as say:
            if not await self.may(interaction, say):
                return
            speaks, chosen = language(interaction), thresholds_input.label(label, say)
            wishes = wished.read(say)
            found = await self._desk.suggest(chosen, wishes, where, self._access.guilds(interaction), days)
            if found.threshold is None:
                await tell(interaction, unable(found, chosen, wishes, say, speaks))
                return
            values = {chosen: round(found.threshold, 2)}
            await self.weighed(interaction, say, where, values, days, promised(found, chosen, wishes, say, speaks))

    async def levels(self, interaction: discord.Interaction, name: str, where: Where) -> None:
        """`level`: what each level, or one, means here."""
        async with deciding(interaction) as say:
            if not await self.may(interaction, say):
                return
            only = thresholds_input.level(name, say) if name else None
            offers = await self._desk.levels(where, self._access.guilds(interaction))
            offers = [each for each in offers if only in (None, each.level)]
            footing = await self._desk.footing()
            lines = [say("tune-levels-title", where=where_words(where, footing.channels, say))]
            for offer in offers:
                lines += _offer(offer, say, language(interaction))
            base = max((each.number for each in footing.changes if each.applied), default=0)
            offered = {
                say("tune-propose-level", level=say(f"level-{each.level}")): Tried(where, each.values, base, 28)
                for each in offers
                if not each.is_in_force
            }
            view = card(lines, propose_row(offered) if offered else None)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def may(self, interaction: discord.Interaction, say: Speak) -> bool:
        """Acknowledge, and see whether this person may; who may not is told so."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        problem = self._access.refused(interaction, Deed.TUNE, say)
        if problem:
            await tell(interaction, problem)
        return not problem

    async def _answer(
        self, interaction: discord.Interaction, lines: list[str], weighed: Weighed, label: str, row: Row | None
    ) -> None:
        drawn, missing = await pictures(weighed, label, language(interaction))
        attached = files(drawn)
        view = card([*lines, *(f"-# {each}" for each in missing)], row, attached)
        await interaction.followup.send(view=view, files=attached, ephemeral=True, allowed_mentions=NOBODY)


def _standing(standing: Standing, say: Speak, language: str) -> list[str]:
    where = where_words(standing.where, standing.weighed.channels, say)
    found = figures(standing.weighed.simulation)
    lines = [say("tune-shown-title", where=where)]
    lines += [f"- {_origin(each, say, language)}" for each in standing.origins]
    if standing.level is not None:
        lines.append(say("tune-is-level", level=say(f"level-{standing.level}")))
    lines.append(say("tune-done", days=span(found["days"], say, language)))  # type: ignore[arg-type]
    lines += [f"- {line}" for line in alone(found, say, language)]
    lines += missed(standing.caught, standing.limits, say, language)
    return [*lines, *(f"-# {line}" for line in rests(found, say, language))]


def _origin(each: Origin, say: Speak, language: str) -> str:
    slots = {"number": str(each.change.number), "by": who(each.change.proposal.by)} if each.change else {}
    source = say(f"source-{each.source}", **slots)
    return say("tune-origin", label=say(f"label-{each.label}"), value=limit(each.value, language), source=source)


def _weighed(weighed: Weighed, say: Speak, language: str) -> list[str]:
    it = weighed.proposal
    before, after = (limits_at(policy, it.where, weighed.channels) for policy in (weighed.before, weighed.after))
    found = figures(weighed.simulation)
    title = say("tune-simulated-title", where=where_words(it.where, weighed.channels, say))
    lines = [title, limits_words(it.values, before, after, say, language)]
    lines += [f"- {line}" for line in beside(found, say, language)]
    if not _differs(weighed):
        lines.append(say("tune-same"))
    return [*lines, *(f"-# {line}" for line in rests(found, say, language))]


def _offer(offer: Offer, say: Speak, language: str) -> list[str]:
    name = say(f"level-{offer.level}")
    title = say(
        "tune-level-now" if offer.is_in_force else "tune-level", level=name, means=say(f"level-means-{offer.level}")
    )
    values = ", ".join(f"{say(f'label-{label}')} {limit(value, language)}" for label, value in offer.values.items())
    return [title, f"- {values}", f"- {_cost(offer.simulation, say, language)}"]


def _cost(simulation: Simulation | None, say: Speak, language: str) -> str:
    if simulation is None:
        return say("tune-no-figures")
    found = figures(simulation)
    flags, minutes = (rate_of(found, which, say, language) for which in ("flags_a_day", "minutes_a_day"))
    return say("tune-cost", flags=flags, minutes=minutes)


def _main(limits: Collection[str]) -> str:
    """The label that is drawn: the first that has a threshold."""
    return next((label for label in LABELS if label in limits), LABELS[0])


def _differs(weighed: Weighed) -> bool:
    where, channels = weighed.proposal.where, weighed.channels
    return limits_at(weighed.before, where, channels) != limits_at(weighed.after, where, channels)


def _tried(weighed: Weighed, days: int) -> Tried:
    it = weighed.proposal
    values = {label: value for label, value in it.values.items() if value is not None}
    return Tried(it.where, values, it.base, days)
