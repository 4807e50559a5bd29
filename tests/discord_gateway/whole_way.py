"""One message's whole way, from its posting to the reversal of what was decided about it, as people in Discord see it.

Each step is what somebody does and what is then to be seen, in Swedish. No step knows of the bot's inside: the way can
be gone with one bot, with a new one for every step, or with a process that is killed on the way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.loopback import Channel, Guild, Interaction, LoopbackDiscord, Member, Message, Permission

T = TypeVar("T")

TEXT, NOTE, APPEAL = "en flagga här om vaktordet", "upprepat sedan hösten", "jag *citerade* bara någon annan"
BEFORE, AFTER = "torgdagen börjar klockan tio", "jag tar med bullarna"
DAY = timedelta(days=1)

# What is left to do, in rows that ought not to be there once all is done.
UNDONE = (
    "SELECT id FROM flags WHERE announced_at IS NULL OR state = 'pending'",
    "SELECT id FROM cards WHERE shown < due",
    "SELECT id FROM measures WHERE state IN ('due', 'undoing')",
    "SELECT id FROM notices WHERE state <> 'sent'",
    "SELECT id FROM appeals WHERE outcome IS NULL OR shown IS NULL OR shown < version",
)


@dataclass
class Way:
    """Who takes part, where, and what has come up so far."""

    server: LoopbackDiscord
    channel: Channel
    desk: Channel
    author: Member
    neighbour: Member
    first: Member  # the moderator who decides
    other: Member  # and the one who judges the appeal
    patience: float = 10.0

    @property
    def steps(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """In their order."""
        return (
            self.is_posted,
            self.has_its_card,
            self.is_seen_in_its_context,
            self.is_to_be_upheld,
            self.is_upheld,
            self.is_removed_and_its_author_timed_out,
            self.comes_with_a_statement_of_reasons,
            self.is_to_be_appealed,
            self.is_appealed,
            self.has_an_appeal_to_be_judged,
            self.is_not_judged_by_whoever_decided,
            self.is_judged_by_somebody_else,
            self.is_reversed_and_the_cards_say_so,
            self.comes_with_an_outcome,
            self.stands_in_the_history,
        )

    async def is_posted(self) -> None:
        await self.channel.post(self.neighbour, BEFORE)
        self.message = await self.channel.post(self.author, TEXT)
        await self.channel.post(self.neighbour, AFTER)

    async def has_its_card(self) -> None:
        self.card = await self._sees(self.desk, "**Flagga 1**")
        await self._says(self.card, f"i {self.channel.mention}", f"||{TEXT}||", self.message.jump_url)
        assert _labels(self.card) == ["Bifall", "Avskriv", "Andra ögon", "Eskalera", "Sammanhang"]
        assert not self.card.mentions

    async def is_seen_in_its_context(self) -> None:
        context = await self._shown(await self.server.click(self.first, self.card, "Sammanhang"))
        assert context.is_ephemeral
        for words in (
            f"**Sammanhanget till flagga 1** i {self.channel.mention}, så som det ser ut nu",
            f"||{BEFORE}||",
            "▶ **Det flaggade:**",
            f"||{TEXT}||",
            f"||{AFTER}||",
        ):
            assert words in context.text, words
        await self._says(self.card, f"{self.first.mention} tittar på den här")

    async def is_to_be_upheld(self) -> None:
        self.asked = await self._acknowledged(await self.server.click(self.first, self.card, "Bifall"))
        modal = self.asked.modal
        assert modal["title"] == "Bifall flagga 1"
        assert "Väljer du ingen blir det ingen åtgärd." in str(modal)
        assert "Radera meddelandet" in str(modal)
        assert "Ge författaren timeout" in str(modal)

    async def is_upheld(self) -> None:
        given = {"motives": ["misogyny"], "note": NOTE, "measures": ["delete", "timeout"], "length": ["24h"]}
        await self._acknowledged(await self.server.submit_modal(self.asked, given))
        await self._says(self.card, f"**Flagga 1 bifölls av {self.first.mention}", "kvinnohat", f"||{NOTE}||")
        assert self.card.buttons == []

    async def is_removed_and_its_author_timed_out(self) -> None:
        await self._until(lambda: self.message.deleted, "the deletion")
        await self._until(lambda: self.author.is_timed_out, "the time-out")
        assert self.author.timed_out_until is not None
        left = datetime.fromtimestamp(self.author.timed_out_until, UTC) - datetime.now(UTC)
        assert DAY - timedelta(minutes=5) < left <= DAY
        await self._says(
            self.card,
            "Meddelandet raderades <t:",
            "Författaren fick timeout till <t:",
            "exten står kvar här tills den gallras",
        )
        assert self.reasons == {"Uppsikt, ärende 1"}

    async def comes_with_a_statement_of_reasons(self) -> None:
        self.letter = await self._sees(self.author, "**Beslut i ärende 1**")
        await self._says(
            self.letter,
            f"Det gäller ditt meddelande i {self.channel.mention}",
            f"||{TEXT}||",
            "**Det tas bort från servern.**",
            "**Du kan inte skriva på servern i ett dygn, till <t:",
            "Skälet är att det bryter mot serverns regler (kvinnohat).",
            "Det uppmärksammades av en automatisk läsning. En människa har läst det och fattat beslutet",
            "Tycker du att beslutet är fel? Överklaga med knappen här under",
        )
        assert _labels(self.letter) == ["Överklaga"]
        assert str(self.first.id) not in self.letter.text

    async def is_to_be_appealed(self) -> None:
        self.asked = await self._acknowledged(await self.server.click(self.author.user, self.letter, "Överklaga"))
        assert self.asked.modal["title"] == "Överklaga beslut i ärende 1"

    async def is_appealed(self) -> None:
        told = await self._shown(await self.server.submit_modal(self.asked, {"words": APPEAL}))
        assert told.text == "Tack, ditt överklagande av ärende 1 är framme; du får besked när det är avgjort."

    async def has_an_appeal_to_be_judged(self) -> None:
        self.appeal = await self._sees(self.desk, "**Överklagande i ärende 1**")
        await self._says(
            self.appeal,
            f"av {self.author.mention}",
            f"||{TEXT}||",
            f"{self.first.mention} bifoll flaggan <t:",
            "kvinnohat; borttaget, timeout i ett dygn",
            r"Den som skrev säger: ||jag \*citerade\* bara någon annan||",
        )
        assert _labels(self.appeal) == ["Bifall överklagandet", "Avslå"]
        assert not self.appeal.mentions

    async def is_not_judged_by_whoever_decided(self) -> None:
        for button in ("Bifall överklagandet", "Avslå"):
            told = await self._shown(await self.server.click(self.first, self.appeal, button))
            assert told.text == (
                "Ingenting ändrades: du har varit med och beslutat i ärendet, så någon annan måste avgöra "
                "överklagandet."
            )
        assert len(self.appeal.buttons) == 2

    async def is_judged_by_somebody_else(self) -> None:
        told = await self._shown(await self.server.click(self.other, self.appeal, "Bifall överklagandet"))
        assert told.text == "Överklagandet i ärende 1 är bifallet; den som skrev får veta det."

    async def is_reversed_and_the_cards_say_so(self) -> None:
        await self._until(lambda: not self.author.is_timed_out, "the end of the time-out")
        await self._says(self.appeal, f"**Överklagandet bifölls av {self.other.mention} <t:")
        await self._says(
            self.card,
            f"**Flagga 1 avskrevs av {self.other.mention}",
            "Författarens timeout hävdes <t:",
            "; det går inte att ångra.",
        )
        assert self.card.buttons == self.appeal.buttons == []
        assert self.message.deleted
        assert self.reasons == {"Uppsikt, ärende 1"}

    async def comes_with_an_outcome(self) -> None:
        outcome = await self._sees(self.author, "**Beslutet i ärende 1 gäller inte längre**")
        await self._says(
            outcome,
            "ditt överklagande bifölls <t:",
            "En annan människa än den som beslutade har prövat det.",
            "Det som beslutades då upphävs.",
            "Ett meddelande som har tagits bort går inte att lägga tillbaka, men du får gärna skriva det igen.",
        )
        assert outcome.buttons == []
        assert not [each for each in (self.first, self.other) if str(each.id) in outcome.text]

    async def stands_in_the_history(self) -> None:
        asked = await self.server.slash(self.other, self.desk, "history member", {"who": self.author})
        history = await self._shown(asked)
        assert f"**Flaggor om {self.author.mention}**, de senaste först" in history.text
        assert "kvinnohat; borttaget, timeout i ett dygn · upphävt efter överklagande" in history.text
        mine = await self._shown(await self.server.slash(self.author, self.channel, "mycases"))
        assert "**Ärende 1**" in mine.text
        assert "; beslutet gäller inte längre." in mine.text
        assert mine.buttons == []
        assert (await self._shown(await self.server.slash(self.first, self.desk, "queue"))).text == "Kön är tom."
        assert len(self.server.sent(self.author)) == 2
        assert len(self.server.sent(self.desk)) == 2

    async def leaves_nothing_undone(self, db: Path) -> None:
        """What is kept says, soon, that all of it was done."""
        await self._until(lambda: not _undone(db), "what is left to do")

    @property
    def reasons(self) -> set[str]:
        """What the audit log says."""
        return {request.reason for request in self.server.requests if request.reason}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts and names, which no log may hold."""
        people = (self.author, self.neighbour, self.first, self.other)
        named = [word for each in people for word in (each.name, str(each.id))]
        return (TEXT, "vaktordet", NOTE, "citerade", BEFORE, AFTER, *named)

    async def _sees(self, where: Channel | Member, words: str) -> Message:
        """A message of the bot's that holds these words, once it is there."""
        return await self._until(
            lambda: next((each for each in self.server.sent(where) if words in each.text), None), words
        )

    async def _says(self, message: Message, *words: str) -> None:
        """A message holds all of these words, soon."""
        for each in words:
            try:
                await self._until(partial(_holds, message, each), each)
            except TimeoutError:
                raise AssertionError(f"{each!r} is missing in {message.text!r}") from None

    async def _shown(self, begun: Interaction) -> Message:
        await self._acknowledged(begun)
        return await begun.shown(self.patience)

    async def _acknowledged(self, begun: Interaction) -> Interaction:
        return await begun.acknowledgement(self.patience)

    async def _until(self, holds: Callable[[], T | None], what: str) -> T:
        return await self.server.until(holds, what, self.patience)


def way(server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, patience: float = 10.0) -> Way:
    """A way to go, with people whose names are like no other word."""
    role = guild.add_role("mod", Permission.MANAGE_MESSAGES)
    author, neighbour = guild.add_member("solveig"), guild.add_member("hjalmar")
    moderators = [guild.add_member(name, roles=[role]) for name in ("gunhild", "torvald")]
    return Way(server, channel, desk, author, neighbour, *moderators, patience=patience)


def _holds(message: Message, words: str) -> bool:
    return words in message.text


def _labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


def _undone(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return [query for query in UNDONE if connection.execute(query).fetchall()]
