"""Is what may have to be masked found where it has a shape, and guessed at where it is a name?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redacting import Why, found


def pieces(text: str) -> list[tuple[str, Why]]:
    """What was found, in words."""
    return [(text[each.start : each.end], each.why) for each in found(text)]


@pytest.mark.parametrize(
    ("text", "piece", "why"),
    [
        ("ring 070-123 45 67 i kväll", "070-123 45 67", Why.PHONE),
        ("ring +46 (0)8 123 456 78", "+46 (0)8 123 456 78", Why.PHONE),
        ("0046701234567", "0046701234567", Why.PHONE),
        ("hon är 900215-1234", "900215-1234", Why.IDENTITY),
        ("hon är 19900215 1234.", "19900215 1234", Why.IDENTITY),
        ("samordningsnummer 900275-1234", "900275-1234", Why.IDENTITY),
        ("skriv till a.b+c@exempel.se.", "a.b+c@exempel.se", Why.MAIL),
        ("se https://exempel.se/a?b=1 där", "https://exempel.se/a?b=1", Why.LINK),
        ("hör på <@!1320000000000000001> nu", "<@!1320000000000000001>", Why.MENTION),
        ("hör på @nisse_90 nu", "@nisse_90", Why.MENTION),
        ("id 1320000000000000001", "1320000000000000001", Why.MEMBER),
        ("från 192.168.10.255 i går", "192.168.10.255", Why.NETWORK),
        ("från 2001:0db8:0000:0042:0000:8a2e:0370:7334", "2001:0db8:0000:0042:0000:8a2e:0370:7334", Why.NETWORK),
        ("bor på Storgatan 12 B", "Storgatan 12 B", Why.ADDRESS),
        ("bor på storgatan 12", "storgatan 12", Why.ADDRESS),
        ("postnr 123 45 Almköping", "123 45 Almköping", Why.ADDRESS),
        ("sett Anna-Lena von Krusenstjerna idag", "Anna-Lena von Krusenstjerna", Why.NAME),
        ("Jag såg Anna i går", "Anna", Why.NAME),
    ],
)
def test_what_may_have_to_be_masked_is_found(text: str, piece: str, why: Why) -> None:
    """Each shape is found whole, and called what it is."""
    assert (piece, why) in pieces(text)


@pytest.mark.parametrize("text", ["Är bussen sen i dag?", "2026-01-26 08:03", "klockan 12.30, rum 4", "12 000 kr", ""])
def test_ordinary_words_times_and_sums_are_left(text: str) -> None:
    """Not everything with a digit or a capital letter is somebody."""
    assert pieces(text) == []


@given(st.text(alphabet="aÅB @.+-/:0123456789<>\n", max_size=80) | st.text(max_size=80))
def test_pieces_are_within_the_text_in_order_and_apart(text: str) -> None:
    """Whatever the text, no piece is empty, overlaps another or stands outside."""
    place = 0
    for each in found(text):
        assert place <= each.start < each.end <= len(text)
        place = each.end
