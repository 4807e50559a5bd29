"""Would it work? Token, intents, servers, channels and the moderators' channel, a line each, over REST alone.

Nothing is changed at Discord and no gateway session is used up. Threads are left out: they follow their channels.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Sequence

import discord

from bot.config import Settings
from bot.core.errors import PlatformError
from bot.discord_gateway.channels import is_readable
from bot.discord_gateway.client import intents
from bot.discord_gateway.line import Line
from bot.discord_gateway.measure_checks import coordinator, unmet
from bot.discord_gateway.on_call import OnCall
from bot.discord_gateway.refusals import REFUSALS, check_token, refusal
from bot.discord_gateway.role_checks import NamedRoles
from bot.discord_gateway.translate import place
from bot.locales import Speak, speak

TEXTUAL = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)


async def check(settings: Settings) -> list[Line]:
    """Every finding, in the first configured language; what Discord refuses is a finding too."""
    lines: list[Line] = []
    try:
        token = check_token(settings.token.get_secret_value())
        async with discord.Client(intents=intents()) as client:
            await client.login(token)
            async for line in _findings(client, settings, speak(settings.uppsikt.languages[0])):
                lines.append(line)
    except PlatformError as problem:
        lines.append(Line(False, str(problem)))
    except REFUSALS as problem:
        lines.append(Line(False, str(refusal(problem))))
    return lines


async def _findings(client: discord.Client, settings: Settings, say: Speak) -> AsyncIterator[Line]:
    application = await client.application_info()
    yield Line(True, say("check-token", name=application.name))
    flags = application.flags
    allowed = flags.gateway_message_content or flags.gateway_message_content_limited
    yield Line(allowed, say("check-intent" if allowed else "check-no-intent"))
    member_of = [guild.id async for guild in client.fetch_guilds(limit=None)]
    wanted = [int(guild) for guild in settings.discord.guilds] or member_of
    if not wanted:
        yield Line(False, say("check-no-server"))
    unmet_coordinator = settings.measures.coordinator_channel
    desk: set[str] = set()
    on_call, roles = OnCall(settings), NamedRoles(settings)
    leads = not settings.discord.leads_channel
    for guild_id in wanted:
        if guild_id not in member_of:
            yield Line(False, say("check-not-in-server", server=str(guild_id)))
            continue
        guild = await client.fetch_guild(guild_id)
        roles.look(guild.roles)
        channels = await guild.fetch_channels()
        me = await guild.fetch_member(application.id if client.user is None else client.user.id)
        yield _reading(guild, channels, me, settings, say)
        for problem in unmet(guild, _read(channels, settings), me, settings.offered(), say):
            yield Line(False, problem)
        for channel in channels:
            if str(channel.id) in settings.channels_of_desk().channels:
                desk.add(str(channel.id))
                yield _writing(channel, me, say)
            if str(channel.id) == settings.measures.coordinator_channel:
                unmet_coordinator = ""
                yield Line(*coordinator(channel, me, say))
            on_call.look(channel, me)
            if str(channel.id) == settings.discord.leads_channel:
                leads = True
                yield _writing_to_leads(channel, me, say)
    for line in _no_moderators(settings, desk, say):
        yield line
    if unmet_coordinator:
        yield Line(False, say("check-coordinator-unknown", channel=unmet_coordinator))
    if not leads:
        yield Line(False, say("check-leads-unknown", channel=settings.discord.leads_channel))
    for line in (*on_call.lines(say), *roles.lines(say)):
        yield line


def _reading(
    guild: discord.Guild,
    channels: Sequence[discord.abc.GuildChannel],
    me: discord.Member,
    settings: Settings,
    say: Speak,
) -> Line:
    wanted = _read(channels, settings)
    hidden = [channel for channel in wanted if not is_readable(channel, me)]
    if hidden:
        names = ", ".join(f"#{channel.name} ({channel.id})" for channel in hidden)
        return Line(False, say("check-hidden", server=guild.name, channels=names))
    return Line(bool(wanted), say("check-readable", server=guild.name, count=len(wanted)))


def _read(
    channels: Sequence[discord.abc.GuildChannel], settings: Settings
) -> list[discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.ForumChannel]:
    reads = settings.policy({}).reads
    return [channel for channel in channels if isinstance(channel, TEXTUAL) and reads(place(channel))]


def _writing(channel: discord.abc.GuildChannel, me: discord.Member, say: Speak) -> Line:
    can = channel.permissions_for(me)
    ok = can.view_channel and can.send_messages and isinstance(channel, discord.abc.Messageable)
    return Line(ok, say("check-moderators" if ok else "check-moderators-shut", channel=channel.name))


def _writing_to_leads(channel: discord.abc.GuildChannel, me: discord.Member, say: Speak) -> Line:
    ok = _writing(channel, me, say).ok
    return Line(ok, say("check-leads" if ok else "check-leads-shut", channel=channel.name))


def _no_moderators(settings: Settings, found: Collection[str], say: Speak) -> Iterator[Line]:
    """None configured is well: then flags are looked at in the terminal. One that is not there is not."""
    wanted = settings.channels_of_desk()
    if not wanted.channels:
        yield Line(True, say("check-no-moderators"))
    for channel in wanted.channels:
        if channel not in found:
            key = "check-moderators-unknown" if channel == wanted.default else "check-desk-unknown"
            yield Line(False, say(key, channel=channel))
