"""A measure goes from due to done or void and back to undone, by a table; a decision revises what stood before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refused
from bot.core.flags import Step
from bot.core.measures import LONGEST, SHORTEST, Act, Measure, checked
from bot.core.undertakings import (
    Event,
    Hindrance,
    Revision,
    Standing,
    Undertaking,
    after,
    at_first,
    called_off,
    revised,
)
from tests.builders import NOW, decision

lengths = st.sampled_from([timedelta(minutes=10), timedelta(hours=24)])
measures = st.builds(
    lambda act, length: Measure(act, length if act is Act.TIMEOUT else None), st.sampled_from(Act), lengths
)
choices = st.lists(measures, unique_by=lambda measure: measure.act).map(tuple)
undertakings = st.lists(
    st.builds(Undertaking, st.integers(1, 99), st.just(1), measures, st.sampled_from(Standing), st.just(NOW)),
    unique_by=lambda each: each.id,
)


@given(st.sampled_from(Standing), st.lists(st.sampled_from(Event)))
def test_what_can_never_be_done_or_was_undone_stays_so(state: Standing, events: list[Event]) -> None:
    for event in events:
        before, state = state, after(state, event)
        assert before not in (Standing.VOID, Standing.UNDONE) or state is before


@given(st.sampled_from(Standing), st.lists(st.sampled_from(Event)))
def test_nothing_is_undone_that_was_not_called_off(state: Standing, events: list[Event]) -> None:
    if state in (Standing.DUE, Standing.DONE, Standing.VOID) and Event.CALLED_OFF not in events:
        for event in events:
            state = after(state, event)
        assert state not in (Standing.UNDOING, Standing.UNDONE)


@given(measures)
def test_all_but_a_warning_is_still_to_be_done_at_first(measure: Measure) -> None:
    assert (at_first(measure) is Standing.DONE) == (measure.act is Act.WARN)


@given(undertakings, choices)
def test_what_is_chosen_and_done_stays_and_what_is_not_chosen_is_called_off(
    before: list[Undertaking], chosen: tuple[Measure, ...]
) -> None:
    revision = revised(before, decision(step=Step.UPHOLD, measures=chosen))
    assert {each.measure for each in revision.off if each.state is Standing.DONE}.isdisjoint(chosen)
    live = [each for each in before if each.state in (Standing.DUE, Standing.DONE)]
    kept = {each.measure for each in live if each not in revision.off}
    assert kept | set(revision.begun) >= set(chosen)
    assert kept <= set(chosen)


@given(undertakings)
def test_reopening_changes_no_measure_and_dismissing_calls_all_off(before: list[Undertaking]) -> None:
    assert revised(before, decision(step=Step.REOPEN)) == Revision()
    dismissed = revised(before, decision(step=Step.DISMISS))
    assert set(dismissed.off) == {each for each in before if each.state in (Standing.DUE, Standing.DONE)}


@given(measures)
def test_what_was_deleted_stays_deleted_and_everything_else_can_be_taken_back(measure: Measure) -> None:
    state, hindrance = called_off(Undertaking(1, 1, measure, Standing.DONE, NOW))
    if measure.act is Act.DELETE:
        assert (state, hindrance) == (Standing.DONE, Hindrance.IRREVERSIBLE)
    else:
        assert state in (Standing.UNDOING, Standing.UNDONE)
        assert hindrance is None


def test_a_time_out_ends_when_it_was_computed_to_end_however_late_it_begins() -> None:
    task = Undertaking(1, 1, Measure(Act.TIMEOUT, timedelta(hours=1)), Standing.DUE, NOW, tries=9)
    assert task.until == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([Measure(Act.DELETE), Measure(Act.DELETE)], "once"),
        ([Measure(Act.WARN, timedelta(hours=1))], "only a time-out"),
        ([Measure(Act.TIMEOUT)], "from one minute"),
        ([Measure(Act.TIMEOUT, SHORTEST - timedelta(seconds=1))], "from one minute"),
        ([Measure(Act.TIMEOUT, LONGEST + timedelta(seconds=1))], "to 28 days"),
    ],
)
def test_measures_that_make_no_sense_are_refused(wrong: list[Measure], words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(wrong)
