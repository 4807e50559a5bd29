"""What does a moderator see of an appeal? The case, what was decided and by whom, the author's words behind a spoiler;
and, while it is open, the buttons to decide it. Hung up and kept up to date in the moderators' channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from bot.config import Settings
from bot.core.errors import PlatformError
from bot.core.statements import Appeal, Outcome, Statement
from bot.discord_gateway.answers import NOBODY
from bot.discord_gateway.appeal_buttons import grant_id, reject_id
from bot.discord_gateway.card import LONGEST, view_of
from bot.discord_gateway.lines import both, in_each, once, place, who
from bot.discord_gateway.measure_words import in_short
from bot.discord_gateway.moments import moment
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.discord_gateway.spoiler import harmless, spoiler
from bot.locales import Speak, speak

ROOMS = ((1_500, 1_000), (500, 1_000), (200, 700), (40, 300))  # of the text and of the words; the first that fits
COLOURS = {None: 0x4A5F8A, Outcome.GRANTED: 0x4F6F52, Outcome.REJECTED: 0x9C2F2F, Outcome.OVERTAKEN: 0x6B6B6B}
NOWHERE = ("", "")  # where an appeal's card hangs while no channel is configured


class AppealWall:
    """The port AppealBoard."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._channel = settings.discord.moderators_channel
        self._languages = settings.languages()
        self._mask = settings.masking()

    async def show_appeal(self, statement: Statement) -> tuple[str, str] | None:
        """Hang up an appeal's card, or bring it up to date; None where it is gone. PlatformError where it may heal."""
        appeal = statement.appeal
        assert appeal is not None, "only what was appealed is shown"
        card = appeal.card if appeal.card != NOWHERE else None
        if not self._channel and card is None:
            return NOWHERE
        if self._client.user is None or self._client.is_closed():
            raise PlatformError("appeals not shown: not connected to Discord yet")
        view = appeal_card(self._mask.appealed(statement), self._languages)
        channel, message = card or (self._channel, "")
        place = self._client.get_partial_messageable(int(channel))
        try:
            if not message:
                # A card that was taken down is hung up anew under another nonce: its version has grown.
                nonce = f"appeal-{appeal.id}-{appeal.version}"
                sent = await place.send(view=view, nonce=nonce, allowed_mentions=NOBODY)
                return channel, str(sent.id)
            await place.get_partial_message(int(message)).edit(view=view, allowed_mentions=NOBODY)
        except REFUSALS as problem:
            if isinstance(problem, discord.NotFound) and message:
                return None
            raise PlatformError(f"appeal not shown in channel {channel}: {refusal(problem)}") from problem
        return channel, message


def appeal_card(statement: Statement, languages: Sequence[str], *above: str) -> discord.ui.LayoutView:
    """The card of an appeal as it is now, below some lines of text."""
    appeal = statement.appeal
    assert appeal is not None, "only what was appealed is shown"
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOURS[appeal.outcome])
    for room in ROOMS:
        parts = [*above, *_parts(statement, appeal, languages, *room)]
        if sum(map(len, parts)) <= LONGEST:
            break
    for part in parts:
        container.add_item(discord.ui.TextDisplay(part))
    if appeal.outcome is None:
        container.add_item(_buttons(appeal, languages))
    return view_of(container)


def _parts(
    statement: Statement, appeal: Appeal, languages: Sequence[str], text_room: int, words_room: int
) -> Iterator[str]:
    case, decision = statement.case, statement.decision
    post = case.flag.message
    yield both(languages, "appeal-heading", flag=str(case.id), who=who(post.author), when=moment(appeal.made_at))
    yield both(languages, "appeal-about", where=place(post.channel.id), posted=moment(post.at))
    yield both(languages, case.without) if case.forgotten else spoiler(post.text, text_room)
    yield in_each(
        languages,
        lambda say: say(
            "appeal-decided",
            by=who(decision.by),
            when=moment(decision.at),
            what=in_short(decision.motives, decision.measures, say),
        ),
    )
    if appeal.words is None:
        yield both(languages, "appeal-forgotten")
    elif appeal.words:
        yield once(languages, "appeal-said", spoiler(appeal.words, words_room))
    if case.masked:
        yield both(languages, "card-masked")
    if appeal.outcome is not None and appeal.decided_at is not None:
        yield in_each(languages, lambda say: f"**{_ended(appeal, say)}**")
        if appeal.answer:
            yield once(languages, "news-reason", harmless(appeal.answer, 300))


def _ended(appeal: Appeal, say: Speak) -> str:
    assert appeal.decided_at is not None, "it has ended"
    return say(f"appeal-{appeal.outcome}", by=who(appeal.by), when=moment(appeal.decided_at))


def _buttons(appeal: Appeal, languages: Sequence[str]) -> discord.ui.ActionRow[discord.ui.LayoutView]:
    grant, reject = (" / ".join(speak(each)(key) for each in languages) for key in ("appeal-grant", "appeal-reject"))
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    row.add_item(discord.ui.Button(label=grant, style=discord.ButtonStyle.success, custom_id=grant_id(appeal.id)))
    row.add_item(discord.ui.Button(label=reject, style=discord.ButtonStyle.danger, custom_id=reject_id(appeal.id)))
    return row
