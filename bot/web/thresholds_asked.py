"""Which thresholds does somebody ask about? A place, a label, so many days, and what to hold beside what is in force.

All of it stands in the address, so that it can be sent to a colleague; all of it can be forged, and is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.core.display import displayable
from bot.core.errors import Refused
from bot.core.tuning import typed
from bot.core.tuning.changes import EVERYWHERE, Values, Where
from bot.core.tuning.levels import Level
from bot.core.tuning.wishes import Wishes
from bot.locales import Speak
from bot.tuning_desk import DAYS, TuningDesk
from classifier.verdict import LABELS

LONGEST_DAYS = 400
LONGEST = 40  # characters of what was typed that are told back
PLACE = 200  # characters of a place's name
WISHED = ("flags", "precision", "catch")
_GROUP, _CHANNEL = "group:", "channel:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, understood; `values` is None where only what is in force is wanted."""

    where: Where = EVERYWHERE
    label: str = LABELS[0]
    days: int = DAYS
    threshold: float | None = None
    level: Level | None = None

    def values(self, desk: TuningDesk) -> Values | None:
        """What is to be held beside what is in force."""
        if self.level is not None:
            return desk.thresholds_of(self.level)
        return None if self.threshold is None else {self.label: self.threshold}

    @property
    def query(self) -> str:
        """The same as it stands in an address."""
        chosen = {"level": str(self.level)} if self.level is not None else {}
        if self.threshold is not None and self.level is None:
            chosen = {"threshold": f"{self.threshold:.2f}"}
        return urlencode({**self.around, **chosen})

    @property
    def around(self) -> Mapping[str, str]:
        """The fields that say where, of what and since when."""
        return {"place": place_of(self.where), "label": self.label, "days": str(self.days)}


def asked(given: Mapping[str, str], say: Speak) -> Asked:
    """What the fields of an address or a form say. Refused, in one sentence, for what cannot be understood."""
    return Asked(
        _where(given.get("place", ""), say),
        _label(given.get("label", LABELS[0]), say),
        _days(given.get("days", ""), say),
        _threshold(given.get("threshold", ""), say),
        _level(given.get("level", ""), say),
    )


def wishes(given: Mapping[str, str], say: Speak) -> Wishes | None:
    """What a threshold must keep; None where nothing is wished for. Refused for what is no figure."""
    flags, precision, catch = (given.get(name, "").strip() for name in WISHED)
    shares = [_share(each, say) if each else None for each in (catch, precision)]
    found = Wishes(shares[0], _flags(flags, say) if flags else None, shares[1])
    return None if found.nothing else found


def place_of(where: Where) -> str:
    """A place as a form holds it."""
    if where.group:
        return _GROUP + where.group
    return _CHANNEL + where.channel if where.channel else ""


def _where(given: str, say: Speak) -> Where:
    if not given:
        return EVERYWHERE
    for start, name in ((_GROUP, "group"), (_CHANNEL, "channel")):
        if given.startswith(start) and len(start) < len(given) <= PLACE:
            return Where(**{name: given.removeprefix(start)})
    raise Refused(say("thresholds-no-place"))


def _label(given: str, say: Speak) -> str:
    if given not in LABELS:
        raise Refused(say("thresholds-no-label", typed=_short(given)))
    return given


def _days(given: str, say: Speak) -> int:
    text = given.strip() or str(DAYS)
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= LONGEST_DAYS):
        raise Refused(say("thresholds-no-days", typed=_short(given), most=LONGEST_DAYS))
    return int(text)


def _threshold(given: str, say: Speak) -> float | None:
    if not given.strip():
        return None
    value = typed.threshold(given)
    if value is None:
        raise Refused(say("thresholds-no-threshold", typed=_short(given)))
    return round(value, 2)


def _level(given: str, say: Speak) -> Level | None:
    if given and given not in list(Level):
        raise Refused(say("thresholds-no-level", typed=_short(given)))
    return Level(given) if given else None


def _share(given: str, say: Speak) -> float:
    value = typed.share(given)
    if value is None:
        raise Refused(say("thresholds-no-share", typed=_short(given)))
    return value


def _flags(given: str, say: Speak) -> float:
    if not (given.isascii() and given.isdecimal() and len(given) <= 6):
        raise Refused(say("thresholds-no-flags", typed=_short(given)))
    return float(given)


def _short(text: str) -> str:
    return " ".join(displayable(text, LONGEST).split())
