"""Which cards, modals and answers are shown? What the real bot sent on the loopback Discord, in a made-up case.

The flagged words are neutral, and stand behind their spoilers anyway. Time stands still, so that the same code makes
the same pictures. To add one: do something with the bot here, and `keep` what it sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from classifier.verdict import MOTIVES, TARGETS, Span, Verdict
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.fakes import WORD
from tests.loopback import Channel, Guild, LoopbackDiscord, ManualClock, Member, Message, Permission
from tests.pictures.markdown import ZONE, Reader
from tests.pictures.page import PHONE, Shot

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=ZONE).astimezone(UTC)
QUOTED = f"{WORD} det här, ett påhittat inlägg om den nya bron som någon borde se på"
AROUND = ["Vet någon när bron öppnar?", "I maj, tror jag.", QUOTED, "Lugn, vi ses på mötet i kväll.", "Klockan sju!"]


class Scenes:
    """A walk through a moderator's day, with what was seen on the way."""

    def __init__(self, server: LoopbackDiscord, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.guild: Guild = server.add_guild("Almköping")
        self.square: Channel = self.guild.add_text_channel("torget")
        self.desk: Channel = self.guild.add_text_channel("moderatorer")
        role = self.guild.add_role("Moderator", Permission.MANAGE_MESSAGES)
        self.karin: Member = self.guild.add_member("Karin", roles=[role])
        self.john: Member = self.guild.add_member("John", roles=[role])
        self.john.user.locale = "en-GB"
        self.people: Sequence[Member] = [self.guild.add_member(name) for name in ("bosse", "lisa", "kim")]
        self.shots: dict[str, Shot] = {}
        self.decided = 0

    def keep(self, name: str, sent: Mapping[str, Any] | Message, alt: str, **look: Any) -> None:
        """Remember something the bot sent: a message, or the data of a modal. `look` is what a Shot takes besides."""
        if isinstance(sent, Message):
            look.setdefault("ephemeral", sent.is_ephemeral)
            sent = {"content": sent.content, "components": [dict(each) for each in sent.components]}
        reader = replace(self._reader(), locale=look.pop("locale", "sv"))
        self.shots[name] = Shot(name, sent, reader, alt=alt, **look)

    def _reader(self) -> Reader:
        world = self.server.world
        return Reader(
            {str(user.id): user.name for user in world.users.values()},
            {str(channel.id): channel.name for channel in world.channels.values()},
            {str(role.id): role.name for role in self.guild.roles},
            datetime.fromtimestamp(self.server.clock.now(), UTC),
        )

    async def walk(self) -> None:
        """Everything, in the order of a day."""
        async with moderated(self.server, self.folder / "uppsikt.db", self.desk) as bot:
            bot.clock.time = NOW
            bot.pipeline._clock = bot.clock  # so that what was flagged was flagged on that day too
            bot.classifier.read = seen  # type: ignore[method-assign]
            bot.classifier.explain = explained  # type: ignore[method-assign]
            await self._cards(bot)
            await self._digest(bot)
            await self._figures(bot)

    async def _cards(self, bot: Bot) -> None:
        for author, text in zip([*self.people, *self.people], AROUND, strict=False):
            self._later(bot, seconds=40)
            await self.square.post(author, text)
        card = await card_for(self.server, self.desk)
        self.keep("card", card, "Ett öppet kort, på svenska med engelska under")
        self.keep("card-phone", card, "Ett öppet kort på en telefon", width=PHONE)
        self._later(bot, minutes=3)
        context = await (await self.server.click(self.karin, card, "Sammanhang / Context")).shown()
        self.keep("context", context, "Sammanhanget: det som skrevs före och efter", width=PHONE)
        english = await (await self.server.click(self.john, card, "Bifall / Uphold")).acknowledgement()
        self.keep("uphold-en", english.modal, "The questions that follow Uphold", width=PHONE, locale="en")
        asked = await (await self.server.click(self.karin, card, "Bifall / Uphold")).acknowledgement()
        self.keep("uphold", asked.modal, "Frågorna som följer på Bifall", width=PHONE)
        await self.server.submit_modal(asked, {"motives": ["xenophobia"], "note": "Har skett förut i samma tråd."})
        await eventually(lambda: "bifölls" in card.text)
        await self._answered()
        self.keep("decided", card, "Ett avgjort kort: bifallet, av vem och när")
        self.keep("decided-phone", card, "Ett avgjort kort på en telefon", width=PHONE)

    async def _digest(self, bot: Bot) -> None:
        self._later(bot, minutes=20)
        before = len(self.server.sent(self.desk))
        for task in bot.desk:  # while nobody announces, many flags gather
            task.cancel()
        await self.square.post_many(self.people, [f"{QUOTED} {number}" for number in range(7)])
        await bot.settled()
        bot.keep_desk()
        await eventually(lambda: len(self.server.sent(self.desk)) > before)
        self.keep("digest", self.server.sent(self.desk)[-1], "Många nya flaggor på en gång: en sammanfattning")

    async def _figures(self, bot: Bot) -> None:
        for minutes in (4, 11, 2):
            self._later(bot, minutes=minutes)
            shown = await (await self.server.slash(self.karin, self.desk, "queue")).shown()
            await self.server.click(self.karin, shown, "Avskriv")
            await eventually(lambda shown=shown: "avskrevs" in shown.text)
            await self._answered()
        self._later(bot, minutes=30)
        for who, name, locale, command in (
            (self.karin, "stats", "sv", "/statistik"),
            (self.john, "stats-en", "en", "/stats"),
        ):
            told = await (await self.server.slash(who, self.desk, "stats")).shown()
            alt = "Svaret på /statistik" if locale == "sv" else "The answer to /stats"
            self.keep(name, told, alt, width=PHONE, locale=locale, used=f"{who.name} {command}")

    async def _answered(self) -> None:
        """Until the decision is shown by the answer to it as well: its token does not outlive the time that follows."""
        self.decided += 1
        await self.server.requests.wait_for("PATCH /webhooks/*/*/messages/@original", self.decided)

    def _later(self, bot: Bot, **duration: float) -> None:
        bot.clock.advance(**duration)
        self.server.clock.advance(timedelta(**duration).total_seconds())  # type: ignore[attr-defined]  # a ManualClock


def seen(texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
    """What a model might find in our made-up words."""
    return [_verdict(WORD in text) for text in texts]


def explained(texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The same, with the words that mattered."""
    spans = (Span(0, len(WORD), 0.8), Span(16, 25, 0.3))
    return [
        replace(verdict, spans=spans if WORD in text else ()) for text, verdict in zip(texts, verdicts, strict=True)
    ]


def _verdict(flagged: bool) -> Verdict:
    motives, targets = dict.fromkeys(MOTIVES, 0.02), dict.fromkeys(TARGETS, 0.02)
    if flagged:
        motives["xenophobia"], targets["newly_arrived"] = 0.81, 0.66
    return Verdict(0.93 if flagged else 0.02, 0.71 if flagged else 0.01, motives, targets, "fake@0", "sv")


async def shots() -> dict[str, Shot]:
    """Every shot, by name."""
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord(clock=ManualClock(NOW)) as server:
            scenes = Scenes(server, Path(folder))
            await scenes.walk()
            return scenes.shots
