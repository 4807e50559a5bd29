"""Slurs are masked, disguised ones too, and nothing else is; above all no name that a group has for itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Case
from bot.core.masking import MARK, READ, Masking, masked
from bot.core.statements import Appeal, Statement
from classifier.slur_list import SLURS
from classifier.slurs import Slurs
from classifier.verdict import Span
from tests.builders import NOW, decision, flag, post, verdict

MADE_UP = Slurs(["dumskalle", "träskmå*", "*gnisselben*"])  # no word of ours would be a slur to anybody
IDENTITIES = (
    "muslim muslimer muslimen muslimsk islam slöja imam jude judar juden judisk judinna judendom rom "
    "romer romsk romni resande sinti kalderash kristen buddhist hindu same samer samisk finne finnar "
    "sverigefinne tornedaling kurd kurder arab araber arabisk turk turkar somalier somaliska syrier "
    "afghan iranier iraker eritrean etiopier nigerian kines kineser polack polacker serb bosnier "
    "kosovoalban afrikan afrosvensk svart mörkhyad brun rasifierad invandrare nyanländ flykting "
    "asylsökande utlänning kvinna kvinnor kvinnan tjej tjejer flicka mamma feminist kvinnlig hbtq hbtqi "
    "homosexuell bög bögar bögen bögpar lesbisk lesbiska flata flator flatan queer bisexuell trans "
    "transperson transtjej transkille transkvinna transman ickebinär intersex dragqueen pride cis döv "
    "blind rullstol autist autistisk adhd cp-skadad funktionsnedsatt journalist reporter politiker sosse "
    "moderat polis poliser snut präst rabbin jew jews jewish muslims gay gays lesbian woman women girl "
    "black blacks arabs roma immigrant refugee transgender"
)


def case(text: str, *spans: Span) -> Case:
    return Case(1, replace(flag(post(1, text)), verdict=replace(verdict(0.9), spans=spans)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("din dumskalle!", "din d▪▪▪▪▪▪▪▪!"),
        ("DUMSKALLE", "D▪▪▪▪▪▪▪▪"),
        ("d u m s k a l l e", "d ▪ ▪ ▪ ▪ ▪ ▪ ▪ ▪"),
        ("d\u200bum\u200bskalle", "d▪▪▪▪▪▪▪▪▪▪"),
        ("duuuuumskalle där", "d▪▪▪▪▪▪▪▪▪▪▪▪ där"),
        ("dum\u0301skalle", "d▪▪▪▪▪▪▪▪▪"),
        ("dumѕkаlle", "d▪▪▪▪▪▪▪▪"),
        ("dumskallen", "dumskallen"),
        ("träskmåsar och traskmasar", "t▪▪▪▪▪▪▪▪▪ och t▪▪▪▪▪▪▪▪▪"),
        ("gammelgnisselbenet", "g▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪"),
        ("en vanlig dag på torget", "en vanlig dag på torget"),
        ("", ""),
    ],
)
def test_the_first_letter_stays_and_marks_stand_for_the_others(text: str, shown: str) -> None:
    assert masked(text, MADE_UP.find(text)) == shown


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_masked_text_keeps_its_length_and_all_that_is_no_slur(before: str, after: str) -> None:
    text = f"{before} dumskalle {after}"
    shown = masked(text, MADE_UP.find(text))
    assert len(shown) == len(text)
    assert all(one in (other, MARK) for one, other in zip(shown, text, strict=True))


def test_a_case_knows_whether_anything_in_it_is_masked() -> None:
    masking = Masking(MADE_UP.find)
    shown = masking(case("din dumskalle"))
    assert shown.masked
    assert shown.flag.message.text == "din d▪▪▪▪▪▪▪▪"
    harmless = case("en vanlig dag")
    assert masking(harmless) is harmless


def test_without_masking_a_case_is_shown_as_it_is() -> None:
    written = case("din dumskalle")
    assert Masking()(written) is written
    assert Masking().post(written.flag.message) is written.flag.message


def test_a_forgotten_text_is_not_looked_at() -> None:
    forgotten = replace(case(""), forgotten=True)
    assert Masking(MADE_UP.find)(forgotten) is forgotten


def test_a_word_that_mattered_far_into_a_long_text_is_masked_too() -> None:
    text = "ord " * READ + "dumskalle " + "ord " * 50
    start = text.index("dumskalle")
    shown = Masking(MADE_UP.find)(case(text, Span(start, start + 9, 1.0)))
    assert shown.flag.message.text[start : start + 9] == "d▪▪▪▪▪▪▪▪"


def test_in_a_conversation_each_message_is_masked() -> None:
    assert Masking(MADE_UP.find).post(post(1, "dumskalle")).text == "d▪▪▪▪▪▪▪▪"


def test_of_an_appeal_the_text_and_what_its_author_says_are_masked() -> None:
    said = Appeal(1, NOW, "jag skrev dumskalle", "sv")
    for written, words in (("din dumskalle", said.words), ("en vanlig dag", said.words), ("din dumskalle", None)):
        appealed = Statement(1, case(written), decision(), appeal=replace(said, words=words))
        shown = Masking(MADE_UP.find).appealed(appealed)
        assert shown.case.masked
        assert shown.case.flag.message.text == written.replace("dumskalle", "d▪▪▪▪▪▪▪▪")
        assert shown.appeal is not None
        assert shown.appeal.words == (None if words is None else "jag skrev d▪▪▪▪▪▪▪▪")
    harmless = Statement(1, case("en vanlig dag"), decision(), appeal=replace(said, words="en vanlig dag"))
    assert Masking(MADE_UP.find).appealed(harmless) == Masking().appealed(harmless) == harmless


@pytest.mark.parametrize("word", IDENTITIES.split())
def test_no_name_that_people_have_for_themselves_is_masked(word: str) -> None:
    assert Slurs().find(word) == []
    assert Slurs().find(f"jag är {word.upper()} sen länge") == []


def test_the_list_is_plain_and_holds_each_word_once() -> None:
    lines = [line for line in SLURS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) > 50
    assert len(lines) == len(set(lines))
    assert all(line == line.strip().lower() and len(line.strip("*")) > 2 for line in lines)
    assert all(line.endswith("*") or "*" not in line for line in lines)


def test_every_word_of_the_list_is_found_as_it_stands_there() -> None:
    slurs = Slurs()
    lines = [line for line in SLURS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not slurs.find(f"ja {line.strip('*')} nu")] == []
