"""The live bot as a program of its own: `python -m tests.live_child API GATEWAY CDN FOLDER`.

It is `uppsikt run` of the command line, errors, exit codes and log included; only Discord's addresses differ.
"""

from __future__ import annotations

import sys
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import cli


def main(api_url: str, gateway_url: str, cdn_url: str, folder: str) -> None:
    """Run until SIGTERM, with FOLDER's config.toml."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, discord.Asset.BASE = api_url, yarl.URL(gateway_url), cdn_url
    file = Path(folder) / "config.toml"
    if not file.exists():
        file.write_text("", "utf-8")
    cli.main(["run", "--config", str(file)], prog_name="uppsikt")


if __name__ == "__main__":
    main(*sys.argv[1:5])
