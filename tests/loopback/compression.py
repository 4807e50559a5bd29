"""How are frames packed on the wire, as the client asked in the gateway's URL?

discord.py asks for zstd-stream where it finds a zstd library and for zlib-stream otherwise; the loopback then finds
the same library.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Any, Protocol


class Packing(Protocol):
    def pack(self, frame: str) -> str | bytes: ...


class Plain:
    def pack(self, frame: str) -> str | bytes:
        return frame


class ZlibStream:
    """One context for the whole connection; every frame ends in a sync flush."""

    def __init__(self) -> None:
        # The lowest level: on the loopback, time is dearer than bytes.
        self._context = zlib.compressobj(1)

    def pack(self, frame: str) -> str | bytes:
        return self._context.compress(frame.encode()) + self._context.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    def __init__(self) -> None:
        try:
            library: Any = importlib.import_module("compression.zstd")
            self._context = library.ZstdCompressor()
            self._flush = library.ZstdCompressor.FLUSH_BLOCK
        except ImportError:
            library = importlib.import_module("zstandard")
            self._context = library.ZstdCompressor().compressobj()
            self._flush = library.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, frame: str) -> str | bytes:
        return bytes(self._context.compress(frame.encode()) + self._context.flush(self._flush))


def packing_for(asked: str | None) -> Packing:
    if asked == "zlib-stream":
        return ZlibStream()
    if asked == "zstd-stream":
        return ZstdStream()
    return Plain()
