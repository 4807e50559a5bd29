"""Which provisions may somebody want to look at? Hints for a reader by what was found: numbers and names alone.

Nothing here says that something is a crime. That is for the police, a prosecutor and a court to find.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

# Sex is no ground of BrB 16:8 (2024:340); it counts in 29:2 p. 7 (2025:586).
_GROUPS = frozenset({"antisemitism", "islamophobia", "xenophobia", "anti_lgbtq", "other"})
_HATE = _GROUPS | {"misogyny"}
_OFFICIALS = frozenset({"politicians", "police"})
_FREE_WORD = frozenset({"journalists", "politicians"})


class Provision(StrEnum):
    """A provision, in the order of the code; the words of each are in the locales."""

    UNLAWFUL_PERSECUTION = "brb-4-4b"
    UNLAWFUL_THREAT = "brb-4-5"
    MOLESTATION = "brb-4-7"
    INCITEMENT = "brb-16-5"
    AGITATION = "brb-16-8"
    OFFICIALS = "brb-17-1-3"
    CIVIL_LIBERTY = "brb-18-5"
    HATE_MOTIVE = "brb-29-2-7"
    ELECTED = "brb-29-2-9"
    JOURNALISM = "brb-29-2-11"


def provisions(findings: Collection[str], targets: Collection[str], *, repeated: bool = False) -> list[Provision]:
    """What may be worth a look: `findings` are `threat` and motives, `repeated` is whether one author wrote several of
    the messages that are looked at."""
    threat = "threat" in findings
    hints = {
        Provision.UNLAWFUL_PERSECUTION: repeated and (threat or bool(targets)),
        Provision.UNLAWFUL_THREAT: threat,
        Provision.MOLESTATION: threat or bool(targets),
        Provision.INCITEMENT: "contempt_for_society" in findings,
        Provision.AGITATION: not _GROUPS.isdisjoint(findings),
        Provision.OFFICIALS: not _OFFICIALS.isdisjoint(targets),
        Provision.CIVIL_LIBERTY: threat and ("contempt_for_society" in findings or not _FREE_WORD.isdisjoint(targets)),
        Provision.HATE_MOTIVE: not _HATE.isdisjoint(findings) or "women" in targets,
        Provision.ELECTED: "politicians" in targets,
        Provision.JOURNALISM: "journalists" in targets,
    }
    return [each for each in Provision if hints[each]]
