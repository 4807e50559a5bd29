"""`python -m tests.pictures [NAME…]`: photograph what moderators see, into bot/pages/pictures."""

from __future__ import annotations

import asyncio
import sys

from tests.builders import HOME
from tests.pictures.browser import found, photograph
from tests.pictures.page import page
from tests.pictures.scenes import shots

OUT = HOME / "bot" / "pages" / "pictures"


def main(names: list[str]) -> None:
    """All of them, or those that are named."""
    browser = found()
    if browser is None:
        sys.exit("there is no Chromium: apt install chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    for name, shot in asyncio.run(shots()).items():
        if not names or name in names:
            target = OUT / f"{name}.png"
            target.write_bytes(photograph(page(shot), shot.width, browser))
            print(f"{target.relative_to(HOME)}: {target.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
