"""What does whoever opens the package read first? Who made it, which cases, what was written and decided, and how to
check it. It names provisions to look at and judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.core.dossier import Dossier, Making
from bot.core.provisions import Provision, provisions
from bot.dossier.case_words import blocks_of, summary
from bot.dossier.reading import findings, targets, when
from bot.locales import Speak, speak
from bot.paper.document import Block, Document, Heading, Paragraph, Points, Table

LANGUAGE = "sv"
_ENCLOSED = ("messages", "decisions", "record", "manifest")


def cover(dossier: Dossier, making: Making, fingerprint: str) -> Document:
    """The cover, in Swedish."""
    say = speak(LANGUAGE)
    cases = ", ".join(map(str, dossier.asked))
    title = say("dossier-title", count=len(dossier.asked), cases=cases)
    blocks: list[Block] = [Heading(say("dossier-heading"), 1), Paragraph(say("dossier-about"))]
    blocks += [_making(dossier, making, fingerprint, say), _summary(dossier, say)]
    for case in dossier.cases:
        blocks += blocks_of(case, say)
    blocks += [*_provisions(dossier, say), *_checking(fingerprint, say)]
    return Document(title, making.at, tuple(blocks), LANGUAGE)


def hints(dossier: Dossier) -> list[Provision]:
    """Provisions that a reader may want to look at, for any of the cases."""
    found = {finding for case in dossier.cases for finding in findings(case)}
    aimed = {target for case in dossier.cases for target in targets(case)}
    return provisions(found, aimed, repeated=_is_repeated(dossier))


def _is_repeated(dossier: Dossier) -> bool:
    """Whether one author wrote several of the messages; revisions of one are one."""
    open_or_upheld = (case.flag() for case in dossier.cases if case.state != "dismissed")
    messages = {(flag["author_id"], flag["message_id"]) for flag in open_or_upheld if flag["author_id"]}
    return any(count > 1 for count in Counter(author for author, _ in messages).values())


def _making(dossier: Dossier, making: Making, fingerprint: str, say: Speak) -> Table:
    rows = (
        ("dossier-by", making.by),
        ("dossier-when", when(making.at)),
        ("dossier-why", making.reason),
        ("dossier-cases", ", ".join(map(str, dossier.asked))),
        ("dossier-program", making.program),
        ("dossier-key", fingerprint),
        ("dossier-head", say("dossier-head-is", seq=str(dossier.signed.head.seq))),
    )
    return Table(say("dossier-making"), _columns(say), [(say(key), value) for key, value in rows], (2, 5))


def _summary(dossier: Dossier, say: Speak) -> Table:
    head = [say("dossier-column-" + name) for name in ("case", "posted", "channel", "author", "state")]
    return Table(say("dossier-summary"), head, [summary(case, say) for case in dossier.cases], (2, 4, 4, 4, 3))


def _provisions(dossier: Dossier, say: Speak) -> Iterator[Block]:
    yield Heading(say("dossier-provisions"))
    yield Paragraph(say("dossier-provisions-about"))
    found = hints(dossier)
    if found:
        yield Points([say(f"provision-{each}") for each in found])
    else:
        yield Paragraph(say("dossier-provisions-none"))
    yield Heading(say("dossier-ground"))
    yield Paragraph(say("dossier-ground-is"))


def _checking(fingerprint: str, say: Speak) -> Iterator[Block]:
    yield Heading(say("dossier-checking"))
    yield Paragraph(say("dossier-checking-how"))
    yield Points([say("dossier-checking-command"), say("dossier-checking-key", fingerprint=fingerprint)])
    yield Paragraph(say("dossier-checking-what"))
    yield Heading(say("dossier-enclosed"))
    yield Points([say("dossier-enclosed-" + name) for name in _ENCLOSED])


def _columns(say: Speak) -> list[str]:
    return [say("dossier-column-what"), say("dossier-column-is")]
