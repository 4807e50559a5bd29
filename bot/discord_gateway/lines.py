"""How is something said in several languages at once? The first in full size, the others small beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.messages import is_snowflake
from bot.discord_gateway.spoiler import harmless
from bot.locales import Speak, speak


def both(languages: Sequence[str], key: str, **slots: object) -> str:
    """A line in every language."""
    return in_each(languages, lambda say: say(key, **slots))


def in_each(languages: Sequence[str], line: Callable[[Speak], str]) -> str:
    """A line that is made for each language."""
    lines = [line(speak(language)) for language in languages]
    return "\n".join(each if index == 0 else f"-# {each}" for index, each in enumerate(lines))


def once(languages: Sequence[str], key: str, what: str) -> str:
    """What is nobody's language, behind its name in every language."""
    return f"{' / '.join(speak(language)(key) for language in languages)}: {what}"


def who(by: str) -> str:
    """A member is named by id; somebody at a terminal, or in a file that was replayed, by name."""
    return f"<@{by}>" if is_snowflake(by) else harmless(by, 100)


def place(channel: str) -> str:
    """A channel is linked by id; one of a file that was replayed has a name alone."""
    return f"<#{channel}>" if is_snowflake(channel) else harmless(channel, 100)
