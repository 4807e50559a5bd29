"""Are sentences grammatical at every number, and do titles fit where Discord sets a limit?"""

from __future__ import annotations

import pytest

from bot.discord_gateway.appeal_modals import appeal_modal, reject_modal
from bot.discord_gateway.asking import escalate_modal, reread_modal, second_modal
from bot.discord_gateway.uphold import modal
from bot.locales import LANGUAGES, speak

MOST = 10**18 - 1  # that a custom_id can name
TITLE = 45  # characters: Discord's limit


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_every_modal_fits_for_every_number_that_a_custom_id_can_name(language: str) -> None:
    say = speak(language)
    modals = [
        appeal_modal(MOST, say),
        reject_modal(MOST, MOST, say),
        escalate_modal(MOST, say),
        second_modal(MOST, (), say),
        reread_modal(MOST, (), say),
        modal(MOST, (), {}, say),
    ]
    assert {each.title: len(each.title) for each in modals if len(each.title) > TITLE} == {}


@pytest.mark.parametrize(
    ("upheld", "dismissed", "said"),
    [
        (0, 0, "0 bifallna, 0 avskrivna."),
        (1, 1, "en bifallen, en avskriven."),
        (2, 1, "2 bifallna, en avskriven."),
        (21, 2, "21 bifallna, 2 avskrivna."),
    ],
)
@pytest.mark.parametrize("key", ["stats-today", "stats-week"])
def test_one_is_bifallen_and_two_are_bifallna(key: str, upheld: int, dismissed: int, said: str) -> None:
    assert speak("sv")(key, upheld=upheld, dismissed=dismissed).endswith(said)
