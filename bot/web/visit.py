"""What does a page know? Who asks, for what, in which language; and the parts of the bot that can answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from babel.dates import format_datetime

from bot.appealing import Appealing
from bot.caring import Caring
from bot.config import ZONE, Settings
from bot.core.display import displayable
from bot.core.masking import Masking
from bot.core.panel import Visitor
from bot.core.ports import Clock
from bot.core.ports.beside import BotBeside
from bot.core.ports.desk_reading import DeskReading
from bot.core.roles import Deed
from bot.locales import Speak, speak
from bot.marking import Marking
from bot.reviewing import Reviewing
from bot.signing_in import SigningIn, form_token
from bot.tuning_desk import TuningDesk

BABEL = {"sv": "sv_SE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of the bot that the panel is a window to, put together once."""

    settings: Settings
    clock: Clock
    signing_in: SigningIn
    reviewing: Reviewing
    reading: DeskReading
    appealing: Appealing
    marking: Marking
    names: Callable[[str], str] = str  # a member's name as Discord has it, where a bot runs; the id otherwise
    mask: Masking = Masking()  # noqa: RUF009  # a frozen value
    beside: BotBeside | None = None  # a bot that is connected to Discord
    caring: Caring | None = None  # counts what somebody has read, for that person alone
    tuning: TuningDesk | None = None  # None: there is no model to judge thresholds by


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody."""

    request: web.Request
    desk: Desk
    visitor: Visitor | None  # None: not signed in
    language: str
    secret: str = ""  # of the session

    @property
    def say(self) -> Speak:
        return speak(self.language)

    @property
    def form_token(self) -> str:
        """What every form brings along."""
        return form_token(self.secret) if self.secret else ""

    @property
    def who(self) -> Visitor:
        """Whoever is signed in; routes for everybody must not ask."""
        assert self.visitor is not None, "this page is for those who are signed in"
        return self.visitor

    def name(self, by: str) -> str:
        """What somebody is called, with nothing in it that acts on a screen."""
        return displayable(self.desk.names(by), 60)

    def when(self, moment: datetime) -> str:
        """A moment as the reader writes it, by Swedish clocks."""
        return format_datetime(moment.astimezone(ZONE), "d MMM y HH:mm", locale=BABEL[self.language])

    def may(self, deed: Deed) -> bool:
        """Whether whoever asks may do something."""
        return self.visitor is not None and self.visitor.may(deed)

    def shows(self, guild: str) -> bool:
        """Whether what happened in a server is this visitor's to see."""
        return not self.who.guilds or guild in self.who.guilds


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """What may be asked for, and who may ask: `deed` None is for everybody, signed in or not."""

    method: str
    path: str
    handler: Handler
    deed: Deed | None
