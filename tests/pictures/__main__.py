"""`python -m tests.pictures [NAME…]`: photograph what moderators see in Discord and in the panel,
and plot what admins see."""

from __future__ import annotations

import asyncio
import sys

from tests.builders import HOME
from tests.pictures.browser import found, photograph
from tests.pictures.page import page
from tests.pictures.panel_pages import photographs
from tests.pictures.plotted import PLOTS, small
from tests.pictures.scenes import shots

OUT = HOME / "bot" / "pages" / "pictures"


def main(names: list[str]) -> None:
    """All of them, or those that are named."""
    plotted(names)
    browser = found()
    if browser is None:
        sys.exit("there is no Chromium: apt install chromium")
    for name, shot in asyncio.run(shots()).items():
        if not names or name in names:
            written(name, photograph(page(shot), shot.width, browser))
    for name, png in asyncio.run(photographs(browser, names)).items():
        written(name, png)


def plotted(names: list[str]) -> None:
    """The plots, which need no browser."""
    for name, plot in PLOTS.items():
        if not names or name in names:
            written(name, small(plot()))


def written(name: str, png: bytes) -> None:
    """Into a file, with its size told."""
    OUT.mkdir(parents=True, exist_ok=True)
    target = OUT / f"{name}.png"
    target.write_bytes(png)
    print(f"{target.relative_to(HOME)}: {len(png) / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
