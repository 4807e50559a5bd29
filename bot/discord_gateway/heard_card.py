"""What does a card say of reports? How many, what the latest say behind spoilers, whether they are a flood.

Never who has reported. Somebody who says *it hurts me* of words that are aimed at one person would be known by that, so
it reads the same as *it hurts somebody else*.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.core.cases import Case
from bot.core.flags import State
from bot.core.reports import Heard, Hurt, Voice
from bot.discord_gateway.lines import in_each
from bot.discord_gateway.spoiler import spoiler
from bot.locales import Speak


def heard_lines(case: Case, languages: Sequence[str], longest: int) -> list[str]:
    """The lines; none where nobody has reported."""
    heard = case.heard
    if not heard.count:
        return []
    lines = [in_each(languages, partial(_counted, heard, case.state))]
    for voice in heard.voices:
        words = "" if voice.abusive or not voice.words else f" {spoiler(voice.words, longest)}"
        lines.append(in_each(languages, partial(_voice, voice)) + (f"\n{words.strip()}" if words else ""))
    if heard.elsewhere:
        guild = case.flag.message.channel.guild
        links = [f"https://discord.com/channels/{guild}/{place}/{message}" for place, message in heard.elsewhere]
        lines.append(in_each(languages, lambda say: f"{say('heard-elsewhere')} " + " ".join(links)))
    return lines


def _counted(heard: Heard, state: State, say: Speak) -> str:
    said = [say("heard-count", count=heard.count)]
    if heard.late and state is not State.PENDING:
        said.append(say("heard-late", count=heard.late))
    if heard.flood:
        said.append(say("heard-flood"))
    if heard.unanswered:
        said.append(say("heard-unanswered"))
    return " ".join(said)


def _voice(voice: Voice, say: Speak) -> str:
    if voice.abusive:
        return say("heard-abusive", number=str(voice.number))
    what = [say(f"category-{voice.category}"), *(say(f"label-{each}") for each in voice.against)]
    hurt = say("heard-nobody") if voice.hurt is Hurt.NOBODY else say("heard-somebody")
    return say("heard-voice", number=str(voice.number), what=", ".join(what), hurt=hurt)
