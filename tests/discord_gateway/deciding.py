"""What tests about decided flags have in common: a message is posted, flagged and upheld with measures."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.core.flags import Step
from bot.core.measures import Act, Measure
from tests.builders import decision
from tests.discord_gateway.harness import PATIENCE, Bot, card_for, eventually
from tests.loopback import Channel, LoopbackDiscord, Member, Message, User

DELETE, WARN, HANDOVER = Measure(Act.DELETE), Measure(Act.WARN), Measure(Act.HANDOVER)
DAY = Measure(Act.TIMEOUT, timedelta(days=1))


async def uphold(bot: Bot, who: Member, number: int = 1, *measures: Measure, **slots: object) -> None:
    """A flag is upheld by a moderator."""
    slots = {"motives": ("misogyny",)} | slots
    await bot.store.rule(decision(number, by=str(who.id), at=bot.clock.now(), measures=measures or (WARN,), **slots))
    bot.wake()


async def dismiss_anew(bot: Bot, who: Member, number: int = 1) -> None:
    """A decided flag is reopened and dismissed."""
    for step in (Step.REOPEN, Step.DISMISS):
        await bot.store.rule(decision(number, step, str(who.id), at=bot.clock.now()))
    bot.wake()


async def posted(
    bot: Bot, channel: Channel, desk: Channel, author: Member, number: int = 1, text: str = "en flagga här"
) -> Message:
    """A message is posted and has its card."""
    await channel.post(author, text)
    return await card_for(bot.server, desk, number)


async def letters(server: LoopbackDiscord, to: Member | User, count: int = 1) -> Message:
    """The direct message of that number."""
    return (await server.wait_for_sent(to, count))[count - 1]


async def waits_for(bot: Bot, count: int = 1) -> None:
    """Until so many notices wait for their authors."""
    await until(bot, "SELECT count(*) FROM notices WHERE state = 'waiting'", count)


async def until(bot: Bot, question: str, answer: int) -> None:
    """Until the database answers so."""
    async with asyncio.timeout(PATIENCE):
        while await bot.store.do(lambda db: db.execute(question).fetchone()[0]) != answer:
            await asyncio.sleep(0.002)


async def appeal_card(server: LoopbackDiscord, desk: Channel, number: int = 1) -> Message:
    """The card of the appeal of a case."""
    words = f"**Överklagande i ärende {number}**"
    return await eventually(
        lambda: next((each for each in server.sent(desk) if words in each.text and not each.deleted), None)
    )
