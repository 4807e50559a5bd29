"""Hidden words become readable, ordinary text stays, and every character remembers where it came from."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.prepare import MAX_CHARS, fold, prepare

hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list("aåi1!@4 .-_*<>:#&\n\t\0\u200b\u200d\u202e\u0301\u0336\ufdfaаоеκİﬁ😀\ud800")),
        st.sampled_from(["https://", "<@12>", "<:hej:1>", "www."]).flatmap(lambda word: st.sampled_from(list(word))),
    ),
    max_size=80,
)


@given(hostile)
@settings(max_examples=400, deadline=None)
def test_any_text_is_made_readable_and_every_character_knows_its_origin(text: str) -> None:
    prepared = prepare(text)
    count = len(prepared.text)
    places = [prepared.given(i, i + 1) for i in range(count)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in itertools.pairwise(places))
    if count:
        whole = prepared.given(0, count)
        assert (whole[0], whole[1]) == (places[0][0], places[-1][1])


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzåäöABCÅÄÖ,.?", max_size=3), max_size=20))
def test_ordinary_letters_stay_where_they_are(words: list[str]) -> None:
    text = " ".join(["å", *words])  # words too short to be read as others, by somebody who writes marks
    prepared = prepare(text)
    for i, character in enumerate(prepared.text):
        if character.isalpha():
            start, end = prepared.given(i, i + 1)
            assert text[start:end].startswith(character)


@pytest.mark.parametrize(
    "text",
    [
        "idiot", "IDIOT", "1DI0T", "id!ot", "i d i o t", "i.d.i.o.t", "i-d-i-o-t", "i_d_i_o_t", "i*d*i*o*t",
        "iiidiiiooot", "іdіоt", "ιdιοτ", "i\u200bd\u200bi\u200bo\u200bt", "i\u00add\u00adiot", "\u202eidiot",
        "ⓘⓓⓘⓞⓣ", "ｉｄｉｏｔ", "𝐢𝐝𝐢𝐨𝐭", "i\u0336d\u0336i\u0336o\u0336t\u0336", "idiot" + "\u0301" * 10_000,
        " \u200b idiot\n",
    ],
)  # fmt: skip
def test_a_disguised_word_is_the_word(text: str) -> None:
    assert fold(text) == "idiot"


@pytest.mark.parametrize(
    "text",
    [
        "30km till 4an, kl 8:30", "covid19 och B2B", "maja.ost@almkoping.se", "hej!!", "100%", "mp3", "1984", "u.s.a",
        "Привет, как дела", "Γειά σου", "åäö ÅÄÖ é ü", "50-årsfest", "@maja", "jag o du e på väg", "vi e 3 st",
    ],
)  # fmt: skip
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert prepare(text).text == text


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("se https://exempel.se/a1b2?c=d nu", "se [länk] nu"),
        ("<@123> och <@!45> i <#9>", "[namn] och [namn] i [namn]"),
        ("bra <:tummen_upp:123>", "bra tummen_upp"),
        ("neeeeej!!!!!!!!", "nej!!!"),
        ("hej   \n\n  du", "hej\ndu"),
        ("a\u030a a\u0308 o\u0308", "å ä ö"),
    ],
)
def test_what_is_long_or_foreign_to_the_words_is_told_in_short(text: str, readable: str) -> None:
    assert prepare(text).text == readable


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b\u200d\u2060\ufeff", "\u0301\u0302", "\0\0", "\ud800", "\n\t", "\u202e\u202d"]
)
def test_text_of_nothing_visible_is_nothing(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("du är en i d i o t.", "idiot", "i d i o t"),
        ("en 1di0t till", "idiot", "1di0t"),
        ("💩 en іdіоt", "idiot", "іdіоt"),
        ("en i\u200bd\u200biot här", "idiot", "i\u200bd\u200biot"),
        ("en ﬁn dag", "fin", "ﬁn"),
        ("https://a.se/" + "x" * 99 + " idiot", "idiot", "idiot"),
        ("neeeeej", "nej", "neeeeej"),
        ("a\u0301\u0301\u0301idiot", "idiot", "idiot"),
    ],
)
def test_a_word_that_was_made_readable_is_found_where_it_was_written(text: str, word: str, written: str) -> None:
    prepared = prepare(text)
    at = prepared.text.index(word)
    start, end = prepared.given(at, at + len(word))
    assert text[start:end] == written


HOSTILE = {
    "one letter": "a",
    "two letters": "ab ",
    "spaced": "a b ",
    "dotted": "a.",
    "dots": ".",
    "signs": "!?",
    "leet": "h4t",
    "leet word": "abc4",
    "stars": "*a",
    "marks": "a\u0301",
    "one letter's marks": "\u0301",
    "zero width": "\u200b",
    "emoji": "👩‍👩‍👧",
    "look-alikes": "аb",
    "Cyrillic": "аб",
    "Arabic word": "\ufdfa",
    "mention": "<@1",
    "link": "https://a ",
    "half link": "www.",
    "blanks": " \n",
    "NUL": "\0",
    "surrogate": "\ud83d",
    "dotted capital": "İ",
    "emoji name": "<:a",
    "at": "@a",
    "underlines": "_a_",
    "bars": "a|",
    "digits": "0123",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_work_is_bounded_for_100_000_characters_of_any_kind(kind: str) -> None:
    """Linear work takes a fraction of a second; work that grows with the square takes minutes."""
    piece = HOSTILE[kind]
    text = (piece * (MAX_CHARS // len(piece) + 1))[:MAX_CHARS]
    started = time.process_time()
    prepared = prepare(text)
    assert time.process_time() - started < 3
    assert len(prepared.text) <= MAX_CHARS + 18


def test_a_text_without_end_is_cut() -> None:
    assert len(prepare("ab " * MAX_CHARS).text) <= MAX_CHARS


@given(st.text("abcdeåäö ", max_size=30))
def test_folding_knows_no_case_and_no_edges(text: str) -> None:
    assert fold(f"  {text.upper()} \n") == fold(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jag h4tar d1g så mycket", "jag hatar dig så mycket"),
        ("V! är h3r och k0mmer t1ll torget", "Vi är her och kommer till torget"),
        ("f*n vad du är en id*ot", "fan vad du är en idiot"),
        ("JÄVL*R vad kallt", "JÄVLAR vad kallt"),
        ("nar kommer bussen pa mandag", "när kommer bussen på måndag"),
        ("NAN BORDE gora nagot at torget", "NÅN BORDE göra något åt torget"),
    ],
)
def test_words_that_hide_letters_are_guessed_where_the_guess_is_a_word(text: str, meant: str) -> None:
    prepared = prepare(text)
    assert prepared.text == meant
    assert [prepared.given(i, i + 1) for i in range(len(text))] == [(i, i + 1) for i in range(len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "*viktigt* möte ikväll", "m8 du är gr8", "C4 och A4-papper", "F16 och B2B, klass 7A och v4", "va**",
        "we are going far from here for fun", "Tara", "Lana Svensson", "har du tid", "the man has a far bigger car",
        "köp 2st för 50kr, kl 14:30 vid e20", "sh**t och f***", "4-5 personer á 3x2 m", "wifi: almkoping2024!",
    ],
)  # fmt: skip
def test_no_word_is_guessed_where_nothing_is_hidden(text: str) -> None:
    assert prepare(text).text == text


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("vi ses på trget imorgon", "trget", "torget"),
        ("jag blev så besvken på dem", "besvken", "besviken"),
        ("hon är faktsikt jättebra på det", "faktsikt", "faktiskt"),
        ("det var en väldiigt fin dag", "väldiigt", "väldigt"),
        ("Förmodlgien kommer de i morgon", "Förmodlgien", "Förmodligen"),
        ("förmodlgein kommer de i morgon", "förmodlgein", "förmodlgein"),  # two slips: nobody knows
        ("VAD ÄR DET FÖR FELL PÅ BUSEN", "FELL", "FEL"),
    ],
)
def test_one_slip_in_a_word_is_undone_and_the_word_is_found_where_it_was_written(
    text: str, word: str, meant: str
) -> None:
    prepared = prepare(text)
    at = text.index(word)
    assert prepared.text[at : at + len(meant)] == meant
    assert prepared.given(at, at + len(meant)) == (at, at + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "jag och Trget går till torget", "it feels warm and sunny on the beach with you", "Fahiima Osmaan kommer till",
        "kattfoder och hundmatsförpackningsfabriken", "dzjg qwrt plkm", "grönskabben",
    ],
)  # fmt: skip
def test_names_other_languages_and_words_that_no_slip_explains_are_left_alone(text: str) -> None:
    assert prepare(text).text == text


def test_folding_leaves_slips_so_that_a_listed_word_is_never_read_as_another() -> None:
    assert fold("vi ses på trget imorgon") == "vi ses på trget imorgon"
