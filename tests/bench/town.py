"""Where are the parts measured that speak with Discord? In a town on the loopback Discord, whose bot is a process.

The bot is `uppsikt run` as it ships (gateway, intake, pipeline with the shipped model, a store on a real file); it can
be given a slow model and a slow disk (`slowed.py`). Discord runs here, so that neither takes the other's time.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.bench.reading import HOME
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission

TOKEN = "bench-token"
PATIENCE = 60.0


class Town:
    """A server with a busy channel, the moderators' channel, moderators, and the bot's database."""

    def __init__(self, server: LoopbackDiscord, folder: Path, moderators: int) -> None:
        self.server, self.folder = server, folder
        self.guild: Guild = server.add_guild("Almköping")
        self.square: Channel = self.guild.add_text_channel("torget")
        self.desk: Channel = self.guild.add_text_channel("moderatorer")
        role = self.guild.add_role("mod", Permission.MANAGE_MESSAGES)
        self.moderators: list[Member] = [self.guild.add_member(f"mo{n}", roles=[role]) for n in range(moderators)]
        self.members: list[Member] = [self.guild.add_member(f"u{n}") for n in range(20)]
        self.db = folder / "uppsikt.db"
        (folder / "config.toml").write_text(
            f'[uppsikt]\ndatabase = "uppsikt.db"\n[discord]\nmoderators_channel = "{self.desk.id}"\n', "utf-8"
        )

    @contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """The bot's database, to look at while it works."""
        connection = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=30)
        try:
            yield connection
        finally:
            connection.close()

    @asynccontextmanager
    async def bot(self, *, model: float = 0.0, disk: tuple[float, float] = (0.0, 0.0)) -> AsyncIterator[float]:
        """The bot while it runs; how many seconds it took from its start to a live session.

        `model`: seconds that each batch takes more; `disk`: the least and the most that each call of the store does.
        """
        server, started = self.server, time.perf_counter()
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.slowed", server.api_url, server.gateway_url, server.cdn_url,
            str(self.folder), *map(str, (model, *disk)),
            env={"UPPSIKT_TOKEN": TOKEN, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(HOME)}, cwd=HOME,
            stderr=(self.folder / "log").open("ab"),
        )  # fmt: skip
        try:
            while not server.gateway.live_shards():
                assert child.returncode is None, (self.folder / "log").read_text("utf-8")
                await asyncio.sleep(0.02)
            yield time.perf_counter() - started
            assert child.returncode is None, (self.folder / "log").read_text("utf-8")
        finally:
            if child.returncode is None:
                child.kill()  # what it would finish is not measured
            await child.wait()


@asynccontextmanager
async def town(folder: Path, moderators: int = 5) -> AsyncIterator[Town]:
    """A town on a Discord of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    async with LoopbackDiscord(token=TOKEN) as server:
        yield Town(server, folder, moderators)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
