"""How do files become one that nobody can change unseen? A manifest with their digests, signed, in a plain ZIP.

Nothing is compressed and every byte of the wrapping follows from what is in it: whoever opens a package can pack it
again and must get the same bytes. So there is no place where something could hide, and nothing that can swell.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from bot.core.dossier import Making
from bot.dossier.contents import FORMAT

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_ABOUT = (
    "manifest.sig is an Ed25519 signature (64 bytes) of this file, by the key whose 32 bytes `public` holds in hex."
)
_UNIX, _PRIVATE = 3, 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: the public key, how people compare it, and what makes a signature."""

    public: bytes
    fingerprint: str
    sign: Callable[[bytes], bytes]


def manifest(files: Mapping[str, bytes], cases: Sequence[int], making: Making, signing: Signing) -> bytes:
    """manifest.json: what is in the package, who made it and who signs."""
    fields = {
        "format": FORMAT,
        "about": _ABOUT,
        "program": making.program,
        "made_at": making.at.astimezone(UTC).isoformat(timespec="seconds"),
        "made_by": making.by,
        "reason": making.reason,
        "cases": list(cases),
        "public": signing.public.hex(),
        "fingerprint": signing.fingerprint,
        "files": {name: {"bytes": len(held), "sha256": sha256(held).hexdigest()} for name, held in files.items()},
    }
    return (json.dumps(fields, indent=1) + "\n").encode("ascii")


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """A ZIP of these files in this order; the same files and moment give the same bytes."""
    moment = at.astimezone(UTC)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name, held in files.items():
            date = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = _UNIX, _PRIVATE
            archive.writestr(entry, held)
    return into.getvalue()
