"""How is a person answered? In that person's language, seen by that person alone, with one clear sentence.

Whatever goes wrong while somebody waits is answered too: otherwise Discord says that the application did not respond,
and nobody knows whether anything was done.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.core.errors import StoreError
from bot.core.roles import Person
from bot.discord_gateway import translate
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.healing import place
from bot.locales import Speak, language_of, speak

log = logging.getLogger(__name__)

NOBODY = discord.AllowedMentions.none()


def language(interaction: discord.Interaction) -> str:
    return language_of(interaction.locale.value)


def person(interaction: discord.Interaction) -> Person:
    """Who asks, as far as ranks go: by the roles held in this server, not by what one channel allows."""
    member = interaction.user
    return member_as_person(member) if isinstance(member, discord.Member) else Person(frozenset())


def member_as_person(member: discord.Member) -> Person:
    """A member of a server, as far as ranks go."""
    may = member.guild_permissions
    return Person(translate.roles(member), may.manage_messages, may.manage_guild)


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """One sentence, whether or not the answer was deferred."""
    if interaction.response.is_done():
        await interaction.followup.send(sentence, ephemeral=True, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(sentence, ephemeral=True, allowed_mentions=NOBODY)


@asynccontextmanager
async def answering(interaction: discord.Interaction, mistake: str = "refused-mistake") -> AsyncIterator[Speak]:
    """While somebody waits for an answer: what goes wrong is told, and logged without a word of what was flagged.

    `mistake` is the key of the sentence for a mistake of ours: where to see what was done.
    """
    say = speak(language(interaction))
    try:
        yield say
    except StoreError as problem:
        log.warning("a moderator was not answered: %s", problem)
        await _tell_of_failure(interaction, say("refused-store"))
    except REFUSALS as problem:
        log.warning("an answer did not get through: %s", refusal(problem))
    except Exception as problem:
        log.error("a moderator was not answered: %s %s", type(problem).__name__, place(problem))
        await _tell_of_failure(interaction, say(mistake))


async def _tell_of_failure(interaction: discord.Interaction, sentence: str) -> None:
    try:
        await tell(interaction, sentence)
    except Exception as problem:  # nothing more can be done; at a stop the connection is closed already
        log.warning("an answer did not get through: %s", type(problem).__name__)
