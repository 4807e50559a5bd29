"""What was attached to a flagged message can be told later: names and sizes, and a digest of what was read anyway."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from bot.core.messages import File
from bot.store import open_database
from bot.store.attachments import files_of
from tests.discord_gateway.harness import running
from tests.loopback import Channel, LoopbackDiscord, Member


async def test_files_of_a_flagged_message_are_known_and_those_of_others_are_not(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    """A text file has the digest of its bytes; a picture is not fetched, so its name and size are all there is."""
    words = "rad ett\nflagga".encode("utf-16")
    async with running(server, db) as bot:
        await channel.post(anna, "hej", attachments=[("semester.png", b"xyz")])
        await channel.post(anna, "se filen", attachments=[("bild.png", b"xyz"), ("message.txt", words)])
        await bot.settled()
        assert len(await bot.flags()) == 1
    opened = open_database(db)
    known = files_of(opened, 1)
    count = opened.execute("SELECT count(*) FROM attachments").fetchone()[0]
    opened.close()
    assert known == [File("bild.png", 3), File("message.txt", len(words), sha256(words).hexdigest())]
    assert count == 2
