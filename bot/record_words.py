"""How is it told what was found in the record, and where? In the languages of the configuration, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.verification import Finding, Verified
from bot.keys.signing import fingerprint
from bot.locales import speak
from bot.terminal import both, visible

MOST = 20  # findings that are told; a record that was rewritten has as many as entries


def told(found: Verified, languages: Sequence[str]) -> str:
    """Everything that a person needs to know of it."""
    return "\n".join(line for language in dict.fromkeys(languages) for line in _lines(found, language))


def _lines(found: Verified, language: str) -> Iterator[str]:
    say = speak(language)
    if found.is_whole:
        yield say("record-whole", entries=found.entries)
    else:
        yield say("record-broken", count=len(found.findings), entries=found.entries)
    yield from (f"  {_line(finding, language)}" for finding in found.findings[:MOST])
    if len(found.findings) > MOST:
        yield "  " + say("record-more", count=len(found.findings) - MOST)
    if found.entries:
        yield say("record-unsigned") if found.last_head is None else say("record-signed", seq=str(found.last_head))
    yield from (say("record-signer", fingerprint=fingerprint(signer)) for signer in found.signers)
    if not found.key_is_here and found.entries:
        yield say("record-no-key")
    if found.backwards is not None:
        yield say("record-backwards", seq=str(found.backwards))


def _line(finding: Finding, language: str) -> str:
    return speak(language)(
        "record-what-" + finding.what,
        seq=str(finding.seq),
        until=str(finding.until),
        count=1 if finding.until is None or finding.seq is None else finding.until - finding.seq + 1,
        table=finding.table,
        row=str(finding.row),
        name=visible(finding.name),
    )


def plain(found: Verified) -> dict[str, object]:
    """As JSON."""
    return {
        "whole": found.is_whole,
        "entries": found.entries,
        "findings": [
            {
                "what": str(each.what),
                "entry": each.seq,
                "until": each.until,
                "table": each.table or None,
                "row": each.row,
                "name": each.name or None,
            }
            for each in found.findings
        ],
        "heads": found.heads,
        "signed_up_to": found.last_head,
        "fingerprints": [fingerprint(signer) for signer in found.signers],
        "key_is_here": found.key_is_here,
        "dated_backwards_at": found.backwards,
    }


def advice(languages: Sequence[str]) -> str:
    """What to do with an anchor."""
    return both(languages, "record-anchor-advice")
