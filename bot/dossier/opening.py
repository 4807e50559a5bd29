"""What is in a file that claims to be a package? Read with every distrust; what is no package is said to be none.

A package holds few files with names that are known, as they are: nothing is unpacked to the disk, and nothing swells.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter

from bot.core.findings import Finding
from bot.dossier.contents import FILES
from bot.dossier.packing import MANIFEST, SIGNATURE

LARGEST = 4 * 2**30  # bytes: a record of some ten million entries
KNOWN = (*FILES, MANIFEST, SIGNATURE)
# What zipfile raises, by experience, for archives that are torn or made to break it.
_TORN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
         OverflowError, IndexError, KeyError)  # fmt: skip


def opened(package: bytes) -> tuple[dict[str, bytes], list[Finding]]:
    """The known files of a package in their order, and what is wrong with it as an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return _files(archive, len(package))
    except _TORN:
        return {}, [Finding("no-package")]


def _files(archive: zipfile.ZipFile, size: int) -> tuple[dict[str, bytes], list[Finding]]:
    found: dict[str, bytes] = {}
    entries = archive.infolist()
    names = Counter(entry.filename for entry in entries)
    wrong = [Finding("file-unknown", {"name": name}) for name in names if name not in KNOWN]
    wrong += [Finding("file-twice", {"name": name}) for name, count in names.items() if count > 1]
    wrong += [Finding("file-missing", {"name": name}) for name in KNOWN if name not in names]
    for entry in entries:
        if entry.filename in KNOWN and names[entry.filename] == 1:
            held = _read(archive, entry, size)
            if held is None:
                wrong.append(Finding("file-torn", {"name": entry.filename}))
            else:
                found[entry.filename] = held
    return found, wrong


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes | None:
    """A file's bytes, or None where they are not as the archive says; what is compressed is none of ours."""
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > size or entry.compress_size > size:
        return None
    try:
        return archive.read(entry)
    except _TORN:
        return None
