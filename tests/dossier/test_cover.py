"""The cover tells a reader what there is, names provisions without judging, and no text can act in it."""

from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from bot.core.chain import GENESIS, Head, Value
from bot.core.dossier import CaseRows, Dossier, Making, Row
from bot.core.heads import SignedHead
from bot.core.messages import File
from bot.core.provisions import Provision
from bot.dossier.cover import cover, hints
from bot.paper.written import as_html, as_pdf
from tests.builders import NOW

FACTS: dict[str, Value] = {
    "kind": "message", "about": "words", "message_id": "11", "revision": 0, "guild_id": "1", "channel_id": "100",
    "channel": "torget", "author_id": "42", "reply_to": "", "score": 0.9, "threat": 0.1, "motives": "{}",
    "targets": "{}", "reasons": "[]", "thresholds": "{}", "language": "sv", "model": "m",
    "posted_at": "2026-01-26T08:00:00.000+00:00", "flagged_at": "2026-01-26T08:00:01.000+00:00",
}  # fmt: skip


def case(number: int = 1, text: str = "en text", state: str = "pending", **facts: Value) -> CaseRows:
    """An open case."""
    row = Row(
        "flag", number, {"text": text, "spans": "[]"}, {**FACTS, "message_id": str(number), **facts}, 1, None, None
    )
    return CaseRows(number, True, state, (row,))


def upheld(number: int, found: str, **facts: Value) -> CaseRows:
    """A case that a person has upheld for some motives."""
    plain = case(number, state="upheld", **facts)
    said: dict[str, Value] = {"flag_id": number, "step": "uphold", "by": "Maja", "motives": found, "measures": "[]"}
    said["decided_at"] = "2026-01-27T08:00:00.000+00:00"
    return replace(plain, rows=(*plain.rows, Row("decision", 1, {"note": ""}, said, 2, None, None)))


def dossier(*cases: CaseRows) -> Dossier:
    """Cases with a record of one entry."""
    signed = SignedHead(Head(1, bytes(32), "2026-01-26T08:00:00.000+00:00"), bytes(32), bytes(64))
    return Dossier(cases, GENESIS, (), signed)


MAKING = Making("Karin", "K-1234-26", NOW, "uppsikt 0")


def html(*cases: CaseRows, making: Making = MAKING) -> str:
    return as_html(cover(dossier(*cases), making, "aaaa bbbb")).decode()


def test_the_cover_tells_who_made_it_why_and_how_it_is_checked() -> None:
    """Maker, reason, cases, moment in Swedish time, fingerprint and the command, in HTML and PDF alike."""
    page = html(case(7))
    document = cover(dossier(case(7)), MAKING, "aaaa bbbb")
    printed = "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(as_pdf(document))).pages)
    for each in (
        "Karin",
        "K-1234-26",
        "Ärende 7",
        "26 januari 2026 kl. 09.00.00",
        "aaaa bbbb",
        "uppsikt evidence verify",
    ):
        assert each in page
        assert each in " ".join(printed.split())
    assert '<html lang="sv">' in page
    assert "<title>Bevispaket, ärende 7</title>" in page


def test_it_names_provisions_and_calls_nothing_a_crime() -> None:
    """Numbers and names as hints, with the words that nobody has judged."""
    page = html(upheld(1, '["threat", "antisemitism"]'))
    assert "BrB 16 kap. 8 § – hets mot folkgrupp" in page
    assert "De är ingen bedömning" in page
    for word in ("brottslig", "misstänkt", "skyldig", "gärningsman", "har begått"):
        assert word not in page.lower()


def test_what_a_person_found_goes_before_what_the_machine_did() -> None:
    """Hints follow the decision; of an open case the machine's likely findings; of a dismissed one nothing."""
    likely = {"threat": 0.9, "motives": '{"misogyny": 0.8}', "targets": '{"women": 0.7}'}
    assert hints(dossier(case(1, **likely))) == [
        Provision.UNLAWFUL_THREAT, Provision.MOLESTATION, Provision.HATE_MOTIVE,
    ]  # fmt: skip
    assert hints(dossier(upheld(1, '["contempt_for_society"]', **{**likely, "targets": "{}"}))) == [
        Provision.INCITEMENT
    ]
    assert hints(dossier(case(1, state="dismissed", **likely))) == []
    assert "inga förslag" in html(case(1, state="dismissed", **likely))


def test_several_threats_of_one_author_are_a_hint_of_their_own() -> None:
    """Two messages of the same author, but not two wordings of one, nor two authors."""
    persecution = Provision.UNLAWFUL_PERSECUTION
    assert persecution in hints(dossier(case(1, threat=0.9), case(2, threat=0.9)))
    assert persecution not in hints(dossier(case(1, threat=0.9), case(2, threat=0.9, message_id="1")))
    assert persecution not in hints(dossier(case(1, threat=0.9), case(2, threat=0.9, author_id="43")))


class _Tags(HTMLParser):
    """Which elements a page has, and which of their attributes lead elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.leads += [
            name for name, _ in attrs if name in ("src", "href", "action", "srcset", "data") or name[:2] == "on"
        ]


HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=y>', "</blockquote></main>", "{{ 7 * 7 }}", "\u202eabc",
           "e" + "\u0301" * 10_000, "\x00\x1b[2J", "rad\n" * 9_000, "W" * 50_000, "&lt;b&gt;")  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_acts_in_the_cover(text: str) -> None:
    """Wherever it stands, it is shown and does nothing; nothing is fetched from elsewhere."""
    hostile = replace(case(1, text, channel=text, author_id=text), files=(File(text, 1, "ab"),))
    making = replace(MAKING, by=text, reason=text)
    page = html(hostile, making=making)
    tags = _Tags()
    tags.feed(page)
    assert not tags.tags & {"script", "img", "link", "iframe", "object", "form", "a", "base"}
    assert tags.leads == []
    assert "49" not in page
    assert not set(page) & set("\x00\x1b\u202e")
    assert len(page) < 1_000_000
    assert as_pdf(cover(dossier(hostile), making, "aaaa")).startswith(b"%PDF-")


def test_a_long_text_is_cut_on_the_cover_and_it_says_so() -> None:
    """All of it is in messages.json."""
    assert "Hela texten finns i messages.json." in html(case(1, "ord " * 5_000))
    assert "Hela texten finns i messages.json." in html(case(1, "\n" * 5_000 + "ord"))
    assert "Hela texten finns" not in html(case(1, "ord\r\nord"))
