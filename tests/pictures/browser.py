"""How does a page become a small PNG? Photographed by Chromium without a window, cropped, and in few colours."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HEIGHT = 2_400  # CSS pixels: more than anything we show
SCALE = 2  # so that letters are sharp on a phone
COLOURS = 32
MARGIN = 14 * SCALE


def found() -> str | None:
    """Where Chromium lies, if it is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def photograph(page: str, width: int, browser: str) -> bytes:
    """The page as a PNG."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, "utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb",
             f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={SCALE}",
             f"--window-size={max(width, 500)},{HEIGHT}", f"--screenshot={target}", source.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        with Image.open(target) as taken:
            return _small(taken.convert("RGB"), width * SCALE)


def _small(taken: Image.Image, width: int) -> bytes:
    taken = taken.crop((0, 0, width, taken.height))
    empty = Image.new("RGB", taken.size, taken.getpixel((0, taken.height - 1)))
    box = ImageChops.difference(taken, empty).getbbox() or (0, 0, width, 1)
    cut = taken.crop((0, 0, width, min(taken.height, box[3] + MARGIN)))
    out = io.BytesIO()
    cut.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
