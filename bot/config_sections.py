"""Which settings are there? The sections of config.toml with their defaults and limits, as pydantic checks them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from bot.core.clock import CATEGORIES, REPORTED, THREAT, Regime
from bot.core.measures import Act
from bot.core.retention import RecordClass
from bot.core.tuning.groups import apart
from classifier.verdict import LABELS, MOTIVES

_ID = r"[0-9]{1,19}"
Id = Annotated[str, Field(pattern=rf"^{_ID}$")]
IdOrNone = Annotated[str, Field(pattern=rf"^({_ID})?$")]  # empty: none
Name = Annotated[str, Field(min_length=1, max_length=100)]
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Label = Literal[LABELS]  # type: ignore[valid-type]  # the labels are one tuple, told once
Motive = Literal[MOTIVES]  # type: ignore[valid-type]  # as above


def _differ(hours: str) -> str:
    begin, _, end = hours.partition("-")
    if hours and begin == end:
        raise ValueError("quiet hours begin and end at different times")
    return hours


CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
HoursOrNone = Annotated[str, Field(pattern=rf"^({CLOCK}-{CLOCK})?$"), AfterValidator(_differ)]
ZONE = ZoneInfo("Europe/Stockholm")  # whose midnight begins a day, and whose clocks quiet hours go by


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class General(Section):
    """[uppsikt]"""

    database: Path = Path("uppsikt.db")
    model: str = ""
    models: str = ""
    languages: list[Literal["sv", "en"]] = Field(default=["sv", "en"], min_length=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class Channels(Section):
    """[channels]"""

    include: list[Name] = []
    exclude: list[Name] = []


class Thresholds(Section):
    """[thresholds]: labels, [thresholds.channels."#name"] by channel and [thresholds.groups.name] by group."""

    flag: Probability | None = None
    threat: Probability | None = None
    antisemitism: Probability | None = None
    islamophobia: Probability | None = None
    xenophobia: Probability | None = None
    anti_lgbtq: Probability | None = None
    misogyny: Probability | None = None
    contempt_for_society: Probability | None = None
    other: Probability | None = None
    women: Probability | None = None
    journalists: Probability | None = None
    politicians: Probability | None = None
    police: Probability | None = None
    newly_arrived: Probability | None = None
    channels: dict[Name, dict[Label, Probability]] = {}
    groups: dict[Name, dict[Label, Probability]] = {}

    def everywhere(self) -> dict[str, float]:
        """The thresholds that are set for every channel."""
        return {label: value for label in LABELS if (value := getattr(self, label)) is not None}


class Discord(Section):
    """[discord]"""

    guilds: list[Id] = []
    moderators_channel: IdOrNone = ""
    leads_channel: IdOrNone = ""
    exempt_roles: list[Name] = []
    read_bots: bool = False
    read_webhooks: bool = False
    display_names: bool = True
    attachment_bytes: int = Field(default=65_536, ge=0, le=1_000_000)
    catch_up_hours: float = Field(default=72, ge=0, le=24 * 90)
    drain_seconds: float = Field(default=20, ge=0, le=600)


class DeskSection(Section):
    """[desk]"""

    threats_channel: IdOrNone = ""
    channels: dict[Motive, Id] = {}
    ping_role: IdOrNone = ""
    pings_per_hour: int = Field(default=4, ge=0, le=60)
    digest_minutes: int = Field(default=0, ge=0, le=24 * 60)
    quiet_hours: HoursOrNone = ""
    mask_slurs: bool = False


class Ranks(Section):
    """[roles]"""

    moderator: list[Name] = []
    lead: list[Name] = []
    admin: list[Name] = []
    trusted: list[Name] = []


class SecondOpinion(Section):
    """[second_opinion]"""

    share: Probability = 0.05
    days: int = Field(default=14, ge=1, le=365)


class Statements(Section):
    """[statements]"""

    enabled: bool = True
    rules: str = Field(default="", max_length=400)
    contact: str = Field(default="", max_length=200)
    appeal_days: int = Field(default=180, ge=1, le=3650)


class Watch(Section):
    """[watchlist]"""

    phrases: list[Annotated[str, Field(min_length=2, max_length=200)]] = []


Basis = Annotated[str, Field(min_length=1, max_length=200)]  # a decision on deletion, as "KS 2026/123 § 4"


class Keeping(Section):
    """[retention]"""

    decided_days: int = Field(default=90, ge=0, le=3650)
    dismissed_days: int = Field(default=30, ge=0, le=3650)
    pending_days: int = Field(default=365, ge=1, le=3650)
    reporter_days: int = Field(default=30, ge=1, le=365)
    report_days: int = Field(default=90, ge=0, le=3650)
    appeal_days: int = Field(default=90, ge=0, le=3650)
    history_days: int = Field(default=730, ge=1, le=36_500)
    basis: dict[RecordClass, Basis] = {}


class Persons(Section):
    """[persons]"""

    archive_duty: str = Field(default="", max_length=300)
    mydata_minutes: int = Field(default=60, ge=1, le=24 * 60)


class Backup(Section):
    """[backup]"""

    folder: str = ""
    hours: float = Field(default=24, ge=1, le=24 * 31)
    keep: int = Field(default=7, ge=1, le=1000)
    recipients: list[Annotated[str, Field(pattern=r"^(age1|ssh-)", max_length=2000)]] = []
    locked_days: int = Field(default=0, ge=0, le=365)


class Audit(Section):
    """[audit]"""

    enabled: bool = False
    share: float = Field(default=0.002, gt=0, le=1, allow_inf_nan=False)
    per_day: int = Field(default=20, ge=1, le=1000)
    keep_days: int = Field(default=14, ge=1, le=365)


class Reports(Section):
    """[reports]"""

    per_reporter_hour: int = Field(default=10, ge=1, le=1000)
    per_target_hour: int = Field(default=30, ge=1, le=10_000)
    unanswered_hours: float = Field(default=24, ge=1, le=24 * 30)
    abuse_half_life_days: float = Field(default=14, ge=1, le=365)


SupportLine = Annotated[str, Field(min_length=1, max_length=150)]


class Support(Section):
    """[support]"""

    lines: list[SupportLine] = Field(
        default=[
            "Är någon i fara just nu: ring 112.",
            "Vill du anmäla ett brott eller fråga polisen: ring 114 14.",
            "Har du blivit utsatt: Brottsofferjouren, 116 006, brottsofferjouren.se.",
            "Är du under 18: BRIS, 116 111, bris.se.",
            "Din kommun: fråga moderatorerna eller kommunens växel efter trygghetscentret.",
        ],
        max_length=8,
    )
    lines_en: list[SupportLine] = Field(
        default=[
            "If anybody is in danger right now: call 112.",
            "To report a crime or ask the police: call 114 14.",
            "If you have been hurt: Victim Support Sweden, 116 006, brottsofferjouren.se.",
            "If you are under 18: BRIS, 116 111, bris.se.",
            "Your municipality: ask the moderators or the switchboard for the safety centre.",
        ],
        max_length=8,
    )


class Web(Section):
    """[web]"""

    enabled: bool = True
    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: int = Field(default=8017, ge=0, le=65_535)
    address: Annotated[str, Field(pattern=r"^(https?://[^/\s]+/?)?$", max_length=300)] = ""
    session_hours: float = Field(default=8, ge=0.25, le=24)


class Papers(Section):
    """[papers]"""

    controller: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=200)
    dpo: str = Field(default="", max_length=200)
    legal_basis: str = Field(default="", max_length=400)
    operators: list[Annotated[str, Field(min_length=1, max_length=200)]] = []


class Measures(Section):
    """[measures]"""

    offered: list[Act] = list(Act)
    coordinator_channel: IdOrNone = ""


class Record(Section):
    """[record]"""

    anchor_channel: IdOrNone = ""
    anchor_days: int = Field(default=7, ge=1, le=366)


Category = Literal[CATEGORIES]  # type: ignore[valid-type]  # the categories are one tuple, told once
LIMITS = {kind: {THREAT: 4.0, REPORTED: 24.0, "other": 48.0}.get(kind, 24.0) for kind in CATEGORIES}  # hours
Hours = Annotated[float, Field(ge=0, le=24 * 365, allow_inf_nan=False)]


class KnowledgeClock(Section):
    """[clock]"""

    regime: Regime = Regime.SUPERVISION
    limits: Annotated[dict[Category, Hours], AfterValidator(lambda given: {**LIMITS, **given})] = LIMITS


class Drift(Section):
    """[drift]"""

    enabled: bool = True


def _apart(groups: dict[str, list[str]], settings: ValidationInfo) -> dict[str, list[str]]:
    thresholds = settings.data.get("thresholds")  # missing where it is wrong itself
    apart(groups, thresholds.groups if thresholds else ())
    return groups


Members = Annotated[list[Name], Field(min_length=1)]
Groups = Annotated[dict[Name, Members], AfterValidator(_apart), Field(validate_default=True)]
