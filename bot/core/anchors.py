"""How is a signed head written where it cannot be changed from here: on paper, in a letter, in a channel?

One line of plain characters: `uppsikt-anchor 1 SEQ DIGEST AT PUBLIC SIGNATURE`, the last four in hex but the moment.
Whoever holds such a line can have it looked for in the record at any time (`uppsikt record verify --anchor`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.chain import Head
from bot.core.errors import BadInput

_LINE = re.compile(
    r"uppsikt-anchor 1 (?P<seq>[0-9]{1,15}) (?P<digest>[0-9a-f]{64}) (?P<at>[0-9T:.+-]{20,35}) "
    r"(?P<public>[0-9a-f]{64}) (?P<signature>[0-9a-f]{128})"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head, and who signed it: a public key of 32 bytes, a signature of 64."""

    head: Head
    public: bytes
    signature: bytes

    def __str__(self) -> str:
        parts = (self.head.digest.hex(), self.head.at, self.public.hex(), self.signature.hex())
        return " ".join(["uppsikt-anchor 1", str(self.head.seq), *parts])


def read_anchors(text: str) -> list[Anchor]:
    """Every anchor in a text, whatever stands around them; BadInput where there is none."""
    # Letters and screens wrap long lines.
    found = [_anchor(match) for match in _LINE.finditer(" ".join(text.split()))]
    if not found:
        raise BadInput("there is no anchor in it: a line that begins with `uppsikt-anchor 1`, whole, as it was printed")
    return found


def _anchor(match: re.Match[str]) -> Anchor:
    head = Head(int(match["seq"]), bytes.fromhex(match["digest"]), match["at"])
    return Anchor(head, bytes.fromhex(match["public"]), bytes.fromhex(match["signature"]))
