"""Discord. The only importer of discord.py."""

from bot.discord_gateway.checks import Line, check
from bot.discord_gateway.commands import Status
from bot.discord_gateway.gateway import DiscordGateway
from bot.discord_gateway.history import DiscordHistory

__all__ = ["DiscordGateway", "DiscordHistory", "Line", "Status", "check"]
