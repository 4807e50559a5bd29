"""What does a line of JSONL say? Events for replay, texts for classify, or why it says nothing.

The format is that of the interfaces: `id` and `text` for classify; `channel`, `author` and `ts` too for replay.
Fields that are not known are kept out. A line may be a post, an edit (`edited`: true or the moment, the text as
it reads after it) or a withdrawal (`deleted`: true or the moment).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import MAX_ID, Channel, Event, Posted, Withdrawn, is_snowflake, revision_at

_NAME = 200  # characters in an author's or channel's name
_EARLIEST, _LATEST = 2000, 2100  # years


class BadLine(Exception):
    """Why a line cannot be read; str() says it in a few words."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to classify."""

    id: str
    text: str


def parse_text(line: bytes) -> Text:
    """A line for `classify`."""
    row = _row(line)
    return Text(_any_id(row), _text(row))


def parse_event(line: bytes) -> tuple[Event, ...]:
    """A line for `replay`: one event, or a post and its withdrawal where the line tells of both."""
    row = _row(line)
    message_id = _snowflake(row, "id")
    name = _name(row, "channel")
    channel = Channel(name, name, _name(row, "guild", required=False))
    author, at = _name(row, "author"), _moment(row, "ts")
    edited, deleted = _when(row, "edited", at), _when(row, "deleted", at)
    reply_to = _snowflake(row, "reply_to") if row.get("reply_to") else ""
    text = _text(row, required=deleted is None)
    events: list[Event] = []
    if text or deleted is None:
        events.append(
            Posted(
                message_id,
                channel,
                author,
                at,
                text,
                revision=revision_at(edited),
                reply_to=reply_to,
                roles=_roles(row),
                advances=edited is None,
            )
        )
    if deleted is not None:
        events.append(Withdrawn(message_id, channel, deleted))
    return tuple(events)


def _row(line: bytes) -> Mapping[str, object]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise BadLine(f"not valid UTF-8 at byte {problem.start + 1}") from None
    except json.JSONDecodeError as problem:
        raise BadLine(f"not valid JSON at character {problem.pos + 1}") from None
    except (RecursionError, ValueError):
        raise BadLine("JSON that is nested too deep or holds a number too long") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    return row


def _any_id(row: Mapping[str, object]) -> str:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_ID:
        return str(value)
    if not isinstance(value, str) or not value or len(value) > _NAME or not value.isprintable():
        raise BadLine(f"`id` must be a text of 1 to {_NAME} printable characters")
    return value


def _snowflake(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not is_snowflake(text):
        raise BadLine(f"`{key}` must be a message id, digits between 1 and {MAX_ID}")
    return str(int(text))


def _text(row: Mapping[str, object], *, required: bool = True) -> str:
    value = row.get("text", None if required else "")
    if not isinstance(value, str):
        raise BadLine("`text` is missing" if "text" not in row else "`text` must be a text")
    return value


def _name(row: Mapping[str, object], key: str, *, required: bool = True) -> str:
    value = row.get(key, None if required else "")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_ID:
        value = str(value)
    if not isinstance(value, str) or (required and not value.strip()):
        raise BadLine(f"`{key}` is missing" if key not in row else f"`{key}` must be a text")
    if len(value) > _NAME or not value.isprintable():
        raise BadLine(f"`{key}` must be at most {_NAME} printable characters")
    return value


def _moment(row: Mapping[str, object], key: str) -> datetime:
    value = row.get(key)
    if not isinstance(value, str):
        raise BadLine(f"`{key}` is missing" if key not in row else f"`{key}` must be a text")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadLine(f"`{key}` is no moment; write it like 2026-01-26T08:03:11+01:00") from None
    if moment.tzinfo is None:
        raise BadLine(f"`{key}` has no time zone; write it like 2026-01-26T08:03:11+01:00")
    if not _EARLIEST <= moment.year < _LATEST:
        raise BadLine(f"`{key}` lies outside the years {_EARLIEST} to {_LATEST}")
    return moment


def _when(row: Mapping[str, object], key: str, otherwise: datetime) -> datetime | None:
    """The moment of an edit or deletion: a moment, true (the line's own moment), or nothing."""
    value = row.get(key)
    if value is None or value is False or value == "":
        return None
    return otherwise if value is True else _moment(row, key)


def _roles(row: Mapping[str, object]) -> frozenset[str]:
    value = row.get("roles") or []
    if not isinstance(value, list) or not all(isinstance(role, str) for role in value):
        raise BadLine("`roles` must be a list of texts")
    return frozenset(value)
