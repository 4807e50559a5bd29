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
from typing import Any

from pydantic import Field, SecretStr, ValidationError

from bot.config_sections import (
    CLOCK,
    ZONE,
    Audit,
    Backup,
    Channels,
    DeskSection,
    Discord,
    Drift,
    General,
    Groups,
    Keeping,
    KnowledgeClock,
    Measures,
    Papers,
    Persons,
    Ranks,
    Record,
    Reports,
    SecondOpinion,
    Section,
    Statements,
    Support,
    Thresholds,
    Watch,
    Web,
)
from bot.core.clock import Rules
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
from classifier.errors import ModelError
from classifier.prepare import fold
from classifier.shelf import Promotion, Shelf
from classifier.slurs import Slurs

__all__ = ["HOME", "TOKEN", "ZONE", "Audit", "Discord", "Settings", "Statements", "Support", "load"]

TOKEN = "UPPSIKT_TOKEN"  # noqa: S105  # the variable's name, not a token
HOME = Path(__file__).resolve().parent.parent  # where models/ lies


class Settings(Section):
    """All of config.toml."""

    uppsikt: General = General()
    channels: Channels = Channels()
    thresholds: Thresholds = Thresholds()
    groups: Groups = {}
    discord: Discord = Discord()
    desk: DeskSection = DeskSection()
    roles: Ranks = Ranks()
    second_opinion: SecondOpinion = SecondOpinion()
    watchlist: Watch = Watch()
    retention: Keeping = Keeping()
    persons: Persons = Persons()
    statements: Statements = Statements()
    measures: Measures = Measures()
    audit: Audit = Audit()
    backup: Backup = Backup()
    reports: Reports = Reports()
    support: Support = Support()
    clock: KnowledgeClock = KnowledgeClock()
    drift: Drift = Drift()
    record: Record = Record()
    web: Web = Web()
    papers: Papers = Papers()
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

    def promotions(self) -> tuple[Promotion, ...]:
        """Who has put which model in force, the oldest first; BadModel where that cannot be read."""
        try:
            return self.shelf.history()
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
        """How long what is kept; whose a case is never shorter than its author may appeal."""
        mine = self.retention
        return Retention(
            mine.decided_days,
            mine.pending_days,
            mine.reporter_days,
            self.audit.keep_days,
            mine.dismissed_days,
            mine.report_days,
            mine.appeal_days,
            max(mine.history_days, self.statements.appeal_days),
            {str(record): basis for record, basis in mine.basis.items()},
        )

    def clock_rules(self) -> Rules:
        """From which moment a case's time runs, and how much it has; a limit of 0 is none."""
        limits = {kind: timedelta(hours=hours) for kind, hours in self.clock.limits.items() if hours}
        return Rules(self.clock.regime, limits)

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
        if error["loc"][-2:-1] == ("recipients",):
            return f"{path or 'environment'}: {where}: give an age key (age1…) or an SSH key, its public half"
        clock = CLOCK in error["ctx"]["pattern"]
        message = 'write two times, such as "22:00-07:00"' if clock else "write a number in quotes, an id of Discord's"
    return f"{path or 'environment'}: {where}: {message[0].lower()}{message[1:]}"
