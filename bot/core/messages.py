"""What happens in a channel? Frozen values that every adapter speaks.

Ids are text, as people write them in JSONL and Discord writes them in JSON. A message id is a snowflake:
decimal digits in 1..2**63-1, growing with time, so that a channel's progress is one number.

`revision` is 0 for a message as it was posted, and for an edit the moment of the edit in milliseconds
since 1970: the same text read twice, live and from history, has the same key both times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

DISCORD_EPOCH_MS = 1_420_070_400_000  # https://discord.com/developers/docs/reference#snowflakes
MAX_ID = 2**63 - 1
_DIGITS = re.compile(r"[0-9]{1,19}")


class Kind(StrEnum):
    """What carried the words."""

    MESSAGE = "message"
    TITLE = "title"  # of a thread or forum post; the message id is the thread's
    NAME = "name"  # a display name; the message id is the member's
    PERSON = "person"  # nobody's words: what a report describes of a member; the message id is made up
    ELSEWHERE = "elsewhere"  # the same of something in the server, by nobody that is known


@dataclass(frozen=True, slots=True)
class Channel:
    """Where words are: a channel, thread, forum post or voice channel's chat."""

    id: str
    name: str
    guild: str = ""
    parent: str = ""  # the id of a thread's channel, whose settings it shares
    parent_name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was attached: its name, its size in bytes, and SHA-256 (hex) of these where they were read."""

    name: str
    size: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, title or name as it stands at one revision. Also used for an edit's new text."""

    id: str
    channel: Channel
    author: str
    at: datetime
    text: str
    revision: int = 0
    kind: Kind = Kind.MESSAGE
    reply_to: str = ""
    roles: frozenset[str] = frozenset()  # ids and names of the author's roles
    advances: bool = True  # moves the channel's mark: false for titles, names and edits
    files: tuple[File, ...] = ()  # kept with what is flagged, and forgotten with its text


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A message that was deleted, by its author or by somebody else."""

    id: str
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class Edited:
    """A message reads otherwise since `revision`; whatever was flagged in an earlier one stands there no more."""

    id: str
    revision: int


Event = Posted | Withdrawn


def is_snowflake(text: str) -> bool:
    """Whether an id is within the range of Discord's snowflakes."""
    return bool(_DIGITS.fullmatch(text)) and 0 < int(text) <= MAX_ID


def snowflake_at(moment: datetime) -> int:
    """The smallest id that a message of that moment can have; 0 for moments before Discord."""
    milliseconds = int(moment.timestamp() * 1000) - DISCORD_EPOCH_MS
    return max(0, milliseconds) << 22


def moment_of(snowflake: int) -> datetime:
    """When an id was made (UTC)."""
    return datetime.fromtimestamp(DISCORD_EPOCH_MS / 1000, UTC) + timedelta(milliseconds=snowflake >> 22)


def moment_of_revision(revision: int) -> datetime:
    """When an edit was made (UTC)."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=revision)


def revision_at(edited: datetime | None) -> int:
    """The revision number of an edit's moment; 0 for none."""
    return 0 if edited is None else int(edited.timestamp() * 1000)
