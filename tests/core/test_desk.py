"""A card goes where its case belongs: a threat first, then the surest motive, else where all go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.desk import Desk
from bot.core.flags import Reason
from tests.builders import flag, verdict

DESK = Desk("1", "2", {"antisemitism": "3", "misogyny": "4"})


def over(label: str, value: float = 0.9) -> Reason:
    return Reason("threshold", label, value, 0.5)


@pytest.mark.parametrize(
    ("reasons", "likely", "place"),
    [
        ([over("flag")], {}, "1"),
        ([over("flag")], {"antisemitism": 0.9}, "3"),
        ([over("flag")], {"antisemitism": 0.49}, "1"),
        ([over("flag")], {"antisemitism": 0.6, "misogyny": 0.7}, "4"),
        ([over("flag")], {"antisemitism": 0.6, "other": 0.7}, "1"),
        ([over("misogyny", 0.6)], {"antisemitism": 0.9, "misogyny": 0.6}, "4"),
        ([over("misogyny", 0.6), over("antisemitism", 0.7)], {}, "3"),
        ([over("threat", 0.5), over("misogyny")], {"misogyny": 0.9}, "2"),
        ([Reason("watchlist", "threat")], {}, "1"),
    ],
)
def test_a_flag_has_one_place(reasons: Sequence[Reason], likely: dict[str, float], place: str) -> None:
    flagged = replace(flag(), reasons=tuple(reasons), verdict=verdict(0.9, **likely))
    assert DESK.place(flagged) == place


def test_where_threats_have_no_channel_of_their_own_they_go_by_their_motive() -> None:
    flagged = replace(flag(), reasons=(over("threat"),), verdict=verdict(0.9, 0.9, misogyny=0.9))
    assert replace(DESK, threats="").place(flagged) == "4"
    assert Desk("1").place(flagged) == "1"
    assert Desk().place(flagged) == ""


def test_each_channel_of_a_desk_stands_there_once() -> None:
    assert Desk("1", "2", {"misogyny": "2", "other": "1", "xenophobia": "3"}).channels == ("1", "2", "3")
    assert Desk().channels == ()
