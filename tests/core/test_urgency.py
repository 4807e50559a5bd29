"""Threats come first, then what the model is surest of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import Flag, Reason
from bot.core.urgency import Reported, urgency
from tests.builders import flag


def flagged(*reasons: Reason) -> Flag:
    return replace(flag(), reasons=reasons)


def over(label: str, value: float) -> Reason:
    return Reason("threshold", label, value, 0.5)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ((over("threat", 0.5),), (over("flag", 0.99),)),
        ((over("threat", 0.9),), (over("threat", 0.89),)),
        ((over("flag", 0.9),), (over("flag", 0.89),)),
        ((over("flag", 0.7),), (over("flag", 0.69),)),
        ((over("threat", 0.5), over("flag", 0.95)), (over("threat", 0.5), over("flag", 0.75))),
        ((over("flag", 0.7),), (Reason("watchlist", "threat"),)),
        ((over("misogyny", 0.9),), (over("flag", 0.6),)),
    ],
)
def test_one_is_more_urgent_than_the_other(more: tuple[Reason, ...], less: tuple[Reason, ...]) -> None:
    assert urgency(flagged(*more)) > urgency(flagged(*less))


def test_decimals_do_not_let_one_flag_overtake_another() -> None:
    assert urgency(flagged(over("flag", 0.91))) == urgency(flagged(over("flag", 0.99)))


def test_threats_are_first_then_trusted_reports_then_unanswered_ones_then_what_the_model_is_sure_of() -> None:
    crowd = Reported(weight=1_000.0)
    ordered = [
        urgency(flagged(over("threat", 0.6))),
        urgency(flagged(over("flag", 0.6)), Reported(trusted=True)),
        urgency(flagged(over("flag", 0.6)), Reported(unanswered=True)),
        urgency(flagged(over("flag", 0.95))),
        urgency(flagged(over("flag", 0.75)), crowd),
        urgency(flagged(over("flag", 0.75))),
    ]
    assert ordered == sorted(ordered, reverse=True)
    assert len(set(ordered)) == len(ordered)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_no_crowd_of_reports_outweighs_a_step_of_sureness(weight: float, other: float) -> None:
    less, more = flagged(over("flag", 0.75)), flagged(over("flag", 0.95))
    assert urgency(less, Reported(weight)) < urgency(more, Reported(other))


def test_a_reported_threat_counts_as_surely_as_the_model_can_be() -> None:
    assert urgency(flagged(over("flag", 0.6)), Reported(threat=True)) == urgency(flagged(over("flag", 0.95)))
