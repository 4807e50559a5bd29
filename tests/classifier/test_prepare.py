"""Text is made readable without harming what is readable, and every character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.prepare import MAX_CHARS, fold, prepare

HOSTILE = {
    "one letter": "a" * 100_000,
    "one digit": "4" * 100_000,
    "letters and digits": "a4" * 50_000,
    "letters spaced out": "a " * 50_000,
    "letters dotted": "a." * 50_000,
    "almost spaced out": "a aa " * 20_000,
    "blanks": " " * 100_000,
    "signs": "!" * 100_000,
    "sign pairs": "!?" * 50_000,
    "half mentions": "<@" * 50_000,
    "half emoji": "<a:" + "a" * 99_997,
    "half links": "http://" * 14_000,
    "short links": "www.a " * 16_000,
    "zero width": "\u200b" * 100_000,
    "right to left": "\u202e" * 100_000,
    "marks on one letter": "a" + "\u0301" * 99_999,
    "eighteen for one": "\ufdfa" * 100_000,
    "look-alikes": "аbс " * 25_000,
    "mixed scripts": "aя" * 50_000,
    "every letter there is": "".join(c for c in map(chr, range(0x250, 0x20000)) if c.isalpha())[:100_000],
    "surrogates": "\ud800" * 100_000,
    "far too long": "hatar " * 100_000,
}


def _mapped(text: str) -> None:
    found = prepare(text)
    assert (found.starts is None) == (found.ends is None)
    if found.starts is None or found.ends is None:
        assert text.startswith(found.text)
        return
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)


_PIECES = st.sampled_from(
    ["hatar", "h4t4r", "a", " ", "  ", ".", "-", "*", "0", "4", "@", "!!!!!", "aaaa", "İ", "ﬃ", "\u0301", "\u200b",
     "\ufdfa", "а", "я", "ß", "\n", "\t", "\x00", "\ud83d", "😀", "<@123456>", "<:pepe:123>", "https://a.se/b", "www.x"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=80) | st.lists(_PIECES, max_size=20).map("".join))
@example("\ufdfa")
@example("a\u0301\u0302\u0303b")
@example("\ud800h\u200ba\u200bt")
def test_every_character_points_into_the_text_as_given(text: str) -> None:
    _mapped(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=20).map("".join), st.data())
def test_any_span_lies_within_the_text_as_given(text: str, data: st.DataObject) -> None:
    found = prepare(text)
    if found.text:
        start = data.draw(st.integers(0, len(found.text) - 1))
        end = data.draw(st.integers(start + 1, len(found.text)))
        first, last = found.given(start, end)
        assert 0 <= first < last <= len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("h4t4r dig", "hatar dig"),
        ("j@vl@ id10t", "javla idiot"),
        ("h a t a r", "hatar"),
        ("j.u.d.a.r", "judar"),
        ("h-a-t-a-r", "hatar"),
        ("h_a_t_a_r", "hatar"),
        ("h*a*t*a*r", "hatar"),
        ("ha\u200bta\u2060r", "hatar"),
        ("ha\u00adtar", "hatar"),
        ("\u202ehatar\u202c", "hatar"),
        ("hаtаr", "hatar"),
        ("jag hаtаr er", "jag hatar er"),
        ("ｈａｔａｒ", "hatar"),
        ("𝐡𝐚𝐭𝐚𝐫", "hatar"),
        ("haaaaatar", "hatar"),
        ("håååller", "håller"),
        ("h\u0336a\u0336t\u0336a\u0336r\u0336", "hatar"),
        ("ha\u0300\u0301\u0302\u0303tar", "hàtar"),
        ("a\u030a", "å"),
        ("nej!!!!!!", "nej!!!"),
        ("se https://exempel.se/a?b=1 nu", "se [länk] nu"),
        ("<@!123456> kom hit", "[namn] kom hit"),
        ("<a:pepe:123456>", "pepe"),
        ("hej   du", "hej du"),
    ],
)
def test_disguises_are_undone(written: str, read: str) -> None:
    assert prepare(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        "30km", "4an", "covid19", "a@b.se", "anna.berg@kommun.se", "kl 18.30", "E4 mot 8an", "hej!", "1,5 % av 300 kr",
        "070-123 45 67", "B2B", "MP3", "@anna kom", "t.ex. i dag", "Привет, как дела", "Иван Петров",
        "Καλημέρα σας", "jag träffade Иван igår", "å ä ö", "café", "2026-01-26", "مرحبا", "😀😀",
    ],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert prepare(text).text == text


def test_a_span_covers_the_disguise_as_it_was_written() -> None:
    written = "du är en h\u200b a t a r nu"
    found = prepare("jag j.u.d.a.r nu")
    at = found.text.index("judar")
    assert found.given(at, at + 5) == (4, 13)
    assert written[slice(*prepare(written).given(0, len(prepare(written).text)))] == written


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time_and_bounded_space(name: str) -> None:
    started = time.perf_counter()
    found = prepare(HOSTILE[name])
    assert time.perf_counter() - started < 5
    assert len(found.text) <= MAX_CHARS * 1.3


@pytest.mark.parametrize("name", ["letters and digits", "eighteen for one", "look-alikes", "half links", "short links"])
def test_offsets_hold_for_hostile_text(name: str) -> None:
    _mapped(HOSTILE[name])


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "\udfff\ud800", "\u200b\u200c\u200d", "\u202e", "\u0301"])
def test_text_of_nothing_visible_becomes_empty(text: str) -> None:
    assert prepare(text).text == ""


def test_ten_thousand_marks_on_one_letter_are_one_letter_that_stands_for_all() -> None:
    text = "o" + "\u0308" * 10_000 + "l"
    found = prepare(text)
    assert found.text == "öl"
    assert found.given(0, 1) == (0, 10_001)


def test_one_character_that_stands_for_eighteen_points_back_to_itself() -> None:
    found = prepare("x\ufdfay")
    assert len(found.text) == 20
    assert found.given(1, 19) == (1, 2)


def test_folded_text_is_the_same_for_every_spelling_of_a_word() -> None:
    assert {fold(text) for text in ("Hatar", " HATAR ", "h4tar", "h.a.t.a.r", "ha\u200btar", "HАTАR")} == {"hatar"}
