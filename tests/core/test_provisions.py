"""Which provisions are named for what is found: grounds as the code has them, and nothing for nothing."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.core.flags import FINDINGS
from bot.core.provisions import Provision, provisions
from bot.locales import speak
from classifier.verdict import MOTIVES, TARGETS


def test_nothing_found_is_nothing_named() -> None:
    """No finding and no target, no hint; not even for several messages of one author."""
    assert provisions((), ()) == []
    assert provisions((), (), repeated=True) == []


def test_sex_is_no_ground_of_agitation_but_a_hate_motive() -> None:
    """BrB 16:8 does not protect sex; 29:2 p. 7 does."""
    assert provisions({"misogyny"}, ()) == [Provision.HATE_MOTIVE]


@pytest.mark.parametrize("motive", sorted(set(MOTIVES) - {"misogyny", "contempt_for_society"}))
def test_hate_of_a_group_names_agitation_and_the_hate_motive(motive: str) -> None:
    """Every motive that is aimed at a group by one of the grounds."""
    assert provisions({motive}, ()) == [Provision.AGITATION, Provision.HATE_MOTIVE]


def test_officials_the_elected_and_journalists_have_provisions_of_their_own() -> None:
    """Whom it is aimed at adds what protects them."""
    assert {Provision.OFFICIALS, Provision.ELECTED} <= set(provisions({"threat"}, {"politicians"}))
    assert Provision.OFFICIALS in provisions((), {"police"})
    assert {Provision.JOURNALISM, Provision.CIVIL_LIBERTY} <= set(provisions({"threat"}, {"journalists"}))


def test_more_found_is_never_less_named() -> None:
    """A finding or a target more only adds, and hints stand in the order of the code."""
    for few in combinations(FINDINGS, 2):
        for target in TARGETS:
            fewer, more = provisions(few[:1], ()), provisions(few, {target}, repeated=True)
            assert set(fewer) <= set(more)
            assert more == [each for each in Provision if each in more]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_provision_is_named_by_its_number(language: str) -> None:
    """Chapter and section, in both languages."""
    for provision in Provision:
        said = speak(language)(f"provision-{provision}")
        assert said.startswith("BrB ")
        assert str(provision).split("-")[1] in said
