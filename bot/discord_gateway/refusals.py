"""Why does Discord refuse us, and what can a person do? Its many exceptions as our PlatformError, one clear line."""

from __future__ import annotations

import aiohttp
import discord

from bot.config import TOKEN
from bot.core.errors import PlatformError

# What discord.py and aiohttp raise when Discord refuses or cannot be reached.
REFUSALS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)

NO_TOKEN = f"there is no token: set {TOKEN} in the environment (Developer Portal > your application > Bot)"
BAD_TOKEN = f"Discord refuses the token: reset it in the Developer Portal under Bot and set {TOKEN} to the new one"
NO_INTENT = "Discord refuses the Message Content Intent: switch it on in the Developer Portal under Bot"
_CLOSED = {
    4004: BAD_TOKEN,
    4010: "Discord refuses the shard: restart Uppsikt",
    4011: "Discord demands more shards: restart Uppsikt",
    4013: "Discord refuses the intents: update Uppsikt",
    4014: NO_INTENT,
}


def check_token(token: str) -> str:
    """A token that can be sent at all; PlatformError for none and for what is certainly none."""
    if not token.strip():
        raise PlatformError(NO_TOKEN)
    if not token.strip().isascii() or not token.strip().isprintable() or " " in token.strip():
        raise PlatformError(BAD_TOKEN)
    return token.strip()


def refusal(problem: BaseException) -> PlatformError:
    """The same as one line. Never holds the token: neither library puts it into its errors."""
    if isinstance(problem, discord.LoginFailure):
        return PlatformError(BAD_TOKEN)
    if isinstance(problem, discord.PrivilegedIntentsRequired):
        return PlatformError(NO_INTENT)
    if isinstance(problem, discord.ConnectionClosed):
        return PlatformError(_CLOSED.get(problem.code, f"Discord closed the connection (code {problem.code})"))
    if isinstance(problem, discord.Forbidden):
        return PlatformError(f"Discord forbids it ({problem.text or problem.status}): check the bot's permissions")
    if isinstance(problem, discord.NotFound):
        return PlatformError(f"Discord does not know it ({problem.text or problem.status}): check the ids")
    if isinstance(problem, discord.HTTPException):
        return PlatformError(f"Discord answered {problem.status}: {_line(problem.text)}")
    return PlatformError(f"Discord cannot be reached: {_line(str(problem)) or type(problem).__name__}")


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
