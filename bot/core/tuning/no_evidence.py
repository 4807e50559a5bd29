"""Why can nothing be said? Each lack by its name, so that every surface can say it in its words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.core.errors import Refused


class Lack(StrEnum):
    """What is missing. The locales say each as `lack-NAME`, with the same slots as below."""

    NOTHING = "nothing"
    HERE = "here"
    MODEL = "model"


class NoEvidence(Refused):
    """Nothing is known that thresholds could be judged by: what is missing, and what its sentence names."""

    def __init__(self, why: Lack, **slots: object) -> None:
        super().__init__(_SENTENCES[why].format(**slots))
        self.why = why
        self.slots: Mapping[str, object] = slots


_SENTENCES: Mapping[Lack, str] = {
    Lack.NOTHING: "no message was read yet: there is nothing to judge thresholds by",
    Lack.HERE: "no message was read there in the last {days} days: ask for more with --days, or for another place",
    Lack.MODEL: "{model} is in use, and all scores here are of {other}: these cannot be compared; wait some days",
}
