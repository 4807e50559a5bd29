"""Who says so? Signs with the database's own key (Ed25519, RFC 8032), and tells by whom something was signed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.keys.secret import make_secret, part, secret_of

PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64


class Signer:
    """Signs in the name of one database."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(part(secret, "sign"))
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def of(cls, database: Path) -> Signer:
        """With the database's key, which is made where there is none."""
        return cls(make_secret(database))

    def sign(self, content: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(content)


def public_key_of(database: Path) -> bytes | None:
    """Whom to trust for a database: 32 bytes, or None where its key is not here."""
    secret = secret_of(database)
    return None if secret is None else Signer(secret).public


def is_signed(content: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the holder of that key's other half has signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """A public key as people compare it: eight groups of four hex digits of its SHA-256."""
    digits = sha256(public).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))
