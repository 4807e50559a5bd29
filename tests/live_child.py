"""The live bot as a program of its own, with Discord at the loopback: `python -m tests.live_child PORT FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import config
from bot.live import live


def main(api_url: str, gateway_url: str, cdn_url: str, folder: str) -> None:
    """Run until SIGTERM; only the addresses differ from the real thing."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, discord.Asset.BASE = api_url, yarl.URL(gateway_url), cdn_url
    file = Path(folder) / "config.toml"
    if not file.exists():
        file.write_text("", "utf-8")
    asyncio.run(live(config.load(file)))


if __name__ == "__main__":
    main(*sys.argv[1:5])
