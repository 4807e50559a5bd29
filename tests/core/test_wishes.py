"""Is nothing suggested of what was never counted?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bot.core.tuning.guarantee import Why
from bot.core.tuning.wishes import Wishes, suggested
from tests.made_up_town import town


def test_a_lower_threshold_is_not_suggested_before_what_it_would_let_in_was_counted() -> None:
    counted = town()
    limits = [{"flag": 0.8}] * len(counted.channels)
    few, wish = 3.0, Wishes(flags=20)
    assert suggested(counted, "flag", wish, limits, lambda _: few).threshold == 0
    unknown = replace(counted, below=np.zeros_like(counted.below))
    found = suggested(unknown, "flag", wish, limits, lambda _: few)
    assert (found.threshold, found.why) == (None, Why.NOT_COUNTED)
    higher = suggested(unknown, "flag", wish, limits, lambda threshold: 30 if threshold < 0.9 else few)
    assert higher.threshold == 0.9
