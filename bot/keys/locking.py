"""Who alone can read a file? Locks a stream to age keys (age-encryption.org/v1), and unlocks it with an identity.

The lock also seals: what was changed on the way does not unlock. Whoever locks needs no secret, so the bot can lock its
backups to a key whose other half lies in a safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import pyrage

from bot.core.errors import BadInput, Refused

SUFFIX = ".age"
_COMMENT = "#"


def lock(plain: BinaryIO, locked: BinaryIO, recipients: Sequence[str]) -> None:
    """Write what `plain` holds so that only these keys' holders can read it; BadInput where one is no key."""
    pyrage.encrypt_io(plain, locked, [_recipient(each) for each in recipients])


def unlock(locked: BinaryIO, plain: BinaryIO, identity: str) -> None:
    """Write what was locked. BadInput where `identity` (the text of its file) is none, Refused where it does not fit.

    What is written before the end is reached is not to be trusted: the caller throws it away on an error.
    """
    identities = _identities(identity)
    try:
        pyrage.decrypt_io(locked, plain, identities)
    except pyrage.DecryptError as problem:
        why = " ".join(str(problem).split())  # some of its words are on two lines
        raise Refused(f"it does not unlock ({why}): it is torn or changed, or locked to another key") from problem
    except OSError as problem:
        if problem.errno is not None:  # the disk's, not the content's
            raise
        raise Refused("it does not unlock: it is torn or changed") from problem


def check_recipients(recipients: Sequence[str]) -> None:
    """BadInput where one of them is no key."""
    for each in recipients:
        _recipient(each)


def _recipient(written: str) -> pyrage.x25519.Recipient | pyrage.ssh.Recipient:
    kind = pyrage.ssh.Recipient if written.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(written)
    except pyrage.RecipientError as problem:
        if written.upper().startswith("AGE-SECRET"):  # never repeated: it is the half that stays secret
            raise BadInput("that is a secret key: give its public half, which begins with age1") from None
        raise BadInput(f"{written[:80]!a} is no age key: give one that begins with age1 or ssh-") from problem


def _identities(written: str) -> list[pyrage.x25519.Identity | pyrage.ssh.Identity]:
    """Of a file as age-keygen writes it, or of an SSH private key. Nothing of it is ever repeated."""
    try:
        if written.lstrip().startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(written.encode())]
        lines = [line.strip() for line in written.splitlines() if line.strip() and not line.startswith(_COMMENT)]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError:
        raise BadInput("that is no age identity: give the file that age-keygen wrote, or an SSH private key") from None
    if not found:
        raise BadInput("that file holds no age identity: give the one that age-keygen wrote")
    return found
