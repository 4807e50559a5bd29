"""Which cards, modals and answers are shown? What the real bot sent on the loopback Discord, in a made-up case.

Time stands still, so that the same code makes the same pictures. To add one: do something with the bot here, and
`keep` what it sent. The walk is done twice: in Swedish alone, and as the bot speaks by default, with English beside.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.locales import speak
from tests.discord_gateway.deciding import appeal_card
from tests.discord_gateway.harness import Bot, card_for, eventually, running
from tests.loopback import Channel, Guild, LoopbackDiscord, ManualClock, Member, Message, Permission
from tests.loopback.permissions import BOT
from tests.pictures.made_up import (
    AROUND,
    BEFORE,
    DELETE,
    QUOTED,
    THREAT,
    WARN,
    explained,
    read_twice,
    seen,
    taken_back,
    upheld,
)
from tests.pictures.markdown import ZONE, Reader
from tests.pictures.page import PHONE, Shot

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=ZONE).astimezone(UTC)
WEEKS = timedelta(days=BEFORE + 1)  # that have gone before
IN_BOTH = ("card", "decided", "uphold-en", "stats-en")  # shown with English beside; all else in Swedish alone
RULES = "Vi angriper ingen för vem hen är: https://almkoping.example/regler"


class Scenes:
    """A walk through a moderator's day, with what was seen on the way."""

    def __init__(self, server: LoopbackDiscord, folder: Path, languages: Sequence[str]) -> None:
        self.server, self.folder, self.languages = server, folder, languages
        self.guild: Guild = server.add_guild("Almköping")
        self.square: Channel = self.guild.add_text_channel("torget")
        self.market: Channel = self.guild.add_text_channel("marknaden")
        self.desk: Channel = self.guild.add_text_channel("moderatorer")
        self.leads: Channel = self.guild.add_text_channel("ansvariga")
        self.coordinator: Channel = self.guild.add_text_channel("samordnaren")
        role = self.guild.add_role("Moderator", Permission.MANAGE_MESSAGES)
        lead = self.guild.add_role("Ansvarig", Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD)
        lead.mentionable = True
        self.karin: Member = self.guild.add_member("Karin", roles=[role])
        self.maja: Member = self.guild.add_member("Maja", roles=[role])
        self.john: Member = self.guild.add_member("John", roles=[role])
        self.john.user.locale = "en-GB"
        self.elin: Member = self.guild.add_member("Elin", roles=[lead])
        self.people: Sequence[Member] = [self.guild.add_member(name) for name in ("bosse", "lisa", "kim")]
        self.others: Sequence[Member] = [
            self.guild.add_member(name) for name in ("alva", "noor", "olle", "siv", "ture")
        ]
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
        async with running(self.server, self.folder / "uppsikt.db", **self._sections()) as bot:
            bot.clock.time = NOW - WEEKS
            bot.pipeline._clock = bot.intake._clock = bot.clock  # so that what was flagged was flagged on that day too
            bot.classifier.read = seen  # type: ignore[method-assign]
            bot.classifier.explain = explained  # type: ignore[method-assign]
            await self._before(bot)
            bot.keep_desk()
            case = await self._cards(bot)
            await self._measures(bot, case)
            await self._appeal(bot)
            await self._opinions(bot)
            await self._escalation(bot)
            await self._digest(bot)
            await self._figures(bot)
            await self._care(bot)

    def _sections(self) -> dict[str, Any]:
        return {
            "uppsikt": {"languages": list(self.languages)},
            "discord": {
                "moderators_channel": str(self.desk.id),
                "leads_channel": str(self.leads.id),
                "display_names": False,
            },
            "roles": {"lead": ["Ansvarig"]},
            "measures": {"coordinator_channel": str(self.coordinator.id)},
            "statements": {"rules": RULES, "contact": "moderator@almkoping.example"},
        }

    def _label(self, key: str) -> str:
        """A button on a card that all see."""
        return " / ".join(speak(language)(key) for language in self.languages)

    async def _before(self, bot: Bot) -> None:
        """The weeks before: one case a day, two of them kim's."""
        kim = self.people[2]
        for flag in range(1, BEFORE + 1):
            author = kim if flag in (4, 17) else self.others[flag % len(self.others)]
            await self.market.post(author, f"{QUOTED} {flag}")
            await bot.settled()
            self._later(bot, minutes=5 + flag)
            await bot.store.seen(flag, bot.clock.now())
            if author is kim:
                await upheld(bot, flag, self.john, *((WARN,) if flag == 17 else (DELETE, WARN)))
            else:
                await read_twice(bot, flag, self.karin, self.john, self.maja)
            if flag == 4:
                await taken_back(bot, flag, self.maja)
            self._until(bot, NOW - WEEKS + timedelta(days=flag))
        self._until(bot, NOW)

    async def _cards(self, bot: Bot) -> Message:
        for author, text in zip([*self.people, *self.people], AROUND, strict=False):
            self._later(bot, seconds=40)
            await self.square.post(author, text)
        card = await card_for(self.server, self.desk, BEFORE + 1)
        self.keep("card", card, "Ett öppet kort, på svenska med engelska under")
        self.keep("card-phone", card, "Ett öppet kort på en telefon", width=PHONE)
        self._later(bot, minutes=3)
        context = await (await self.server.click(self.karin, card, self._label("context"))).shown()
        self.keep("context", context, "Sammanhanget: det som skrevs före och efter", width=PHONE)
        return card

    async def _measures(self, bot: Bot, card: Message) -> None:
        english = await (await self.server.click(self.john, card, self._label("uphold"))).acknowledgement()
        self.keep("uphold-en", english.modal, "The questions that follow Uphold", width=PHONE, locale="en")
        asked = await (await self.server.click(self.karin, card, self._label("uphold"))).acknowledgement()
        # From here on something fails: the permission is taken away before the measures are carried out.
        for task in bot.desk:
            task.cancel()
        note, measures = "Har skett förut i samma tråd.", ["delete", "timeout"]
        chosen = {"motives": ["xenophobia"], "measures": measures, "length": ["24h"], "note": note}
        self.keep("uphold", filled(asked.modal, chosen), "Frågorna som följer på Bifall, ifyllda", width=PHONE)
        await self.server.submit_modal(asked, chosen)
        await eventually(lambda: "bifölls" in card.text)
        await self._answered()
        self.guild.set_bot_permissions(BOT & ~Permission.MODERATE_MEMBERS)
        await bot.settled()
        self._later(bot, minutes=1)
        bot.keep_desk()
        await eventually(lambda: "Meddelandet raderades" in card.text and "boten försöker igen" in card.text)
        self.keep("decided", card, "Ett avgjort kort: bifallet, av vem och när, och åtgärderna")
        self.keep("decided-phone", card, "Ett avgjort kort på en telefon", width=PHONE)
        self.guild.set_bot_permissions(BOT)

    async def _appeal(self, bot: Bot) -> None:
        kim, case = self.people[2], BEFORE + 1
        letter = await eventually(
            lambda: next((each for each in self.server.sent(kim) if f"Beslut i ärende {case}" in each.text), None)
        )
        self.keep("statement", letter, "Direktmeddelandet till den som skrev: beslutet och skälen", width=PHONE)
        self._later(bot, minutes=40)
        asked = await (await self.server.click(kim.user, letter, self._label("appeal"))).acknowledgement()
        words = "Jag citerade bara vad någon annan sade om nya bron."
        await (await self.server.submit_modal(asked, {"words": words})).shown()
        appeal = await appeal_card(self.server, self.desk, case)
        self.keep("appeal", appeal, "Överklagandets kort, med knapparna för att avgöra det", width=PHONE)

    async def _opinions(self, bot: Bot) -> None:
        self._later(bot, minutes=12)
        await self.square.post(self.people[0], f"{QUOTED} igen")
        card = await card_for(self.server, self.desk, BEFORE + 2)
        asked = await (await self.server.click(self.karin, card, self._label("second"))).acknowledgement()
        given = {"lean": "uphold", "motives": ["xenophobia"], "note": "Är det ironi?"}
        self.keep("second", filled(asked.modal, given), "Frågorna som följer på Andra ögon, ifyllda", width=PHONE)
        await (await self.server.submit_modal(asked, given)).followup()
        self._later(bot, minutes=6)
        await (await self.server.click(self.john, card, self._label("dismiss"))).followup()
        await eventually(lambda: "Två har läst" in card.text)
        self.keep("joint", card, "Ett kort som väntar på ett gemensamt beslut", width=PHONE)

    async def _escalation(self, bot: Bot) -> None:
        self._later(bot, minutes=20)
        await self.square.post(self.people[1], THREAT)
        card = await card_for(self.server, self.desk, BEFORE + 3)
        asked = await (await self.server.click(self.karin, card, self._label("escalate"))).acknowledgement()
        await (await self.server.submit_modal(asked, {"note": "Det gäller någon jag känner."})).followup()
        there = await card_for(self.server, self.leads, BEFORE + 3)
        self.keep("escalated", there, "Ett eskalerat kort i de ansvarigas kanal", width=PHONE)

    async def _digest(self, bot: Bot) -> None:
        self._later(bot, minutes=20)
        before = len(self.server.sent(self.desk))
        for task in bot.desk:  # while nobody announces, many flags gather
            task.cancel()
        await self.square.post_many(self.people, [f"{QUOTED} {number}" for number in range(7)])
        await bot.settled()
        bot.keep_desk()
        await eventually(lambda: len(self.server.sent(self.desk)) > before)
        self._later(bot, minutes=4)
        self.keep("digest", self.server.sent(self.desk)[-1], "Många nya flaggor i ett meddelande", width=PHONE)

    async def _figures(self, bot: Bot) -> None:
        for minutes in (4, 11, 2):
            self._later(bot, minutes=minutes)
            shown = await (await self.server.slash(self.karin, self.desk, "queue")).shown()
            await self.server.click(self.karin, shown, "Avskriv")
            await eventually(lambda shown=shown: "avskrevs" in shown.text)
            await self._answered()
        self._later(bot, minutes=30)
        for who, name, locale, command in (
            (self.elin, "stats", "sv", "/statistik"),
            (self.john, "stats-en", "en", "/stats"),
        ):
            told = await (await self.server.slash(who, self.desk, "stats")).shown()
            alt = "Svaret på /statistik" if locale == "sv" else "The answer to /stats"
            self.keep(name, told, alt, width=PHONE, locale=locale, used=f"{who.name} {command}")

    async def _care(self, bot: Bot) -> None:
        asked = await (await self.server.slash(self.karin, self.desk, "pause", {"limit": 20})).shown()
        self.keep("pause", asked, "Svaret på /paus: vad du har läst, och knapparna", width=PHONE, used="Karin /paus")
        kim = self.people[2]
        told = await (await self.server.slash(self.karin, self.desk, "history member", {"who": kim})).shown()
        self.keep("history", told, "Svaret på /historik medlem", width=PHONE, used="Karin /historik medlem")

    async def _answered(self) -> None:
        """Until the decision is shown by the answer to it as well: its token does not outlive the time that follows."""
        self.decided += 1
        await self.server.requests.wait_for("PATCH /webhooks/*/*/messages/@original", self.decided)

    def _later(self, bot: Bot, **duration: float) -> None:
        self._until(bot, bot.clock.now() + timedelta(**duration))

    def _until(self, bot: Bot, moment: datetime) -> None:
        bot.clock.time = moment
        clock = self.server.clock
        clock.advance(moment.timestamp() - clock.now())  # type: ignore[attr-defined]  # a ManualClock


def filled(modal: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A modal as it looks before it is sent in: with what was chosen and written."""
    shown: dict[str, Any] = json.loads(json.dumps(modal))
    for field in (part["component"] for part in shown["components"] if "component" in part):
        chosen = given.get(field.get("custom_id"), ())
        for option in field.get("options", ()):
            option["default"] = option["value"] in chosen
        if "options" not in field:
            field["value"] = chosen
    return shown


async def shots() -> dict[str, Shot]:
    """Every shot, by name."""
    swedish, both = await _walked("sv"), await _walked("sv", "en")
    return swedish | {name: both[name] for name in IN_BOTH}


async def _walked(*languages: str) -> dict[str, Shot]:
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord(clock=ManualClock(NOW - WEEKS)) as server:
            scenes = Scenes(server, Path(folder), languages)
            await scenes.walk()
            return scenes.shots
