"""Why do the thresholds stay as they are? Each objection by its name, so that every surface can say it in its words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.core.errors import Refused


class Objection(StrEnum):
    """Why a change was not made. The locales say each as `unchanged-NAME`, with the same slots as below."""

    NOBODY = "nobody"
    REASON = "reason"
    LONG = "long"
    EMPTY = "empty"
    LABEL = "label"
    RANGE = "range"
    BOTH = "both"
    GROUP = "group"
    CHANNEL = "channel"
    SAME = "same"
    STALE = "stale"
    MODEL = "model"
    UNKNOWN = "unknown"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    NOTHING = "nothing"
    NEVER = "never"
    UNDO = "undo"
    UNDONE = "undone"
    OVERTAKEN = "overtaken"
    ELSEWHERE = "elsewhere"


class Unchanged(Refused):
    """A change of thresholds that the rules do not allow: which rule, and what its sentence names."""

    def __init__(self, why: Objection, **slots: object) -> None:
        super().__init__(_SENTENCES[why].format(**slots))
        self.why = why
        self.slots: Mapping[str, object] = slots


_SENTENCES: Mapping[Objection, str] = {
    Objection.NOBODY: "only a person changes thresholds: say who, by a name that colleagues know",
    Objection.REASON: "say why: whoever looks at this change later must understand it",
    Objection.LONG: "the reason is too long: {longest} characters at most",
    Objection.EMPTY: "say at least one label with its threshold, such as flag=0.75",
    Objection.LABEL: "there is no label {label}; choose among {labels}",
    Objection.RANGE: "the threshold of {label} must be a number from 0 to 1",
    Objection.BOTH: "name a channel or a group, not both",
    Objection.GROUP: "there is no group {group} under [groups] in config.toml; there are: {groups}",
    Objection.CHANNEL: "no channel {channel} has been read; check its name, or give its id",
    Objection.SAME: "nothing would change: the thresholds are so already",
    Objection.STALE: "{by} changed the thresholds after this was proposed (change {number}): look at the figures again",
    Objection.MODEL: "the figures are of the model {model}, and another is in use now: look at the figures again",
    Objection.UNKNOWN: "there is no change {number}; the history lists them",
    Objection.APPLIED: "change {number} was applied already, by {by}",
    Objection.WITHDRAWN: "change {number} was withdrawn by {by}; propose it anew",
    Objection.NOTHING: "there is no change to take back",
    Objection.NEVER: "change {number} never came into force: there is nothing to take back",
    Objection.UNDO: "change {number} is itself an undo: set the thresholds anew instead",
    Objection.UNDONE: "change {number} was taken back already",
    Objection.OVERTAKEN: "change {number} was overtaken by change {later}: take that one back first",
    Objection.ELSEWHERE: (
        "that concerns other servers too: choose a channel, or ask where the moderators have their channel"
    ),
}
