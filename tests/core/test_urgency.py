"""Threats come first, then what the model is surest of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.flags import Flag, Reason
from bot.core.urgency import urgency
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
