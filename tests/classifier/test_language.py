"""Only a long text in plainly another language is said to be unread."""

from __future__ import annotations

import pytest

from classifier.language import language

FINNISH = (
    "Kunnan uusi uimahalli avataan ensi viikolla ja kaikki asukkaat ovat tervetulleita tutustumaan siihen "
    "ilmaiseksi koko viikonlopun ajan, kahvia on tarjolla kaikille."
)
SOMALI = (
    "Waxaan rabaa in aan wax ka ogaado dugsiga cusub ee magaalada iyo goorta ay carruurtu bilaabi doonaan "
    "waxbarashada sanadkan, fadlan ii soo sheeg haddii aad wax ogtahay."
)
SWEDISH = "Nu öppnar den nya simhallen och alla som bor i kommunen är välkomna att prova den gratis hela helgen lång."
DANISH = "Nu åbner den nye svømmehal, og alle som bor i kommunen er velkomne til at prøve den gratis hele weekenden."
ENGLISH = "The new swimming pool opens next week and everybody who lives here is welcome to try it free of charge."


@pytest.mark.parametrize("text", ["", "ok", "Moi!", "hyvää päivää", "wie geht es dir", "😀😀😀", "12345" * 30, "Иван"])
def test_a_short_text_is_never_unread(text: str) -> None:
    assert language(text) == ("und", False)


@pytest.mark.parametrize(("text", "code"), [(FINNISH, "fi"), (SOMALI, "so")])
def test_a_long_text_in_another_language_is_unread(text: str, code: str) -> None:
    assert language(text) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [("مرحبا كيف حالك اليوم", "ar"), ("Привет, как дела", "ru"), ("Καλημέρα σας", "el"), ("สวัสดีครับทุกคน", "th")],
)
def test_another_script_is_unread_even_where_it_is_short(text: str, code: str) -> None:
    assert language(text) == (code, True)


@pytest.mark.parametrize("text", [SWEDISH, DANISH, ENGLISH])
def test_swedish_danish_and_english_are_read(text: str) -> None:
    assert not language(text)[1]


def test_swedish_is_recognised() -> None:
    assert language(SWEDISH)[0] == "sv"


def test_a_foreign_name_in_a_swedish_text_leaves_it_read() -> None:
    assert not language(f"{SWEDISH} Hälsar Иван Петров")[1]
