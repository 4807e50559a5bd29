"""What did an admin type? A threshold with a comma, a label or a level by its name in either language.

Whatever Discord completes, anything at all can be typed: what cannot be understood is refused in one sentence.
"""

from __future__ import annotations

from discord import app_commands

from bot.core.errors import Refused
from bot.core.tuning import typed as typed_number
from bot.core.tuning.levels import Level
from bot.discord_gateway.spoiler import harmless
from bot.locales import LANGUAGES, Speak, speak
from classifier.verdict import LABELS

LONGEST = 40  # characters of what was typed that are told back
MOST = 25  # choices that Discord shows


def threshold(typed: str, say: Speak) -> float:
    """A number from 0 to 1, with a comma or a point; Refused for anything else."""
    value = typed_number.threshold(typed)
    if value is None:
        raise Refused(say("tune-no-threshold", typed=harmless(typed, LONGEST)))
    return value


def share(typed: str, say: Speak) -> float:
    """A share as people write it: 95, 95 %, 0,95. Refused for what is none, and for none at all."""
    value = typed_number.share(typed)
    if value is None:
        raise Refused(say("tune-no-share", typed=harmless(typed, LONGEST)))
    return value


def label(typed: str, say: Speak) -> str:
    """A label by its key or its name in any of our languages. Refused for none."""
    found = _named(typed, {each: f"label-{each}" for each in LABELS})
    if found is None:
        raise Refused(say("tune-no-label", typed=harmless(typed, LONGEST)))
    return found


def level(typed: str, say: Speak) -> Level:
    """A level by its name in any of our languages. Refused for none."""
    found = _named(typed, {each: f"level-{each}" for each in Level})
    if found is None:
        names = ", ".join(say(f"level-{each}") for each in Level)
        raise Refused(say("tune-no-level", typed=harmless(typed, LONGEST), levels=names))
    return Level(found)


def labels_like(typed: str, say: Speak) -> list[app_commands.Choice[str]]:
    """The labels whose name holds what was typed so far, in the reader's words."""
    return _like(typed, {each: say(f"label-{each}") for each in LABELS})


def levels_like(typed: str, say: Speak) -> list[app_commands.Choice[str]]:
    """The same of levels."""
    return _like(typed, {each: say(f"level-{each}") for each in Level})


def groups_like(typed: str, groups: list[str]) -> list[app_commands.Choice[str]]:
    """The same of groups of channels."""
    return _like(typed, {each: each for each in groups})


def _named(typed: str, keys: dict[str, str]) -> str | None:
    wanted = typed.strip().casefold()
    for each, key in keys.items():
        if wanted in (each.casefold(), *(speak(language)(key).casefold() for language in LANGUAGES)):
            return each
    return None


def _like(typed: str, names: dict[str, str]) -> list[app_commands.Choice[str]]:
    wanted = typed.strip().casefold()
    found = [(each, name) for each, name in names.items() if wanted in name.casefold() or wanted in each.casefold()]
    return [app_commands.Choice(name=name[:100], value=each[:100]) for each, name in found[:MOST]]
