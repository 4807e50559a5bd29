"""Thresholds change by proposals that are applied; the rules refuse the rest, and one step takes a change back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refused
from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.changes import (
    EVERYWHERE,
    Change,
    Proposal,
    State,
    Step,
    Values,
    Where,
    checked,
    fresh,
    last,
    overlay,
    settled,
    stale,
    standing,
    to_undo,
    undoing,
)
from bot.core.tuning.in_force import Source, as_if, decisive, in_force, is_idle, limits_at, origins
from bot.core.tuning.levels import Level, level_of, thresholds_of
from bot.core.tuning.unchanged import Objection, Unchanged
from tests.builders import MARKET, NOW, SQUARE, THREAD, policy

SHIPPED = {"flag": 0.5, "threat": 0.5}
RULES = policy(groups={"youth": frozenset({"#torget"})})
KNOWN = {channel.id: channel for channel in (SQUARE, MARKET, THREAD)}
SQUARE_ITSELF = Where(channel="100")
YOUTH = Where(group="youth")


def proposal(values: Values | None = None, where: Where = EVERYWHERE, **slots: object) -> Proposal:
    """Karin's proposal for a lower threshold."""
    base: dict[str, object] = {"by": "Karin", "at": NOW, "why": "for mycket slinker förbi", **slots}
    return Proposal(where, {"flag": 0.4} if values is None else values, **base)  # type: ignore[arg-type]


def town(*proposals: Proposal) -> list[Change]:
    """Changes that were applied one upon the other."""
    changes: list[Change] = []
    for each in proposals:
        apply(changes, each)
    return changes


def apply(changes: list[Change], given: Proposal) -> Change:
    """Propose and apply by the rules, upon what is in force."""
    ready = checked(replace(given, base=last(changes)), RULES, changes, KNOWN)
    number = len(changes) + 1
    changes.append(settled(Change(number, ready), number, Step.APPLY, ready.by, ready.at))
    return changes[-1]


def take_back(changes: list[Change], number: int | None = None) -> Change:
    """Take a change back by the rules."""
    taken = to_undo(changes, number)
    return apply(changes, undoing(taken, changes, by="Karin", at=NOW, why="ångrat"))


def objection(given: Proposal, changes: Sequence[Change] = ()) -> Objection:
    """Why a proposal is refused."""
    with pytest.raises(Unchanged) as caught:
        checked(given, RULES, changes, KNOWN)
    assert isinstance(caught.value, Refused)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.why


# What may be proposed.


@pytest.mark.parametrize("value", [-0.01, 1.01, math.nan, math.inf, -math.inf, 75])
def test_a_threshold_outside_0_to_1_is_refused(value: float) -> None:
    assert objection(proposal({"flag": value})) is Objection.RANGE


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (proposal({"rude": 0.5}), Objection.LABEL),
        (proposal({}), Objection.EMPTY),
        (proposal(where=Where(channel="999")), Objection.CHANNEL),
        (proposal(where=Where(group="elders")), Objection.GROUP),
        (proposal(where=Where("youth", "100")), Objection.BOTH),
        (proposal(by="  "), Objection.NOBODY),
        (proposal(by="Karin\nOla"), Objection.NOBODY),
        (proposal(why=" … "), Objection.REASON),
        (proposal(why="x" * 1_001), Objection.LONG),
        (proposal({"flag": 0.5}), Objection.SAME),
        (proposal({"flag": None}), Objection.SAME),
        (proposal({"flag": 0.501}), Objection.SAME),
    ],
)
def test_what_makes_no_sense_is_refused_each_for_its_reason(given: Proposal, why: Objection) -> None:
    assert objection(given) is why


def test_thresholds_are_kept_to_two_decimals_and_names_without_blanks() -> None:
    ready = checked(proposal({"flag": 0.74999, "threat": None, "misogyny": 1}, by=" Karin "), RULES, [], KNOWN)
    assert ready.values == {"flag": 0.75, "threat": None, "misogyny": 1.0}
    assert ready.by == "Karin"


def test_a_channel_can_be_held_at_what_everywhere_has_now() -> None:
    """It stays so when everywhere changes, so that something does change."""
    changes = town(proposal({"flag": 0.5}, SQUARE_ITSELF), proposal({"flag": 0.9}))
    assert in_force(RULES, changes).limits(SQUARE)["flag"] == 0.5


# The life of a change.


def test_a_proposal_changes_nothing_until_it_is_applied() -> None:
    changes = [Change(1, proposal())]
    assert in_force(RULES, changes).thresholds == SHIPPED
    assert last(changes) == 0


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", [State.APPLIED, State.WITHDRAWN])
def test_what_was_applied_or_withdrawn_is_neither_again(state: State, step: Step) -> None:
    with pytest.raises(Unchanged) as caught:
        settled(Change(7, proposal(), state, "Ola", NOW), 7, step, "Karin", NOW)
    assert caught.value.why == state.value
    assert "7" in str(caught.value)
    assert "Ola" in str(caught.value)


def test_a_proposal_that_nobody_made_cannot_be_applied_and_nobody_applies_none() -> None:
    with pytest.raises(Unchanged, match="there is no change 3"):
        settled(None, 3, Step.APPLY, "Karin", NOW)
    with pytest.raises(Unchanged, match="only a person"):
        settled(Change(1, proposal()), 1, Step.APPLY, "", NOW)


def test_the_proposer_may_apply_it() -> None:
    """Small towns have one admin."""
    assert settled(Change(1, proposal(by="Karin")), 1, Step.APPLY, "Karin", NOW).applied


def test_a_proposal_upon_thresholds_that_somebody_changed_since_is_refused_and_says_who() -> None:
    changes = town(proposal({"flag": 0.3}, by="Ola"))
    with pytest.raises(Unchanged, match="Ola changed the thresholds after this was proposed") as caught:
        fresh(proposal(base=0), changes)
    assert caught.value.why is Objection.STALE
    fresh(proposal(base=1), changes)


def test_figures_of_another_model_than_the_one_in_use_are_refused() -> None:
    with pytest.raises(Unchanged, match="look at the figures again"):
        fresh(proposal(model="old@1"), [], "new@2")
    fresh(proposal(model="new@2"), [], "new@2")


def test_a_change_that_was_chosen_for_another_model_stands_and_is_known_to_be() -> None:
    (change,) = town(proposal(model="old@1"))
    assert stale(change, "new@2")
    assert not stale(change, "old@1")
    assert in_force(RULES, [change]).thresholds["flag"] == 0.4


def test_changes_are_ordered_by_number_whatever_the_clock_said() -> None:
    changes = town(proposal({"flag": 0.4}), proposal({"flag": 0.3}, at=NOW - timedelta(days=400)))
    assert in_force(RULES, list(reversed(changes))).thresholds["flag"] == 0.3
    assert to_undo(list(reversed(changes))).number == 2


# Taking back.


def test_taking_back_goes_one_change_further_each_time() -> None:
    changes = town(proposal({"flag": 0.4}), proposal({"flag": 0.3}))
    assert take_back(changes).proposal.values == {"flag": 0.4}
    assert take_back(changes).proposal.values == {"flag": None}
    with pytest.raises(Unchanged, match="no change to take back"):
        take_back(changes)


def test_what_was_taken_back_is_not_taken_back_again_nor_is_taking_back() -> None:
    changes = town(proposal())
    take_back(changes, 1)
    with pytest.raises(Unchanged, match="change 1 was taken back already"):
        take_back(changes, 1)
    with pytest.raises(Unchanged, match="change 2 is itself an undo"):
        take_back(changes, 2)


def test_an_older_change_is_taken_back_unless_a_later_one_lies_upon_it() -> None:
    changes = town(proposal({"flag": 0.4}), proposal({"threat": 0.3}), proposal({"flag": 0.2}, SQUARE_ITSELF))
    take_back(changes, 1)
    assert in_force(RULES, changes).thresholds == {"flag": 0.5, "threat": 0.3}
    apply(changes, proposal({"threat": 0.1, "flag": 0.7}))
    with pytest.raises(Unchanged, match="change 2 was overtaken by change 5"):
        take_back(changes, 2)


def test_what_never_came_into_force_is_not_taken_back() -> None:
    with pytest.raises(Unchanged, match="never came into force"):
        to_undo([Change(1, proposal())], 1)
    with pytest.raises(Unchanged, match="there is no change 4"):
        to_undo([], 4)


labels = st.sampled_from(["flag", "threat", "misogyny"])
values = st.dictionaries(labels, st.one_of(st.none(), st.integers(0, 100).map(lambda n: n / 100)), min_size=1)
places = st.sampled_from([EVERYWHERE, YOUTH, SQUARE_ITSELF, Where(channel="300")])
deeds = st.lists(st.one_of(st.tuples(places, values), st.integers(0, 12)), max_size=14)


def seen(rules: Policy) -> list[dict[str, float]]:
    """What a policy says in every kind of channel."""
    return [dict(rules.limits(channel)) for channel in (SQUARE, MARKET, THREAD, Channel("9", "nytt", "1"))]


@given(deeds)
def test_what_is_in_force_is_what_stands_and_undoing_the_last_returns_to_what_was_before(
    deeds: list[tuple[Where, Values] | int],
) -> None:
    """Any sequence of changes, and of takings back in any order, refused ones left out."""
    changes: list[Change] = []
    for deed in deeds:
        before = seen(in_force(RULES, changes))
        count = len(changes)
        try:
            take_back(changes, deed or None) if isinstance(deed, int) else apply(changes, proposal(deed[1], deed[0]))
        except Unchanged:
            assert len(changes) == count
            continue
        if not isinstance(deed, int):  # one step there, one step back
            assert seen(in_force(RULES, [*changes, take_back(list(changes))])) == before
        assert seen(in_force(RULES, changes)) == seen(in_force(RULES, standing(changes)))
        assert overlay(changes).keys() == overlay(standing(changes)).keys()


# What is in force, and who says so.


def test_within_a_place_a_change_goes_before_the_configuration_and_among_places_the_narrower_goes_before() -> None:
    rules = policy(
        groups={"youth": frozenset({"#torget", "200"})},
        by_group={"youth": {"flag": 0.6}},
        by_channel={"#torget": {"flag": 0.7}},
    )
    assert seen(rules)[:3] == [{"flag": 0.7, "threat": 0.5}, {"flag": 0.6, "threat": 0.5}, {"flag": 0.7, "threat": 0.5}]
    changes = town(proposal({"flag": 0.1}))
    assert [each["flag"] for each in seen(in_force(rules, changes))] == [0.7, 0.6, 0.7, 0.1]
    apply(changes, proposal({"flag": 0.2}, YOUTH))
    assert [each["flag"] for each in seen(in_force(rules, changes))] == [0.7, 0.2, 0.7, 0.1]
    apply(changes, proposal({"flag": 0.3}, SQUARE_ITSELF))
    assert [each["flag"] for each in seen(in_force(rules, changes))] == [0.3, 0.2, 0.3, 0.1]
    apply(changes, proposal({"flag": 0.4}, Where(channel="300")))
    assert [each["flag"] for each in seen(in_force(rules, changes))] == [0.3, 0.2, 0.4, 0.1]


def test_the_policy_that_changes_are_put_upon_stays_as_it_was() -> None:
    before = seen(RULES)
    in_force(RULES, town(proposal({"flag": 0.1}), proposal({"flag": 0.2}, YOUTH)))
    assert seen(RULES) == before


def test_every_threshold_says_where_it_comes_from() -> None:
    rules = policy(thresholds={"flag": 0.5, "threat": 0.6}, by_channel={"#torget": {"flag": 0.7}})
    changes = town(proposal({"misogyny": 0.9}), proposal({"threat": 0.2}, SQUARE_ITSELF, by="Ola"))
    found = origins(SHIPPED, rules, changes)
    assert [(each.where, each.label, each.value, each.source) for each in found] == [
        (EVERYWHERE, "flag", 0.5, Source.MODEL),
        (EVERYWHERE, "threat", 0.6, Source.CONFIG),
        (EVERYWHERE, "misogyny", 0.9, Source.CHANGE),
        (Where(channel="#torget"), "flag", 0.7, Source.CONFIG),
        (SQUARE_ITSELF, "threat", 0.2, Source.CHANGE),
    ]
    threat = decisive(found, rules, THREAD, "threat")
    assert threat is not None
    assert threat.change is not None
    assert (threat.value, threat.change.by, threat.change.number) == (0.2, "Ola", 2)
    assert decisive(found, rules, SQUARE, "women") is None


@given(deeds)
def test_who_decides_a_threshold_names_the_one_that_is_in_force(deeds: list[tuple[Where, Values] | int]) -> None:
    changes: list[Change] = []
    for deed in deeds:
        try:
            take_back(changes, deed or None) if isinstance(deed, int) else apply(changes, proposal(deed[1], deed[0]))
        except Unchanged:
            continue
    found, rules = origins(SHIPPED, RULES, changes), in_force(RULES, changes)
    for channel in (SQUARE, MARKET, THREAD):
        told = {label: decisive(found, RULES, channel, label) for label in ("flag", "threat", "misogyny")}
        assert {label: each.value for label, each in told.items() if each} == rules.limits(channel)


def test_a_change_of_a_group_that_is_gone_holds_nowhere_and_is_known_to() -> None:
    (change,) = town(proposal({"flag": 0.1}, YOUTH))
    without = policy()
    assert is_idle(change, without)
    assert not is_idle(change, RULES)
    assert seen(in_force(without, [change])) == seen(without)


def test_what_would_be_in_force_can_be_held_against_what_is() -> None:
    changes = town(proposal({"flag": 0.3}))
    after = as_if(RULES, changes, proposal({"flag": 0.2}, YOUTH))
    assert limits_at(after, YOUTH, KNOWN)["flag"] == 0.2
    assert limits_at(after, SQUARE_ITSELF, KNOWN)["flag"] == 0.2
    assert limits_at(after, EVERYWHERE, KNOWN)["flag"] == limits_at(after, Where(channel="9"), KNOWN)["flag"] == 0.3


# Named levels.


def test_vigilant_flags_more_than_balanced_and_that_more_than_cautious() -> None:
    shipped = {"flag": 0.8267, "threat": 0.6666}
    assert thresholds_of(Level.CAUTIOUS, shipped) == {"flag": 0.91, "threat": 0.8}
    assert thresholds_of(Level.BALANCED, shipped) == {"flag": 0.83, "threat": 0.67}
    assert thresholds_of(Level.VIGILANT, shipped) == {"flag": 0.7, "threat": 0.5}


@given(st.floats(0, 1))
def test_levels_are_thresholds_for_any_model_in_their_order(threshold: float) -> None:
    found = [thresholds_of(level, {"flag": threshold})["flag"] for level in Level]
    assert found == sorted(found, reverse=True)
    assert all(0 <= value <= 1 for value in found)


@pytest.mark.parametrize("level", Level)
def test_a_level_that_was_set_is_known_again_whatever_motives_have(level: Level) -> None:
    changes = town(proposal({**thresholds_of(level, {"flag": 0.8, "threat": 0.7}), "misogyny": 0.9}))
    assert level_of(in_force(RULES, changes).thresholds, {"flag": 0.8, "threat": 0.7}) is level
    assert level_of({"flag": 0.11, "threat": 0.7}, {"flag": 0.8, "threat": 0.7}) is None
