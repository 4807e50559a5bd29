"""How does a candidate run beside the live bot without ever being in its way? On the classifier's thread, after it.

Started and ended from anywhere that may write to the database; this looks every few seconds. Whatever goes wrong with a
candidate ends the candidate: its reading never raises, and the live one knows nothing of it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.errors import BadInput, BadModel
from bot.core.messages import Posted
from bot.core.policy import Policy, assess
from bot.core.ports import Classifier, Clock, ShadowStore
from bot.core.tuning.pace import Pace
from bot.core.tuning.shadow import Beside, Ending, Shadow, in_force, policy_beside, tallied
from bot.healing import Healing, Sleep, place
from classifier.verdict import Verdict

log = logging.getLogger(__name__)

Loaded = tuple[Classifier, Mapping[str, float]]  # a model with the thresholds that it is shipped with


@dataclass(slots=True)
class _Seat:
    """What runs just now."""

    shadow: Shadow
    model: Classifier | None  # None: the live one's verdicts are judged
    shipped: Mapping[str, float]
    against: str
    live: Policy | None = None  # whose candidate `policy` is
    policy: Policy = field(default_factory=lambda: Policy({}))
    pace: Pace = field(default_factory=Pace)


class Shadowing:
    """Keeps the running candidate, and compares with it."""

    def __init__(
        self,
        store: ShadowStore,
        clock: Clock,
        live_model: str,
        policy: Callable[[], Policy],
        load: Callable[[str], Loaded],
        over: Callable[[Mapping[str, float]], Policy],
        timer: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`load` gives a model by its name, BadModel or BadInput where it cannot; `over` the policy in force over a
        model's shipped thresholds; `timer` seconds that only go forward."""
        self._store = store
        self._clock = clock
        self._live_model = live_model
        self._policy = policy
        self._load = load
        self._over = over
        self._timer = timer
        self._healing = Healing(log, "shadow not looked after", sleep)
        self._seat: _Seat | None = None
        self._to_end: tuple[int, Ending, str] | None = None  # found out while reading, to be saved

    @property
    def comparing(self) -> Shadow | None:
        """What is compared just now."""
        return None if self._seat is None else self._seat.shadow

    def wake(self) -> None:
        """Somebody may have started or stopped one, or its time may be up."""
        self._healing.wake()

    async def run(self) -> None:
        """Look until cancelled."""
        await self._healing.run(self.look)

    async def look(self) -> None:
        """Take up what runs, let go of what does not."""
        if self._to_end is not None:
            await self._end(*self._to_end)
            self._to_end = None
        shadow = await self._store.running()
        if shadow is not None and self._clock.now() >= shadow.candidate.until:
            await self._end(shadow.id, Ending.FINISHED)
            shadow = None
        if shadow is None:
            self._seat = None
        elif self._seat is None or self._seat.shadow.id != shadow.id:
            self._seat = None  # its model is let go of before the next one is loaded
            self._seat = await self._take_up(shadow)

    def compare(
        self,
        posts: Sequence[Posted],
        verdicts: Sequence[Verdict],
        flagged: Set[int],
        policy: Policy,
        waiting: int,
        now: datetime,
    ) -> Sequence[Beside]:
        """Counts of one batch; none where nothing runs. Never raises."""
        seat = self._seat
        if seat is None:
            return ()
        try:
            if policy is not seat.live:
                if in_force(self._live_model, policy) != seat.against:
                    return self._give_up(seat, Ending.CHANGED, "")
                self._follow(seat, policy)
            return self._compared(seat, posts, verdicts, flagged, waiting, now)
        except Exception as problem:  # of a candidate's, whose message may quote a text
            return self._give_up(seat, Ending.FAILED, f"{type(problem).__name__} {place(problem)}")

    def _compared(
        self,
        seat: _Seat,
        posts: Sequence[Posted],
        verdicts: Sequence[Verdict],
        flagged: Set[int],
        waiting: int,
        now: datetime,
    ) -> Sequence[Beside]:
        began, read = self._timer(), len(posts)
        seconds = 0.0
        if seat.model is not None:
            read = seat.pace.room(len(posts), waiting, began)
            verdicts = seat.model.read([post.text for post in posts[:read]]) if read else ()
            ended = self._timer()
            seconds = ended - began
            if read:
                seat.pace.has_read(read, began, ended)
        judged = zip(posts[:read], verdicts, strict=True)
        found = {number for number, (post, v) in enumerate(judged) if assess(post, v, seat.policy, now)}
        return tallied(seat.shadow.id, posts, flagged, found, read, seconds)

    def _follow(self, seat: _Seat, live: Policy) -> None:
        """The candidate's policy over what is in force."""
        base = live if seat.model is None else self._over(seat.shipped)
        seat.policy = policy_beside(base, seat.shadow.candidate.thresholds)
        seat.live = live

    def _give_up(self, seat: _Seat, ending: Ending, problem: str) -> Sequence[Beside]:
        if self._seat is seat:
            self._seat = None
        self._to_end = (seat.shadow.id, ending, problem)
        return ()

    async def _take_up(self, shadow: Shadow) -> _Seat | None:
        wanted = shadow.candidate
        model: Classifier | None = None
        shipped: Mapping[str, float] = {}
        against = in_force(self._live_model, self._policy())
        if shadow.against and shadow.against != against:
            await self._end(shadow.id, Ending.CHANGED)
            return None
        try:
            if wanted.model:
                loaded, shipped = await asyncio.to_thread(self._load, wanted.model)
                if loaded.model_id != wanted.model_id:
                    raise BadModel(f"{wanted.model} is {loaded.model_id} now, no longer {wanted.model_id}")
                model = loaded
        except (BadModel, BadInput) as problem:
            await self._end(shadow.id, Ending.FAILED, str(problem))
            return None
        except Exception as problem:
            await self._end(shadow.id, Ending.FAILED, f"{type(problem).__name__} {place(problem)}")
            return None
        if not shadow.against:
            await self._store.compared_with(shadow.id, against)
        log.info("shadow %d runs beside the live bot until %s", shadow.id, wanted.until.isoformat(timespec="minutes"))
        return _Seat(shadow, model, shipped, against)

    async def _end(self, shadow: int, ending: Ending, problem: str = "") -> None:
        if await self._store.end(shadow, ending, self._clock.now(), problem):
            told = log.warning if ending in (Ending.FAILED, Ending.CHANGED) else log.info
            told("shadow %d ended: %s%s", shadow, ending, problem and f", {problem}")
