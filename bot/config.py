"""Which settings are in force? config.toml and the environment -> frozen settings, or every problem at once.

Every key has a default, so that no file at all is a valid configuration. The token is read from the environment
alone: a file gets copied, mailed and committed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo

from bot.core.desk import Desk
from bot.core.errors import BadConfiguration, BadModel
from bot.core.masking import Masking
from bot.core.measures import Act
from bot.core.policy import Policy, WatchList
from bot.core.quiet_hours import QuietHours
from bot.core.reports import Limits
from bot.core.retention import Retention
from bot.core.roles import Roles
from bot.core.telling_times import Rhythm
from bot.core.tuning.groups import apart
from classifier.errors import ModelError
from classifier.prepare import fold
from classifier.shelf import Shelf
from classifier.slurs import Slurs
from classifier.verdict import LABELS, MOTIVES

TOKEN = "UPPSIKT_TOKEN"  # noqa: S105  # the variable's name, not a token
HOME = Path(__file__).resolve().parent.parent  # where models/ lies

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


_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
HoursOrNone = Annotated[str, Field(pattern=rf"^({_CLOCK}-{_CLOCK})?$"), AfterValidator(_differ)]
ZONE = ZoneInfo("Europe/Stockholm")  # whose midnight begins a day, and whose clocks quiet hours go by


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class General(_Section):
    """[uppsikt]"""

    database: Path = Path("uppsikt.db")
    model: str = ""
    models: str = ""
    languages: list[Literal["sv", "en"]] = Field(default=["sv", "en"], min_length=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class Channels(_Section):
    """[channels]"""

    include: list[Name] = []
    exclude: list[Name] = []


class Thresholds(_Section):
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


class Discord(_Section):
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


class DeskSection(_Section):
    """[desk]"""

    threats_channel: IdOrNone = ""
    channels: dict[Motive, Id] = {}
    ping_role: IdOrNone = ""
    pings_per_hour: int = Field(default=4, ge=0, le=60)
    digest_minutes: int = Field(default=0, ge=0, le=24 * 60)
    quiet_hours: HoursOrNone = ""
    mask_slurs: bool = False


class Ranks(_Section):
    """[roles]"""

    moderator: list[Name] = []
    lead: list[Name] = []
    admin: list[Name] = []
    trusted: list[Name] = []


class SecondOpinion(_Section):
    """[second_opinion]"""

    share: Probability = 0.05
    days: int = Field(default=14, ge=1, le=365)


class Statements(_Section):
    """[statements]"""

    enabled: bool = True
    rules: str = Field(default="", max_length=400)
    contact: str = Field(default="", max_length=200)
    appeal_days: int = Field(default=180, ge=1, le=3650)


class Watch(_Section):
    """[watchlist]"""

    phrases: list[Annotated[str, Field(min_length=2, max_length=200)]] = []


class Keeping(_Section):
    """[retention]"""

    decided_days: int = Field(default=90, ge=0, le=3650)
    pending_days: int = Field(default=365, ge=1, le=3650)
    reporter_days: int = Field(default=30, ge=1, le=365)


class Audit(_Section):
    """[audit]"""

    enabled: bool = False
    share: float = Field(default=0.002, gt=0, le=1, allow_inf_nan=False)
    per_day: int = Field(default=20, ge=1, le=1000)
    keep_days: int = Field(default=14, ge=1, le=365)


class Reports(_Section):
    """[reports]"""

    per_reporter_hour: int = Field(default=10, ge=1, le=1000)
    per_target_hour: int = Field(default=30, ge=1, le=10_000)
    unanswered_hours: float = Field(default=24, ge=1, le=24 * 30)
    abuse_half_life_days: float = Field(default=14, ge=1, le=365)


SupportLine = Annotated[str, Field(min_length=1, max_length=150)]


class Support(_Section):
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


class Web(_Section):
    """[web]"""

    enabled: bool = True
    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: int = Field(default=8017, ge=0, le=65_535)
    address: Annotated[str, Field(pattern=r"^(https?://[^/\s]+/?)?$", max_length=300)] = ""
    session_hours: float = Field(default=8, ge=0.25, le=24)


class Measures(_Section):
    """[measures]"""

    offered: list[Act] = list(Act)
    coordinator_channel: IdOrNone = ""


class Drift(_Section):
    """[drift]"""

    enabled: bool = True


def _apart(groups: dict[str, list[str]], settings: ValidationInfo) -> dict[str, list[str]]:
    thresholds = settings.data.get("thresholds")  # missing where it is wrong itself
    apart(groups, thresholds.groups if thresholds else ())
    return groups


Members = Annotated[list[Name], Field(min_length=1)]


class Settings(_Section):
    """All of config.toml."""

    uppsikt: General = General()
    channels: Channels = Channels()
    thresholds: Thresholds = Thresholds()
    groups: Annotated[dict[Name, Members], AfterValidator(_apart), Field(validate_default=True)] = {}
    discord: Discord = Discord()
    desk: DeskSection = DeskSection()
    roles: Ranks = Ranks()
    second_opinion: SecondOpinion = SecondOpinion()
    watchlist: Watch = Watch()
    retention: Keeping = Keeping()
    statements: Statements = Statements()
    measures: Measures = Measures()
    audit: Audit = Audit()
    reports: Reports = Reports()
    support: Support = Support()
    drift: Drift = Drift()
    web: Web = Web()
    token: SecretStr = Field(default=SecretStr(""), exclude=True, repr=False)
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def database(self) -> Path:
        """Where the database lies; a relative path counts from the configuration's folder."""
        return self.folder / self.uppsikt.database

    @property
    def shelf(self) -> Shelf:
        """The models at hand; a relative path counts from the configuration's folder."""
        ours = HOME / "models"
        return Shelf(self.folder / self.uppsikt.models if self.uppsikt.models else ours, ours)

    @property
    def model_folder(self) -> Path:
        """The folder of the model to use: a path, the name of one on the shelf, or the promoted one."""
        given = Path(self.uppsikt.model)
        if given.is_absolute() or len(given.parts) > 1:
            return self.folder / given
        try:
            return self.shelf.folder(self.uppsikt.model or self.shelf.in_force)
        except ModelError as problem:
            raise BadModel(str(problem)) from problem

    def policy(self, shipped: Mapping[str, float]) -> Policy:
        """The policy in force over a model's shipped thresholds."""
        return Policy(
            thresholds={**shipped, **self.thresholds.everywhere()},
            by_channel=dict(self.thresholds.channels),
            groups={name: frozenset(members) for name, members in self.groups.items()},
            by_group=dict(self.thresholds.groups),
            include=frozenset(self.channels.include),
            exclude=frozenset(self.channels.exclude),
            exempt_roles=frozenset(self.discord.exempt_roles),
            watch=WatchList.of(self.watchlist.phrases, fold),
            fold=fold,
        )

    def ranks(self) -> Roles:
        """Which roles make a moderator, a lead, an admin."""
        return Roles(frozenset(self.roles.moderator), frozenset(self.roles.lead), frozenset(self.roles.admin))

    def offered(self) -> tuple[Act, ...]:
        """The measures that can be chosen; nothing can be handed over where no channel is configured for it."""
        offered = set(self.measures.offered) - (set() if self.measures.coordinator_channel else {Act.HANDOVER})
        return tuple(act for act in Act if act in offered)

    def channels_of_desk(self) -> Desk:
        """In which channel a flag's card belongs."""
        return Desk(self.discord.moderators_channel, self.desk.threats_channel, dict(self.desk.channels))

    def desks(self) -> tuple[str, ...]:
        """The channels in which moderators and leads work."""
        leads = self.discord.leads_channel
        return (*self.channels_of_desk().channels, *([leads] if leads else []))

    def rhythm(self) -> Rhythm:
        """When moderators are told."""
        hours = [time.fromisoformat(each) for each in self.desk.quiet_hours.split("-") if each]
        quiet = QuietHours(hours[0], hours[1], ZONE) if hours else None
        pings = self.desk.pings_per_hour if self.desk.ping_role else 0
        return Rhythm(timedelta(minutes=self.desk.digest_minutes), quiet, pings)

    def languages(self) -> list[str]:
        """Those in which everybody's cards are written: Swedish first, whatever the order in the configuration."""
        return sorted(dict.fromkeys(self.uppsikt.languages), key=lambda language: language != "sv")

    def masking(self) -> Masking:
        """How slurs are shown."""
        return Masking(Slurs().find if self.desk.mask_slurs else None)

    def keeping(self) -> Retention:
        """How long text is kept."""
        mine = self.retention
        return Retention(mine.decided_days, mine.pending_days, mine.reporter_days, self.audit.keep_days)

    def limits(self) -> Limits:
        """How many reports in an hour."""
        mine = self.reports
        return Limits(mine.per_reporter_hour, mine.per_target_hour, timedelta(days=mine.abuse_half_life_days))


def load(path: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of a file (None: the defaults) and the environment; BadConfiguration holds every problem."""
    raw = {} if path is None else _read(path)
    problems = [] if path is None else _forbidden(raw, path)
    folder = Path() if path is None else path.parent
    try:
        settings = Settings.model_validate({**raw, "token": environment.get(TOKEN, ""), "folder": folder})
    except ValidationError as errors:
        problems += [_line(path, error) for error in errors.errors()]
    if problems:
        raise BadConfiguration(problems)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadConfiguration([f"{path}: there is no such file; copy config.example.toml to it"]) from None
    except UnicodeDecodeError:
        raise BadConfiguration([f"{path}: not a text in UTF-8; save it as UTF-8"]) from None
    except tomllib.TOMLDecodeError as problem:
        raise BadConfiguration([f"{path}: not valid TOML: {problem}"]) from None
    except (ValueError, RecursionError):
        raise BadConfiguration([f"{path}: nested too deep, or it holds a number too long"]) from None
    except OSError as problem:
        raise BadConfiguration([f"{path}: {problem.strerror}"]) from None


def _forbidden(raw: dict[str, Any], path: Path) -> list[str]:
    """A token in the file is refused and never shown; `folder` is ours to say."""
    token = f"{path}: a token does not belong in a file; set {TOKEN} in the environment, and renew it"
    folder = f"{path}: folder: there is no such key"
    return [token] * _without(raw, "token") + [folder] * (raw.pop("folder", None) is not None)


def _without(place: dict[str, Any], key: str) -> bool:
    """Take a key out of a table and every table in it; whether it was there."""
    found = [_without(inner, key) for inner in place.values() if isinstance(inner, dict)]
    return place.pop(key, None) is not None or any(found)


_IN_WORDS = {"extra_forbidden": "there is no such key", "string_type": "input should be a string: put it in quotes"}


def _line(path: Path | None, error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"] if part not in ("function-wrap[wrap_val()]", "[key]"))
    message = _IN_WORDS.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["type"] == "string_pattern_mismatch":
        clock = _CLOCK in error["ctx"]["pattern"]
        message = 'write two times, such as "22:00-07:00"' if clock else "write a number in quotes, an id of Discord's"
    return f"{path or 'environment'}: {where}: {message[0].lower()}{message[1:]}"
