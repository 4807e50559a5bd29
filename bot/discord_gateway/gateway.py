"""How does the rest of the bot speak with Discord? One object: it runs, it announces, it shows cards, it closes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.appealing import Appealing
from bot.caring import Caring
from bot.config import Settings
from bot.core.anchors import Anchor
from bot.core.cases import Card, Case, Told
from bot.core.leases import Lease
from bot.core.ports import Clock
from bot.core.telling_times import Untold
from bot.core.tuning.drift import Event
from bot.core.undertakings import Report, Undertaking
from bot.discord_gateway.abuse import Abuse
from bot.discord_gateway.access import Access
from bot.discord_gateway.acts import Acts
from bot.discord_gateway.anchor_news import AnchorPoster
from bot.discord_gateway.announce import Announcer
from bot.discord_gateway.appeal_buttons import hearing
from bot.discord_gateway.appeal_card import AppealWall
from bot.discord_gateway.appeals import Appeals
from bot.discord_gateway.beside import Beside
from bot.discord_gateway.buttons import listening
from bot.discord_gateway.case_commands import history_commands, mycases_command
from bot.discord_gateway.client import UppsiktClient
from bot.discord_gateway.commands import Ask, case_command, queue_command, stats_command, status_command
from bot.discord_gateway.history import DiscordHistory
from bot.discord_gateway.leads import LeadsAnnouncer
from bot.discord_gateway.looking import Looking
from bot.discord_gateway.membership import Membership
from bot.discord_gateway.mydata import MyData, mydata_command
from bot.discord_gateway.panel_command import Link, PanelDoor, panel_command
from bot.discord_gateway.pause import Pause, pause_command
from bot.discord_gateway.pause_buttons import pause_listening
from bot.discord_gateway.refusals import REFUSALS, check_token, refusal
from bot.discord_gateway.report_commands import report_commands
from bot.discord_gateway.report_messenger import ReportMessenger
from bot.discord_gateway.reports import Reports
from bot.discord_gateway.review import Review
from bot.discord_gateway.shift_news import ShiftAnnouncer
from bot.discord_gateway.statements import DirectMessenger
from bot.discord_gateway.thresholds_commands import thresholds_commands
from bot.discord_gateway.thresholds_ids import tuning_listening
from bot.discord_gateway.thresholds_proposals import Proposals
from bot.discord_gateway.thresholds_shadow import ThresholdsTried
from bot.discord_gateway.thresholds_show import ThresholdsShown
from bot.intake import Intake
from bot.own_data import OwnData
from bot.reporting import Reporting
from bot.reviewing import Reviewing
from bot.shadow_desk import ShadowDesk
from bot.signing_in import SigningIn, Still
from bot.tuning_desk import TuningDesk

GOODBYE = 2.0  # seconds that discord.py gets to end by itself


class DiscordGateway:
    """The ports ChatPlatform, LeadsPlatform, ShiftPlatform, CardBoard and Enforcement; the source of intake's events.

    Made inside a running event loop, after the history and the intake that reads it:
    `DiscordGateway(settings, intake, history, status, reviewing, caring, appealing, reporting, tuning, shadows)`.
    """

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        history: DiscordHistory,
        status: Ask,
        reviewing: Reviewing,
        caring: Caring,
        appealing: Appealing,
        reporting: Reporting,
        tuning: TuningDesk,
        shadows: ShadowDesk,
    ) -> None:
        self._token = settings.token
        self._settings = settings
        client = self._client = UppsiktClient(settings, intake, history)
        roles, access = settings.ranks(), Access(client, settings, client.door.watches)
        self._access = access
        pause = Pause(caring, access)
        looking = Looking(client, settings, reviewing, access, pause)
        review = Review(client, settings, reviewing, access, looking, pause)
        client.tree.add_command(status_command(client, access, roles, lambda: intake.backlog, status))
        client.tree.add_command(queue_command(looking.next, roles))
        client.tree.add_command(case_command(looking.show_case, roles))
        client.tree.add_command(stats_command(looking.show_statistics, roles))
        client.tree.add_command(pause_command(pause, roles))
        client.add_dynamic_items(listening(review.pressed))
        client.add_dynamic_items(pause_listening(pause.pressed))
        appeals = Appeals(client, settings, appealing, access, pause)
        client.tree.add_command(mycases_command(appeals.mine))
        client.tree.add_command(history_commands(appeals.history, roles))
        client.add_dynamic_items(hearing(appeals.pressed))
        looking.idle = appeals.waiting
        reports = Reports(settings, reporting, client.door.watches)
        abuse = Abuse(reporting.marking, access)
        for command in report_commands(reports):
            client.tree.add_command(command)
        proposals = Proposals(client, settings, tuning, access)
        shown, tried = ThresholdsShown(tuning, access), ThresholdsTried(shadows, tuning, access)
        client.tree.add_command(thresholds_commands(shown, proposals, tried, tuning, access, roles))
        client.add_dynamic_items(tuning_listening(proposals.pressed))
        client.otherwise = reports.before(abuse.before(appeals.before(proposals.before(review.other))))
        self.messenger = DirectMessenger(client, settings)
        self.report_messenger = ReportMessenger(client)
        self.appeal_wall = AppealWall(client, settings)
        self._announcer = Announcer(self._client, settings)
        self._acts = Acts(self._client, settings)
        self._leads = LeadsAnnouncer(self._client, settings)
        self._shifts = ShiftAnnouncer(self._client, settings)
        self._anchors = AnchorPoster(self._client, settings)
        self.beside = Beside(client, settings)
        self._life: asyncio.Task[None] | None = None
        self._closing = False

    def still(self, clock: Clock) -> Still:
        """Asks Discord what somebody who is signed in at the panel may be by now."""
        return Membership(self._client, self._access, self._client.names, clock).still

    def name_of(self, who: str) -> str:
        """What a member is called, as far as is known; the id otherwise."""
        return self._client.names.of(who)

    def offer_panel(self, signing_in: SigningIn, link: Link) -> None:
        """Offer `/panel`; before `run`, which tells Discord of it. `link` is None while no panel is served."""
        door = PanelDoor(self._access, signing_in, link, is_near=not self._settings.web.address)
        self._client.tree.add_command(panel_command(door, self._settings.ranks()))

    def offer_own_data(self, own: OwnData) -> None:
        """Offer `/mydata`; before `run`, which tells Discord of it."""
        self._client.tree.add_command(mydata_command(MyData(own, self._client.door.watches).mine))

    async def run(self) -> None:
        """Listen until closed. PlatformError where Discord refuses us, StoreError where marks cannot be read."""
        token = check_token(self._token.get_secret_value())
        # In its debug log discord.py writes every message out, flagged or not.
        logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
        self._life = asyncio.create_task(self._client.start(token), name="discord")
        try:
            await asyncio.wait([self._life])
        finally:
            problem = await self._end()
        if self._client.failure is not None:
            raise self._client.failure
        if isinstance(problem, REFUSALS) and not self._closing:
            raise refusal(problem) from problem
        if problem is not None and not self._closing:
            raise problem

    async def close(self) -> None:
        """Stop listening; `run` then returns."""
        self._closing = True
        await self._end()

    async def announce(self, cases: Sequence[Case], *, ping: bool = False) -> Told:
        """Tell the moderators. PlatformError where that fails; to be tried again from what was saved."""
        return await self._announcer.announce(cases, ping=ping)

    async def digest(self, flags: Sequence[Untold], *, ping: bool = False) -> Told:
        """Tell the moderators of many in one message. PlatformError as above."""
        return await self._announcer.digest(flags, ping=ping)

    async def tell_leads(self, case: Case) -> Sequence[Card]:
        """Tell the leads of a case that was handed to them. PlatformError where that fails."""
        return await self._leads.tell_leads(case)

    async def tell_late(self, case: Case) -> Sequence[Card]:
        """Tell the leads that a case's time is up. PlatformError where that fails."""
        return await self._leads.tell_late(case)

    async def tell_shift(self, event: Event) -> None:
        """Tell the leads, or the moderators, of a sudden shift. PlatformError where that fails."""
        await self._shifts.tell_shift(event)

    async def post_anchor(self, anchor: Anchor) -> bool:
        """Post the record's head where that is wanted. PlatformError where that fails."""
        return await self._anchors.post_anchor(anchor)

    async def show(self, card: Card, case: Case, lease: Lease | None) -> bool:
        """Bring a card up to date; False where it is gone. PlatformError where Discord refuses."""
        return await self._announcer.show(card, case, lease)

    async def carry_out(self, undertaking: Undertaking, case: Case) -> Report:
        """Carry a measure out; the report says what came of it."""
        return await self._acts.carry_out(undertaking, case)

    async def undo(self, undertaking: Undertaking, case: Case) -> Report:
        """Take a measure back; the report says what came of it."""
        return await self._acts.undo(undertaking, case)

    async def _end(self) -> BaseException | None:
        """Close the client and wait for it; what ended it, if anything did."""
        if self._life is None:
            return None
        if not self._client.is_closed():
            await self._client.close()
        await asyncio.wait([self._life], timeout=GOODBYE)
        if not self._life.done():  # while no shard gets through, discord.py goes on trying even when closed
            self._life.cancel()
            await asyncio.wait([self._life])
        return None if self._life.cancelled() else self._life.exception()
