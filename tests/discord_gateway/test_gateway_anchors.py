"""Is the record's head posted where others can keep it: signed, now and then, and on record that it was?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.anchoring import Anchoring
from bot.core.anchors import read_anchors
from bot.recording import verified
from bot.store.anchor_store import SqliteAnchors
from bot.store.keeping import keep
from tests.builders import flag, kept
from tests.discord_gateway.harness import Bot, eventually, moderated, soon
from tests.loopback import Channel, Guild, LoopbackDiscord

WEEK = timedelta(days=7)


@pytest.fixture
def board(guild: Guild) -> Channel:
    """Where the heads are posted."""
    return guild.add_text_channel("protokoll")


@asynccontextmanager
async def anchoring(bot: Bot, db: Path) -> AsyncIterator[Anchoring]:
    """What signs and posts, as the live bot runs it."""
    made = Anchoring(SqliteAnchors(bot.store, db), bot.clock, WEEK, soon)
    task = asyncio.create_task(made.run(bot.gateway))
    try:
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def heads(bot: Bot) -> int:
    return await bot.store.do(lambda db: int(db.execute("SELECT count(*) FROM record_heads").fetchone()[0]))


async def test_the_head_is_posted_once_a_week_and_can_be_looked_for(
    server: LoopbackDiscord, channel: Channel, desk: Channel, board: Channel, db: Path
) -> None:
    async with moderated(server, db, desk, record={"anchor_channel": str(board.id)}) as bot:
        await bot.store.do(lambda opened: keep(opened, kept(flag())))
        async with anchoring(bot, db) as posting:
            [message] = await server.wait_for_sent(board)
            assert "**Protokollet** har kommit till post 2." in message.text
            assert "-# The record has come to entry 2." in message.text
            assert not message.mentions
            bot.clock.advance(days=1)
            posting.wake()
            await eventually(lambda: posting._next > bot.clock.now())
            assert len(server.sent(board)) == 1
            bot.clock.advance(days=6)
            posting.wake()
            await eventually(lambda: len(server.sent(board)) == 2)
        async with anchoring(bot, db) as again:
            await eventually(lambda: again._next > bot.clock.now())
        assert len(server.sent(board)) == 2
        found = verified(db, [each for sent in server.sent(board) for each in read_anchors(sent.text)])
        assert found.findings == []


async def test_without_a_channel_it_is_signed_all_the_same(
    server: LoopbackDiscord, desk: Channel, board: Channel, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await bot.store.do(lambda opened: keep(opened, kept(flag())))
        async with anchoring(bot, db):
            while not await heads(bot):
                await asyncio.sleep(0)
    assert server.sent(board) == []
