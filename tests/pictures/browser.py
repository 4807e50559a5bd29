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
SCALE, WIDE_SCALE = 2, 1.5  # so that letters are sharp on a phone; what is wide is looked at on a larger screen
WIDE = 500  # CSS pixels
COLOURS = 16  # the most frequent ones as they are: those of large areas; letters' edges take the nearest
FEWEST = 8
LARGEST = 60_000  # bytes of a picture that is read on a telephone
MARGIN = 14


def found() -> str | None:
    """Where Chromium lies, if it is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def photograph(page: str, width: int, browser: str) -> bytes:
    """The page as a PNG."""
    scale = SCALE if width < WIDE else WIDE_SCALE
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, "utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb",
             f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={scale}",
             f"--window-size={max(width, WIDE)},{HEIGHT}", f"--screenshot={target}", source.as_uri()],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        with Image.open(target) as taken:
            return _small(taken.convert("RGB"), round(width * scale), round(MARGIN * scale))


def _small(taken: Image.Image, width: int, margin: int) -> bytes:
    taken = taken.crop((0, 0, width, taken.height))
    empty = Image.new("RGB", taken.size, taken.getpixel((0, taken.height - 1)))
    box = ImageChops.difference(taken, empty).getbbox() or (0, 0, width, 1)
    return few_colours(taken.crop((0, 0, width, min(taken.height, box[3] + margin))))


def few_colours(picture: Image.Image, colours: int = COLOURS) -> bytes:
    """A picture as PNG, in its most frequent colours; in fewer where it would be too large."""
    out = io.BytesIO()
    picture.quantize(palette=_palette(picture, colours), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue() if out.tell() < LARGEST or colours <= FEWEST else few_colours(picture, colours // 2)


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    found = picture.getcolors(picture.width * picture.height) or []
    most = [colour for _, colour in sorted(found, key=lambda each: (-each[0], each[1]))[:colours]]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in most for part in colour])  # type: ignore[union-attr]  # RGB: three each
    return palette
