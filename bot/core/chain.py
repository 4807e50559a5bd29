"""How does an entry of the record hang on those before it, and what does it say of data that may have to go?

Each entry's digest is SHA-256 of the digest before it and of all that the entry holds, so that none can be changed,
removed, put in or moved without every later digest being another. What was recorded itself (who, what, which words)
stands in tables of its own; an entry holds a seal of it: HMAC-SHA-256 under a random key of that entry alone. While
the key is there, anyone can see that the data are as they were. Once data have to go, their key goes with them: what is
left says nothing, and the chain still holds. Facts and words have seals of their own: words are forgotten first.

Over the newest entry stands a code under a secret that is not in the database: without it the end cannot be cut off.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

GENESIS = bytes(32)  # what stands before the first entry
KEY_BYTES = 16
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the record; `subject` is a row's number in the table that its kind belongs to."""

    seq: int
    kind: str
    subject: int
    at: str
    facts: bytes
    words: bytes | None
    digest: bytes

    def follows(self, before: bytes) -> bool:
        """Whether this is what was written behind an entry of that digest."""
        return self.digest == link(before, self.seq, self.kind, self.subject, self.at, self.facts, self.words)


@dataclass(frozen=True, slots=True)
class Head:
    """How long the record was, and its last digest then: whoever keeps this can tell if what is older changed."""

    seq: int
    digest: bytes
    at: str

    def written(self) -> bytes:
        """What is signed."""
        return b"uppsikt record head 1\n" + _write([self.seq, self.digest.hex(), self.at]).encode()


def link(before: bytes, seq: int, kind: str, subject: int, at: str, facts: bytes, words: bytes | None) -> bytes:
    """The digest of an entry, 32 bytes; `before` is that of the entry before it."""
    return sha256(before + _write([seq, kind, subject, at]).encode() + facts + (words or b"")).digest()


def seal(key: bytes, values: Sequence[Value]) -> bytes:
    """What an entry holds of some values, 32 bytes: nothing, for who does not have the key."""
    # Lone surrogates cannot be in the database; what cannot be encoded was changed there.
    return hmac.digest(key, _write(list(values)).encode("utf-8", "surrogatepass"), "sha256")


def over(secret: bytes, seq: int, digest: bytes) -> bytes:
    """The code over the newest entry, 32 bytes."""
    return hmac.digest(secret, seq.to_bytes(8, "big") + digest, "sha256")
