"""What happens when a moderator asks for a second opinion, escalates a case, or reads a decided one again?

Each is one transaction of the store's, which says what it did. How much readers agree is computed from what was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.agreement import Agreement, agreement
from bot.core.cases import Reread, Ruling
from bot.core.flags import Decision, Step
from bot.core.leases import Leases
from bot.core.opinions import Escalation, Kind, Lean, Opinion
from bot.core.ports import Clock, OpinionStore


class Opining:
    """A second pair of eyes."""

    def __init__(
        self, store: OpinionStore, clock: Clock, leases: Leases, on_escalated: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._clock = clock
        self._leases = leases
        self._on_escalated = on_escalated

    async def ask(self, flag: int, who: str, lean: Lean, motives: Sequence[str], note: str) -> Ruling | None:
        """Ask somebody else, who does not learn how the asker leans; None where there is no such flag."""
        motives = () if lean is Lean.DISMISS else motives  # as with decisions: what is dismissed has no motive
        opinion = Opinion(flag, Kind.ASKED, who, lean, self._clock.now(), tuple(motives), note)
        return self._let_go(who, await self._store.ask_another(opinion))

    async def escalate(self, flag: int, who: str, note: str) -> Ruling | None:
        """Hand a case to the leads; None where there is no such flag."""
        ruling = self._let_go(who, await self._store.escalate(Escalation(flag, who, self._clock.now(), note)))
        self._on_escalated()
        return ruling

    async def reread(
        self, flag: int, step: Step, who: str, motives: Sequence[str] = (), note: str = ""
    ) -> Reread | None:
        """Answer a blind second reading; None where there is no such flag."""
        done = await self._store.reread(Decision(flag, step, who, self._clock.now(), tuple(motives), note))
        self._leases.end(flag, who)
        return done

    async def agreement(self, guilds: Sequence[str]) -> Agreement:
        """How much two readers of the cases of these servers agree."""
        return agreement(await self._store.pairs(guilds))

    def _let_go(self, who: str, ruling: Ruling | None) -> Ruling | None:
        """Whoever has passed a case on looks at it no longer."""
        if ruling is not None and ruling.changed:
            self._leases.end(ruling.case.id, who)
        return ruling
