"""What can a moderator of another server do with a forged button while the disk is slow? Be asked, and no more."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from tests.discord_gateway.harness import card_for, moderated
from tests.loopback import Channel, LoopbackDiscord, Member, Permission


async def test_a_forged_press_while_the_disk_is_slow_notes_no_look_at_another_servers_flag(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await card_for(server, desk, 2)
        mine = await (await server.slash(eve, place, "queue")).shown()
        mine.buttons[0]["custom_id"] = "uppsikt:uphold:1:0"
        free = threading.Event()
        held = asyncio.create_task(bot.store.do(lambda _db: free.wait(10)))
        asked = await (await server.click(eve, mine, "uppsikt:uphold:1:0")).acknowledgement()
        free.set()
        await held
        told = await (await server.submit_modal(asked, {"motives": []})).followup()
        assert "finns inte här" in told.text
        seen = await bot.store.do(lambda db: db.execute("SELECT seen_at FROM flags WHERE id = 1").fetchone()[0])
        assert seen is None
