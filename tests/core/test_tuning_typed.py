"""Is a number that was typed the one that was meant?"""

from __future__ import annotations

import pytest

from bot.core.tuning import typed


@pytest.mark.parametrize(
    ("text", "meant"),
    [("0,8", 0.8), (" 0.8 ", 0.8), ("0", 0), ("1", 1), ("1,01", None), ("-0,1", None), ("\u22120,1", None),
     ("nan", None), ("inf", None), ("", None), ("0,8,1", None), ("åtta", None)],
)  # fmt: skip
def test_a_threshold_is_a_number_from_0_to_1(text: str, meant: float | None) -> None:
    """With a comma or a point; anything else is none."""
    assert typed.threshold(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("95", 0.95),
        ("95 %", 0.95),
        ("0,95", 0.95),
        ("0,5%", 0.005),
        ("100", None),
        ("0", None),
        ("200", None),
        ("", None),
    ],
)
def test_a_share_is_written_in_percent_or_as_a_part_of_1(text: str, meant: float | None) -> None:
    """None and all cannot be promised."""
    assert typed.share(text) == (None if meant is None else pytest.approx(meant))
