"""What is a member called where the name is not needed? The same made-up name each time, which nobody can work back.

A pseudonym is a keyed hash of an id (HMAC-SHA-256, GDPR art. 4.5): whoever has the key can make it anew from an id, and
whoever has the export alone can neither do that nor try ids one by one.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

DIGITS = 12  # of hex: among a hundred thousand members two share a pseudonym with a chance of one in fifty thousand
_MENTION = re.compile(r"(<@!?|discord(?:app)?\.com/users/)([0-9]{1,19})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Made with a key: of the database's own for what stays comparable, a fresh one for what stands alone."""

    key: bytes

    def of(self, who: str, kind: str = "person") -> str:
        """Such as `person-7f3a2c91d04e`; empty where there is nobody."""
        if not who:
            return ""
        told = f"{kind}\0{who}".encode("utf-8", "replace")
        return f"{kind}-{hmac.digest(self.key, told, 'sha256').hex()[:DIGITS]}"

    def within(self, text: str, own: str = "") -> str:
        """A text in which members that are mentioned by id have their pseudonyms; `own` is left as it is."""

        def named(match: re.Match[str]) -> str:
            return match[0] if match[2] == own else match[1] + self.of(match[2])

        return _MENTION.sub(named, text)
