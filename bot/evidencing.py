"""How does a package for the police come to be, and how is one checked? Gathered, packed, checked, locked, put on
record and written: all of it, or nothing.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from bot.core.deeds import Deed, DeedKind
from bot.core.dossier import Dossier, Making
from bot.core.errors import BadInput, Refused
from bot.dossier.checking import Checked, checked
from bot.dossier.making import package_of
from bot.dossier.opening import LARGEST
from bot.dossier.packing import Signing
from bot.keys.locking import check_recipients, lock, unlock
from bot.keys.signing import Signer, fingerprint
from bot.store.connection import existing
from bot.store.dossiers import gather, hand_over
from bot.writing import draft, free, placing

LOCKED = b"age-encryption.org/v1"  # what a file begins with that is locked to a key
LONGEST_KEYS = 1_000_000  # bytes of a file of keys


@dataclass(frozen=True, slots=True)
class Order:
    """What package is wanted: which cases, where to, by whom, why, and for whose eyes."""

    cases: tuple[int, ...]
    out: Path
    by: str
    reason: str
    recipients: tuple[str, ...] = ()  # keys, or files of keys


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    sha256: str
    fingerprint: str
    locked: bool


def make(db: Path, order: Order, at: datetime) -> Made:
    """Make a package. Refused without a name and a reason, and where a case is not there, forgotten or not as recorded;
    then nothing is written, neither a file nor that there is one."""
    if not any(map(str.isalnum, order.by)):
        raise Refused("only a person hands out evidence: say who with --by NAME")
    if not any(map(str.isalnum, order.reason)):
        raise Refused("say why the package is made, with --reason TEXT; it stays on record")
    keys = _recipients(order.recipients)
    free(order.out)
    with existing(db) as database:
        signer = Signer.of(db)
        cases = sorted(set(order.cases))
        dossier = gather(database, cases, signer.sign, signer.public, at)
        package = _whole(dossier, order, Signing(signer.public, fingerprint(signer.public), signer.sign), at)
        content = _locked(package, keys) if keys else package
        digest = sha256(content).hexdigest()
        facts = {"cases": cases, "sha256": digest, "head": dossier.signed.head.seq, "recipients": len(keys)}
        deed = Deed(DeedKind.EVIDENCE, order.by, order.reason, at, facts)
        with draft(order.out, content) as beside, placing(beside, order.out) as place:
            hand_over(database, cases, deed, place)
    return Made(digest, fingerprint(signer.public), bool(keys))


def check(file: Path, identity: Path | None, demanded: str) -> Checked:
    """What is wrong with a package. BadInput where it is locked and no identity is given, Refused where that does not
    fit."""
    if file.stat().st_size > LARGEST:
        raise Refused(f"{file} is larger than any package: it is none of ours")
    content = file.read_bytes()
    if content.startswith(LOCKED):
        if identity is None:
            raise BadInput(f"{file} is locked to a key: name the file of its other half with --identity")
        content = _unlocked(content, identity)
    return checked(content, demanded)


def _whole(dossier: Dossier, order: Order, signing: Signing, at: datetime) -> bytes:
    """The package, checked as its reader will check it: one that does not hold is not handed out."""
    making = Making(order.by.strip(), order.reason.strip(), at, f"uppsikt {version('uppsikt')}")
    package = package_of(dossier, making, signing)
    wrong = checked(package, signing.fingerprint).wrong
    if wrong:
        case = wrong[0].slots.get("case")
        where = f" (case {case})" if case else ""
        raise Refused(f"the record does not bear out what stands in the database{where}; run `uppsikt record verify`")
    return package


def _recipients(given: Sequence[str]) -> tuple[str, ...]:
    """Keys as they are given, and those of files; BadInput where there is none in a file, or one that is no key."""
    keys: list[str] = []
    for each in given:
        if each.startswith(("age1", "ssh-")) or each.upper().startswith("AGE-SECRET"):
            keys.append(each.strip())
        else:
            keys += _keys_of(Path(each))
    check_recipients(keys)
    return tuple(dict.fromkeys(keys))


def _keys_of(file: Path) -> list[str]:
    rows = [row.strip() for row in _text(file, "a key that begins with age1 or ssh-").splitlines()]
    if keys := [row for row in rows if row and not row.startswith("#")]:
        return keys
    raise BadInput(f"{file} holds no key")


def _text(file: Path, else_: str) -> str:
    """A small file's text; BadInput where there is none."""
    if not file.is_file():
        raise BadInput(f"{str(file)[:80]!a} is no file; name one, or {else_}")
    if file.stat().st_size > LONGEST_KEYS:
        raise BadInput(f"{file} is too large for a file of keys")
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{file} is no text: it holds no key") from None


def _locked(package: bytes, keys: Sequence[str]) -> bytes:
    into = io.BytesIO()
    lock(io.BytesIO(package), into, keys)
    return into.getvalue()


def _unlocked(content: bytes, identity: Path) -> bytes:
    into = io.BytesIO()
    unlock(io.BytesIO(content), into, _text(identity, "the one that age-keygen wrote"))
    return into.getvalue()
