"""How far has a chosen measure come? A table of states and events; whatever is not in it cannot happen.

    due     --done-->        done
    due     --impossible-->  void       it can never be carried out: the member has left, the time is over
    due     --called off-->  undoing    it may have been carried out without anybody noting it: a kill in between
    done    --called off-->  undoing
    undoing --undone-->      undone
    undoing --stands-->      done       what is deleted stays deleted

A measure is called off when its flag is reopened and then dismissed, or upheld anew without it. While a flag is only
reopened, what was carried out stands and what was not waits. Something that was under way when it was called off may
still land: it is undone then, like everything else.

A measure that fails keeps its state, and what hinders it, until it has worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.flags import Decision, Step
from bot.core.measures import Act, Measure


class Standing(StrEnum):
    """How far a measure has come."""

    DUE = "due"
    DONE = "done"
    VOID = "void"
    UNDOING = "undoing"
    UNDONE = "undone"


class Event(StrEnum):
    """What happens to a measure."""

    DONE = "done"
    IMPOSSIBLE = "impossible"
    CALLED_OFF = "called off"
    UNDONE = "undone"
    STANDS = "stands"


class Hindrance(StrEnum):
    """What keeps a measure from being carried out, or undone."""

    NO_MESSAGE = "no-message"  # a title or a name was flagged
    GONE = "gone"  # the message is deleted already
    CLOSED = "closed"  # the bot does not see the channel
    MANAGE_MESSAGES = "manage-messages"
    MODERATE_MEMBERS = "moderate-members"
    OUTRANKED = "outranked"  # the member's highest role stands as high as the bot's
    ADMIN = "admin"
    OWNER = "owner"
    LEFT = "left"  # the author is no member (any more)
    NO_SERVER = "no-server"  # the bot is in that server no more
    OVER = "over"  # the time-out would have ended before it began
    NO_COORDINATOR = "no-coordinator"  # no channel is configured
    SHUT = "shut"  # the bot may not write in the coordinator's channel
    AWAY = "away"  # Discord does not answer
    REFUSED = "refused"  # Discord says no to something that we do not know
    IRREVERSIBLE = "irreversible"


TRANSITIONS: Mapping[tuple[Standing, Event], Standing] = {
    (Standing.DUE, Event.DONE): Standing.DONE,
    (Standing.DUE, Event.IMPOSSIBLE): Standing.VOID,
    (Standing.DUE, Event.CALLED_OFF): Standing.UNDOING,
    (Standing.DONE, Event.CALLED_OFF): Standing.UNDOING,
    (Standing.UNDOING, Event.UNDONE): Standing.UNDONE,
    (Standing.UNDOING, Event.STANDS): Standing.DONE,
}


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A measure of a decided flag. A time-out's end is computed once, at the decision."""

    id: int
    flag: int
    measure: Measure
    state: Standing
    asked_at: datetime
    hindrance: Hindrance | None = None
    tries: int = 0
    done_at: datetime | None = None
    undone_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """When a time-out ends."""
        return self.asked_at + (self.measure.length or timedelta())


def after(state: Standing, event: Event) -> Standing:
    """The state after an event; what the table does not hold comes too late and changes nothing."""
    return TRANSITIONS.get((state, event), state)


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a handed-over case hangs, and which version of it."""

    channel: str
    message: str
    version: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came of carrying out or undoing a measure: an event, or none where it is to be tried again.

    `card` is the one that was put up for the coordinator.
    """

    event: Event | None
    hindrance: Hindrance | None = None
    card: Posting | None = None


def at_first(measure: Measure) -> Standing:
    """A warning is the statement of reasons that the author gets anyway: nothing is left to do for it."""
    return Standing.DONE if measure.act is Act.WARN else Standing.DUE


def called_off(undertaking: Undertaking) -> tuple[Standing, Hindrance | None]:
    """What becomes of a measure that is called off."""
    state = after(undertaking.state, Event.CALLED_OFF)
    if undertaking.measure.act in (Act.WARN, Act.HANDOVER):  # the author and the coordinator are told what holds now
        return after(state, Event.UNDONE), None
    if undertaking.measure.act is Act.DELETE and undertaking.state is Standing.DONE:
        return after(state, Event.STANDS), Hindrance.IRREVERSIBLE
    return state, None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a decision changes: measures to call off, and to begin. What was chosen again stays as it is."""

    off: tuple[Undertaking, ...] = ()
    begun: tuple[Measure, ...] = ()


def revised(before: Iterable[Undertaking], decision: Decision) -> Revision:
    """What a decision changes in the measures of its flag."""
    if decision.step is Step.REOPEN:
        return Revision()
    live = [each for each in before if each.state in (Standing.DUE, Standing.DONE)]
    kept = [each for each in live if each.measure in decision.measures and not _begins_anew(each)]
    chosen = {each.measure for each in kept}
    return Revision(
        tuple(each for each in live if each not in kept),
        tuple(measure for measure in decision.measures if measure not in chosen),
    )


def _begins_anew(undertaking: Undertaking) -> bool:
    """A time-out that has not begun is counted from the decision that chooses it again."""
    return undertaking.measure.act is Act.TIMEOUT and undertaking.state is Standing.DUE
