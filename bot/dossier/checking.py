"""Is a package as it was made, and by whom was it made? On any machine, with nothing but the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.core.findings import Finding
from bot.dossier.claims import Manifest, UnreadableError, claims_of, manifest_of
from bot.dossier.contents import CHAIN, DECISIONS, FILES, MESSAGES, RECORD
from bot.dossier.opening import opened
from bot.dossier.packing import MANIFEST, SIGNATURE, packed
from bot.dossier.proving import unproven
from bot.keys.signing import fingerprint, is_signed

MOST = 50  # findings: what is changed everywhere needs no longer list


# Not proven by the record any more, for what proved it had to be forgotten; the signature over the package holds.
WEAKER = frozenset({"facts-keyless", "words-keyless"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and what the package says of itself where that much can be read."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None = None

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What must not be; nothing if the package is whole."""
        return tuple(each for each in self.findings if each.key not in WEAKER)

    @property
    def fingerprint(self) -> str:
        """Whose signature it claims; nothing where that cannot be read."""
        return fingerprint(self.manifest.public) if self.manifest else ""


def checked(package: bytes, demanded: str = "") -> Checked:
    """Everything that is wrong with a package; `demanded` is the fingerprint of whom it is to be from."""
    files, wrong = opened(package)
    if MANIFEST not in files:
        return Checked(tuple(wrong[:MOST]))
    try:
        manifest = manifest_of(files[MANIFEST])
    except UnreadableError as problem:
        return Checked((*wrong, Finding("file-unreadable", {"name": str(problem)}))[:MOST])
    wrong += _all(files, manifest, demanded)
    if not wrong and packed(files, manifest.made_at) != package:
        wrong.append(Finding("wrapping"))
    return Checked(tuple(wrong[:MOST]), manifest)


def _all(files: Mapping[str, bytes], manifest: Manifest, demanded: str) -> Iterator[Finding]:
    """From the outside in: by whom, which files, which rows."""
    if demanded and _letters(demanded) != _letters(fingerprint(manifest.public)):
        yield Finding("another-key", {"fingerprint": fingerprint(manifest.public)})
    if not is_signed(files[MANIFEST], files.get(SIGNATURE, b""), manifest.public):
        yield Finding("unsigned")
    for name, held in files.items():
        if name in FILES and manifest.files.get(name) != (len(held), sha256(held).hexdigest()):
            yield Finding("file-changed", {"name": name})
    if manifest.files.keys() != set(FILES):
        yield Finding("manifest-files")
    if {MESSAGES, DECISIONS, RECORD, CHAIN} <= files.keys():
        yield from _rows(files, manifest)


def _rows(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Finding]:
    try:
        claims = claims_of(files)
    except UnreadableError as problem:
        yield Finding("file-unreadable", {"name": str(problem)})
        return
    if claims.signed.public != manifest.public:
        yield Finding("another-head")
    for case in sorted(set(manifest.cases) - set(claims.cases.values())):
        yield Finding("case-missing", {"case": case})
    yield from unproven(claims, files[CHAIN])


def _letters(key: str) -> str:
    return "".join(key.split()).replace(":", "").lower()
