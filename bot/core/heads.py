"""What does somebody hold who keeps a head? The newest entry's digest, with a signature and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.chain import Head


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with the signature (64 bytes) over `head.written()` and the public key (32 bytes) that it is to be checked
    with."""

    head: Head
    public: bytes
    signature: bytes
