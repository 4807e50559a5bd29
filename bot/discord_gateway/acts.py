"""How is a measure carried out at Discord, and undone? Each so that doing it twice does no more than doing it once.

What stands in the audit log is a case's number and nothing else: members can see it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import discord

from bot.config import Settings
from bot.core.cases import Case
from bot.core.errors import PlatformError
from bot.core.measures import Act
from bot.core.undertakings import Event, Hindrance, Posting, Report, Undertaking
from bot.discord_gateway.ability import deleting, fetched, of_member, silencing
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.handover_card import handover_card
from bot.discord_gateway.refusals import REFUSALS

ALIKE = timedelta(seconds=5)  # two ends of a time-out that differ by less are the same
MISSING_ACCESS, SYSTEM_MESSAGE = 50001, 50021  # Discord's codes

DONE, UNDONE = Report(Event.DONE), Report(Event.UNDONE)


class Acts:
    """The port Enforcement over Discord."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._coordinator = settings.measures.coordinator_channel
        self._languages = settings.languages()
        self._mask = settings.masking()

    async def carry_out(self, undertaking: Undertaking, case: Case) -> Report:
        """Do it; the report says what hinders it, if anything does. PlatformError while we are not connected."""
        self._check_connected()
        if undertaking.measure.act is Act.HANDOVER:
            return await self._hand_over(undertaking, case)
        guild = self._guild(case)
        if guild is None:
            return Report(Event.IMPOSSIBLE, Hindrance.NO_SERVER)
        if guild.unavailable:
            return Report(None, Hindrance.AWAY)
        if undertaking.measure.act is Act.DELETE:
            return await self._delete(guild, case)
        return await self._time_out(guild, case, undertaking.until)

    async def undo(self, undertaking: Undertaking, case: Case) -> Report:
        """Take it back, as far as that can be."""
        self._check_connected()
        guild = self._guild(case)
        if undertaking.measure.act is Act.DELETE:
            return await self._look_for(guild, case)
        if undertaking.measure.act is not Act.TIMEOUT:
            return UNDONE
        if guild is None or guild.unavailable:
            return Report(None, Hindrance.NO_SERVER if guild is None else Hindrance.AWAY)
        return await self._lift(guild, case, undertaking.until)

    async def _delete(self, guild: discord.Guild, case: Case) -> Report:
        hindrance = deleting(guild, case)
        if hindrance is Hindrance.GONE:
            return DONE
        if hindrance is not None:
            return Report(Event.IMPOSSIBLE if hindrance is Hindrance.NO_MESSAGE else None, hindrance)
        message = case.flag.message
        try:
            await self._client.http.delete_message(int(message.channel.id), int(message.id), reason=_reason(case))
        except discord.NotFound:  # somebody was faster, or its channel is gone and it with it
            return DONE
        except REFUSALS as problem:
            if getattr(problem, "code", None) == SYSTEM_MESSAGE:
                return Report(Event.IMPOSSIBLE, Hindrance.REFUSED)
            return Report(None, _why(problem, Hindrance.MANAGE_MESSAGES))
        return DONE

    async def _look_for(self, guild: discord.Guild | None, case: Case) -> Report:
        """Called off before it was known to be done: is the message still there?"""
        if guild is None:
            return UNDONE
        message = case.flag.message
        try:
            await self._client.http.get_message(int(message.channel.id), int(message.id))
        except discord.NotFound:
            return Report(Event.STANDS, Hindrance.IRREVERSIBLE)
        except REFUSALS as problem:
            return Report(None, _why(problem, Hindrance.CLOSED))
        return UNDONE

    async def _time_out(self, guild: discord.Guild, case: Case, until: datetime) -> Report:
        if hindrance := silencing(guild):
            return Report(None, hindrance)
        try:
            member = await fetched(guild, case.flag.message.author)
            if hindrance := of_member(guild, member):
                return Report(None, hindrance)
            if member.timed_out_until is None or member.timed_out_until < until - ALIKE:  # a longer one stays
                await member.timeout(until, reason=_reason(case))
        except discord.NotFound:
            return Report(Event.IMPOSSIBLE, Hindrance.LEFT)
        except REFUSALS as problem:
            return Report(None, _why(problem, Hindrance.MODERATE_MEMBERS))
        return DONE

    async def _lift(self, guild: discord.Guild, case: Case, until: datetime) -> Report:
        """Only ours: a time-out that ends at another moment is somebody else's."""
        if hindrance := silencing(guild):
            return Report(None, hindrance)
        try:
            member = await fetched(guild, case.flag.message.author)
            if member.timed_out_until is not None and abs(member.timed_out_until - until) < ALIKE:
                if hindrance := of_member(guild, member):
                    return Report(None, hindrance)
                await member.timeout(None, reason=_reason(case))
        except discord.NotFound:  # Discord keeps a time-out for whoever comes back
            return Report(None, Hindrance.LEFT)
        except REFUSALS as problem:
            return Report(None, _why(problem, Hindrance.MODERATE_MEMBERS))
        return UNDONE

    async def _hand_over(self, undertaking: Undertaking, case: Case) -> Report:
        if not self._coordinator:
            return Report(None, Hindrance.NO_COORDINATOR)
        there = self._client.get_partial_messageable(int(self._coordinator))
        view = handover_card(self._mask(case), self._languages)
        try:
            # Sent twice, because Discord's answer was lost, it is shown once: its nonce is the same.
            message = await there.send(view=view, nonce=f"handover-{undertaking.id}", allowed_mentions=NOBODY)
        except discord.NotFound:
            return Report(None, Hindrance.SHUT)
        except REFUSALS as problem:
            return Report(None, _why(problem, Hindrance.SHUT, Hindrance.SHUT))
        return Report(Event.DONE, card=Posting(self._coordinator, str(message.id), case.version))

    def _guild(self, case: Case) -> discord.Guild | None:
        """The flag's server; None where we are in it no more, which is known only when all servers are."""
        guild = self._client.get_guild(int(case.flag.message.channel.guild))
        if guild is None and not self._client.is_ready():
            raise PlatformError("not connected to Discord yet")
        return guild

    def _check_connected(self) -> None:
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("not connected to Discord yet")


def _reason(case: Case) -> str:
    return f"Uppsikt, ärende {case.id}"


def _why(problem: BaseException, forbidden: Hindrance, closed: Hindrance = Hindrance.CLOSED) -> Hindrance:
    """What a refusal means; `forbidden` where a permission is missing, `closed` where we do not see the place."""
    if isinstance(problem, discord.Forbidden):
        return closed if problem.code == MISSING_ACCESS else forbidden
    if isinstance(problem, discord.HTTPException) and problem.status < 500:
        return Hindrance.REFUSED
    return Hindrance.AWAY
