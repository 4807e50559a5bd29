"""Whatever was flagged and whatever became of it, the card fits into a message, and nothing in it acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import messages
from bot.core.cases import Case
from bot.core.flags import Reason, State
from bot.core.leases import Lease
from bot.core.measures import Act, Measure
from bot.core.messages import Channel
from bot.core.opinions import Escalation, Kind, Lean, Opinion, Waits
from bot.core.undertakings import Hindrance, Standing, Undertaking
from bot.discord_gateway.ability import deleting
from bot.discord_gateway.card import LONGEST, card
from classifier.verdict import LABELS, MOTIVES, Span
from tests.builders import NOW, decision, flag, post, verdict

NASTY = "|\\*_`~<>@[]()#- \n\u202e\u0301a"
BIG = "9" * 19
WHERE = Channel(BIG, "torget", guild=BIG)


def lines(case: Case, *languages: str, lease: Lease | None = None) -> list[str]:
    """What a card says, line by line."""
    texts = [
        item["content"] for item in card(case, languages, lease).to_components()[0]["components"] if "content" in item
    ]
    return "\n".join(texts).split("\n")


def crowded(text: str, note: str) -> Case:
    """A case with as much to say as there can be."""
    reasons = [Reason("threshold", label, 0.95, 0.55) for label in LABELS]
    reasons += [Reason("watchlist", f"{number}" + "*_" * 49) for number in range(30)]
    spans = tuple(Span(start, start + 60, 1.0) for start in range(0, len(text), 60))
    message = replace(post(1, text, WHERE), id=BIG, author=BIG)
    flagged = replace(
        flag(message),
        verdict=replace(verdict(0.95, 0.95, **dict.fromkeys(LABELS[2:], 0.95)), spans=spans),
        reasons=tuple(reasons),
    )
    decided = decision(1, by=BIG, motives=MOTIVES, note=note)
    return Case(10**17, flagged, State.UPHELD, decided, False, NOW, NOW)


@pytest.mark.parametrize("text", ["å" * 4000, "*_" * 2000, "<@1>" * 1000, "@everyone " * 400])
def test_the_most_crowded_card_fits_into_a_message(text: str) -> None:
    assert len("\n".join(lines(crowded(text, text[:1000]), "sv", "en"))) <= LONGEST


@pytest.mark.parametrize("waits", Waits)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("text", ["å" * 4000, "*_" * 2000, "<@1>" * 1000])
def test_the_most_crowded_card_with_what_others_say_of_it_fits_too(text: str, state: State, waits: Waits) -> None:
    said = [
        Opinion(1, kind, BIG, lean, NOW, MOTIVES, text[:1000])
        for kind, lean in ((Kind.ASKED, Lean.UPHOLD), (Kind.SECOND, Lean.DISMISS))
    ]
    case = replace(
        crowded(text, text[:1000]),
        state=state,
        waits=waits,
        opinions=tuple(said),
        escalation=Escalation(1, BIG, NOW, text[:1000]),
    )
    assert len("\n".join(lines(case, "sv", "en", lease=Lease(1, BIG, NOW)))) <= LONGEST


@given(st.text(alphabet=NASTY, max_size=300), st.text(alphabet=NASTY, max_size=100))
def test_neither_text_nor_note_nor_words_leave_their_spoilers(text: str, note: str) -> None:
    inner = lines(crowded(text, note), "sv")
    quoted = [inner[1], *(line for line in inner if line.startswith(("Ord som", "Anteckning")))]
    for line in quoted:
        bare = line.replace("\\\\", "x").replace("\\|", "x")
        assert bare.count("|") % 4 == 0
        assert "|||" not in bare.replace("||, ||", "")


def test_an_open_case_has_buttons_and_a_closed_one_has_none() -> None:
    pending = Case(1, flag())
    for case, count in ((pending, 5), (replace(pending, forgotten=True), 0), (crowded("x", ""), 0)):
        rows = [item for item in card(case, ["sv"]).to_components()[0]["components"] if item["type"] == 1]
        assert sum(len(row["components"]) for row in rows) == count


def test_who_looks_is_shown_only_while_nobody_has_decided() -> None:
    lease = Lease(1, "42", NOW + timedelta(minutes=5))
    assert any("<@42> tittar" in line for line in lines(Case(1, flag()), "sv", lease=lease))
    assert not any("tittar" in line for line in lines(crowded("x", ""), "sv", lease=lease))


def test_what_is_in_no_language_stands_there_once() -> None:
    said = lines(crowded("orden här", "min not"), "sv", "en")
    assert sum("orden" in line for line in said) == 2  # the text, and the words that mattered
    assert sum("min not" in line for line in said) == 1


def test_an_open_card_says_first_why_and_a_decided_one_what_was_decided() -> None:
    open_case = replace(Case(1, flag()), edited_at=NOW)
    decided = replace(open_case, state=State.UPHELD, decision=decision())
    for case, first, then in ((open_case, "▰", "ändrades"), (decided, "bifölls", "▰")):
        said = "\n".join(lines(case, "sv"))
        assert said.index(first) < said.index(then)


def test_the_second_language_says_what_it_is_about_in_one_line() -> None:
    labels = replace(flag(), verdict=verdict(0.95, misogyny=0.8, women=0.6))
    assert lines(Case(1, labels), "sv", "en")[3:7] == [
        "▰▰▰▰▰ hat eller hot (mycket säker)",
        "▰▰▰▰▱ kvinnohat (ganska säker)",
        "▰▰▰▱▱ mot kvinnor (osäker)",
        "-# hate or threat (very sure) · misogyny (fairly sure) · towards women (unsure)",
    ]


@pytest.mark.parametrize(("forgotten", "stays"), [(False, 1), (True, 0)])
def test_what_the_bot_has_deleted_is_said_once_and_whether_its_text_stays(forgotten: bool, stays: int) -> None:
    deleted = Undertaking(1, 1, Measure(Act.DELETE), Standing.DONE, NOW, done_at=NOW)
    case = Case(1, flag(), State.UPHELD, decision(), forgotten, NOW, undertakings=[deleted])
    said = "\n".join(lines(case, "sv"))
    assert said.count("Meddelandet raderades") == 1
    assert "togs bort" not in said
    assert said.count("Texten står kvar") == stays


@pytest.mark.parametrize(("by", "shown"), [("123456789", "<@123456789>"), ("Maja *Larsson*", r"Maja \*Larsson\*")])
def test_members_are_named_by_mention_and_others_by_name(by: str, shown: str) -> None:
    case = Case(1, flag(), State.DISMISSED, decision(1, by=by))
    assert any(f"avskrevs av {shown} " in line for line in lines(case, "sv"))


@pytest.mark.parametrize("name", ["x> [gratis](https://ond.example) <@1", "**#allmänt** <#1", "@everyone", ") **x**"])
@pytest.mark.parametrize("kind", list(messages.Kind))
def test_names_from_a_file_that_was_replayed_are_names_and_no_markup(name: str, kind: messages.Kind) -> None:
    message = replace(post(1, "en flagga", Channel(name, name, guild=name), author=name), kind=kind)
    first = lines(Case(1, flag(message)), "sv")[0]
    assert "gratis](" not in first
    assert "<@1" not in first.replace(r"\<@1", "")
    assert "<#1" not in first.replace(r"\<#1", "")
    assert "**#" not in first
    assert "@everyone" not in first
    assert "**x**" not in first


def test_nothing_can_be_deleted_in_discord_that_was_read_from_a_file() -> None:
    message = post(1, "en flagga", Channel("#torget", "#torget", guild="1"))
    assert deleting(None, Case(1, flag(message))) is Hindrance.NO_MESSAGE
