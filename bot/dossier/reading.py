"""What does a row mean to a reader? Its raw values as moments, lists and findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_datetime

from bot.config import ZONE
from bot.core.chain import Value
from bot.core.desk_listing import LIKELY
from bot.core.dossier import CaseRows

_FORMAT = "d MMMM y 'kl.' HH.mm.ss"


def moment(value: Value) -> str:
    """A moment of the database in Swedish local time, to the second; nothing for none."""
    if not isinstance(value, str) or not value:
        return ""
    return when(datetime.fromisoformat(value))


def when(at: datetime) -> str:
    """The same of a moment."""
    return str(format_datetime(at.astimezone(ZONE), _FORMAT, locale="sv"))


def findings(case: CaseRows) -> set[str]:
    """`threat` and motives: as the last person who upheld it saw it, else as likely as the machine finds them.

    Nothing of a case that a person has dismissed.
    """
    if case.state == "dismissed":
        return set()
    upheld = [row for row in case.of("decision") if row.facts["step"] == "uphold"]
    if case.state == "upheld" and upheld:
        return set(json.loads(str(upheld[-1].facts["motives"])))
    flag = case.flag()
    threat = flag["threat"]
    likely = {"threat"} if isinstance(threat, float) and threat >= LIKELY else set()
    return likely | _likely(flag, "motives")


def targets(case: CaseRows) -> set[str]:
    """Whom it is likely aimed at; nothing of a case that a person has dismissed."""
    return set() if case.state == "dismissed" else _likely(case.flag(), "targets")


def _likely(flag: Mapping[str, Value], column: str) -> set[str]:
    return {label for label, value in json.loads(str(flag[column])).items() if value >= LIKELY}
