"""Discord. The only importer of discord.py."""

from bot.discord_gateway.checks import check
from bot.discord_gateway.commands import Status
from bot.discord_gateway.gateway import DiscordGateway
from bot.discord_gateway.history import DiscordHistory
from bot.discord_gateway.line import Line
from bot.discord_gateway.refusals import check_token

__all__ = ["DiscordGateway", "DiscordHistory", "Line", "Status", "check", "check_token"]
