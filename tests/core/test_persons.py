"""Is nobody named where nobody need be, and does what is said of a request never say who it was?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure import Ground, plan
from bot.core.errors import BadInput, Refused
from bot.core.flags import State
from bot.core.held import Appealed, Held, HeldCase, Service, Stated
from bot.core.persons import checked, person
from bot.core.pseudonyms import Pseudonyms
from tests.builders import NOW

NAMES = Pseudonyms(b"k" * 32)
CASE = HeldCase(
    1, "message", "torget", "m1", 0, False, "text", State.DISMISSED, NOW, NOW, 0.9, 0.1, {}, {}, [], {}, "sv", "fake@0"
)
OPEN = replace(CASE, state=State.PENDING, is_open=True)
UPHELD = replace(CASE, state=State.UPHELD)


def appealed(outcome: str | None) -> HeldCase:
    return replace(UPHELD, statements=[Stated(NOW, appeal=Appealed(NOW, "nej", outcome))])


@given(st.text(min_size=1))
def test_a_pseudonym_is_the_same_each_time_and_does_not_hold_the_id(who: str) -> None:
    made = NAMES.of(who)
    assert made == NAMES.of(who)
    assert made.startswith("person-")
    assert len(made) == len("person-") + 12


def test_another_key_and_another_kind_give_another_pseudonym() -> None:
    """So that two exports cannot be laid beside one another, and a message is no person."""
    assert len({NAMES.of("1"), Pseudonyms(b"j" * 32).of("1"), NAMES.of("1", "message"), NAMES.of("2")}) == 4


def test_nobody_has_no_pseudonym() -> None:
    assert NAMES.of("") == ""


def test_mentions_get_pseudonyms_and_ones_own_stays() -> None:
    text = "<@1> <@!2> <@&3> <#4> https://discord.com/users/2 <@x> <@1234567890123456789012>"
    named = NAMES.within(text, own="1")
    two = NAMES.of("2")
    assert named == f"<@1> <@!{two}> <@&3> <#4> https://discord.com/users/{two} <@x> <@1234567890123456789012>"


@given(st.text(max_size=200))
def test_a_text_without_mentions_stays_as_it_is(text: str) -> None:
    if "<@" not in text and "/users/" not in text:
        assert NAMES.within(text) == text


@pytest.mark.parametrize("said", ["begäran 7", "begäran 17 av 2026", "hej annas fråga"])
def test_a_reason_that_names_nobody_is_kept(said: str) -> None:
    assert checked("--reason", f"  {said} ", "1", ["Anna"]) == said


@pytest.mark.parametrize("said", ["begäran av 1", "fråga från ANNA", "ａｎｎａ", "anna\tandersson"])
def test_a_reason_that_names_the_person_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="must not say who"):
        checked("--reason", said, "1", ["Anna", "anna andersson"])


def test_an_id_is_kept_without_the_spaces_around_it() -> None:
    assert person(" 900 ") == "900"
    with pytest.raises(BadInput):
        person(" ")


@pytest.mark.parametrize(
    ("case", "holds", "archive", "ground"),
    [
        (CASE, (), False, None),
        (CASE, (), True, None),
        (UPHELD, (), False, None),
        (UPHELD, (), True, Ground.ARCHIVE),
        (UPHELD, (1,), True, Ground.HOLD),
        (OPEN, (), False, Ground.REVIEW),
        (OPEN, (1,), False, Ground.HOLD),
        (replace(OPEN, is_open=False, text=None), (), True, None),  # its text is gone, and nobody can decide it
        (appealed(None), (), False, Ground.REVIEW),
        (appealed("rejected"), (), False, None),
        (replace(UPHELD, restricted_at=NOW), (), False, None),  # whoever had it restricted asks to have it erased
    ],
)
def test_a_case_goes_unless_there_is_a_ground_for_keeping_it(
    case: HeldCase, holds: tuple[int, ...], archive: bool, ground: Ground | None
) -> None:
    made = plan(Held("1", [case]), holds, archive=archive)
    assert made.goes == ([1] if ground is None else [])
    assert made.stays == ({} if ground is None else {ground: [1]})
    assert made.is_refusal == (ground is not None)
    assert made.kept == (set() if ground is None else {1})


def test_what_is_held_beside_cases_goes_and_what_was_done_in_office_stays() -> None:
    assert plan(Held("1", service=Service({"decisions": 2})), (), archive=False).is_refusal
    assert not plan(Held("1", service=Service(day_limit=5)), (), archive=False).is_refusal
