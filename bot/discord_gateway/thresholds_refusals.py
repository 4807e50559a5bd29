"""How is an admin told that nothing was changed, or that nothing can be said? In one clear sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.core.errors import Refused
from bot.core.tuning.no_evidence import NoEvidence
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.discord_gateway.answers import answering, tell
from bot.discord_gateway.lines import place, who
from bot.discord_gateway.spoiler import harmless
from bot.locales import Speak

MISTAKE = "tune-mistake"


@asynccontextmanager
async def deciding(interaction: discord.Interaction) -> AsyncIterator[Speak]:
    """As `answering`; what the rules refuse, or nothing is known of, is told as such."""
    async with answering(interaction, MISTAKE) as say:
        try:
            yield say
        except Unchanged as problem:
            await tell(interaction, objected(problem, say))
        except NoEvidence as problem:
            await tell(interaction, say("tune-lack-" + problem.why, **_harmless(problem.slots)))
        except Refused as problem:
            await tell(interaction, str(problem))


def objected(problem: Unchanged, say: Speak) -> str:
    """Why nothing was changed."""
    slots = _harmless(problem.slots)
    if "by" in slots:
        slots["by"] = who(str(problem.slots["by"]))
    if problem.why is Objection.CHANNEL:
        slots["channel"] = place(str(problem.slots["channel"]))
    sentence = say("unchanged-" + problem.why, **slots)
    return say("tune-unchanged", why=sentence)


def _harmless(slots: object) -> dict[str, object]:
    return {name: harmless(str(value), 100) for name, value in dict(slots).items()}  # type: ignore[call-overload]
