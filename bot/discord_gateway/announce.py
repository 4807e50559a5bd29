"""What are the moderators told of a new flag, and how? Where, why and how surely; the words behind a spoiler.

A flagged text is hostile until somebody has looked: in a notice it mentions nobody, formats nothing, cannot end its
own spoiler, and is short. A few flags are told one by one, many as a digest, so that a flood does not drown the
channel. A notice that is sent twice, because Discord's answer was lost, is shown once: its nonce is the same.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

import discord

from bot.config import Settings
from bot.core.errors import PlatformError
from bot.core.flags import Reason, sureness
from bot.core.messages import Kind
from bot.core.ports import Notice
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import Speak, speak

ONE_BY_ONE = 5  # notices in one message; more become a digest
LISTED = 20  # channels named in a digest
QUOTED = (300, 120, 0)  # characters of a text shown; the next where the message would be too long
LONGEST = 4_000  # characters of text in one message: Discord's limit
COLOUR = 0x8A6D3B


class Announcer:
    """Writes to the moderators' channel."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.discord.moderators_channel
        # Swedish first, whatever the order in the configuration.
        self._languages = sorted(dict.fromkeys(settings.uppsikt.languages), key=lambda language: language != "sv")

    async def announce(self, notices: Sequence[Notice]) -> None:
        """Tell of new flags; nothing where no channel is configured. PlatformError where Discord refuses."""
        if not notices or not self._channel:
            return
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("not announced: not connected to Discord yet")
        texts = self._digest(notices) if len(notices) > ONE_BY_ONE else self._each(notices)
        place = self._client.get_partial_messageable(int(self._channel))
        nonce = f"{notices[0].id}-{notices[-1].id}"
        try:
            await place.send(view=_card(texts), nonce=nonce, allowed_mentions=discord.AllowedMentions.none())
        except REFUSALS as problem:
            raise PlatformError(f"not announced in channel {self._channel}: {refusal(problem)}") from problem

    def _each(self, notices: Sequence[Notice]) -> list[str]:
        for length in QUOTED:
            texts = [notice_text(notice, self._languages, length) for notice in notices]
            if sum(map(len, texts)) <= LONGEST:
                return texts
        return self._digest(notices)

    def _digest(self, notices: Sequence[Notice]) -> list[str]:
        channels = Counter(notice.flag.message.channel.id for notice in notices).most_common()
        lines = [
            _beside(index, speak(language)("announce-digest", flags=len(notices)))
            for index, language in enumerate(self._languages)
        ]
        lines += [f"- <#{channel}>: {count}" for channel, count in channels[:LISTED]]
        return ["\n".join(lines + (["- …"] if len(channels) > LISTED else []))]


def notice_text(notice: Notice, languages: Sequence[str], length: int) -> str:
    """One flag in every language, with its text once."""
    lines = [_beside(index, _line(notice, speak(language))) for index, language in enumerate(languages)]
    if length:
        lines.append(spoiler(notice.flag.message.text, length))
    return "\n".join(lines)


def spoiler(text: str, length: int) -> str:
    """A text behind a spoiler that it cannot leave, with nothing in it that acts."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in _tame(text)).split())
    shown = shown if len(shown) <= length else shown[: length - 1] + "…"
    # ignore_links would leave bars in links alone, and so let them end the spoiler.
    neutral = discord.utils.escape_mentions(discord.utils.escape_markdown(shown, ignore_links=False))
    return f"||{neutral.replace('<', chr(92) + '<') or '…'}||"


def _tame(text: str) -> str:
    """Without marks that stack up, and characters that turn the direction of the text around them."""
    kept: list[str] = []
    marks = 0
    for c in text[: 20 * QUOTED[0]]:
        category = unicodedata.category(c)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category not in ("Cf", "Cs", "Co", "Cn") and marks <= 2:
            kept.append(c)
    return "".join(kept)


def _line(notice: Notice, say: Speak) -> str:
    post = notice.flag.message
    found = ", ".join(dict.fromkeys(_reason(reason, say) for reason in notice.flag.reasons))
    slots: dict[str, Any] = {
        "flag": str(notice.id),
        "where": f"<#{post.channel.id}>",
        "who": f"<@{post.author}>",
        "when": f"<t:{int(post.at.timestamp())}:f>",
        "link": _link(notice),
        "why": found,
    }
    return say(f"announce-{post.kind}", **slots)


def _reason(reason: Reason, say: Speak) -> str:
    if reason.rule == "watchlist":
        return say("reason-watchlist", entry=discord.utils.escape_markdown(reason.label))
    if reason.rule == "language":
        return say("reason-language", language=reason.label)
    sure = say(f"sure-{sureness(reason.value or 0.0)}")
    return f"{say(f'label-{reason.label}')} ({sure})"


def _link(notice: Notice) -> str:
    post = notice.flag.message
    place = f"https://discord.com/channels/{post.channel.guild}/{post.channel.id}"
    return f"{place}/{post.id}" if post.kind is Kind.MESSAGE else place


def _beside(index: int, line: str) -> str:
    """The first language in full size, the others small beside it."""
    return line if index == 0 else f"-# {line}"


def _card(texts: Sequence[str]) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    card: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOUR)
    for index, text in enumerate(texts):
        if index:
            card.add_item(discord.ui.Separator())
        card.add_item(discord.ui.TextDisplay(text))
    return view.add_item(card)
