"""Does a message get from its posting to flag, card, context, decision, deletion, statement, appeal and reversal?"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.discord_gateway.harness import moderated
from tests.discord_gateway.whole_way import way
from tests.loopback import Channel, Guild, LoopbackDiscord

SWEDISH = {"uppsikt": {"languages": ["sv"]}}


async def test_a_message_goes_its_whole_way_in_swedish_and_no_log_tells_of_whom(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = way(server, guild, channel, desk)
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk, **SWEDISH):
            for step in whole.steps:
                await step()
            await whole.leaves_nothing_undone(db)
    assert [word for word in whole.secrets if word in caplog.text] == []


async def test_a_message_goes_its_whole_way_with_a_restart_between_all_steps(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = way(server, guild, channel, desk)
    async with moderated(server, db, desk, **SWEDISH):
        pass  # from now on nothing that is written is lost
    with caplog.at_level(logging.DEBUG, logger="bot"):
        for step in whole.steps:
            async with moderated(server, db, desk, **SWEDISH):
                await step()
        async with moderated(server, db, desk, **SWEDISH):
            await whole.leaves_nothing_undone(db)
    assert [word for word in whole.secrets if word in caplog.text] == []
