"""How does what a bot sends become a message, or a change of one?

The same for a channel message, an answer to an interaction, a follow-up and each of their edits.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from . import messages
from .attachments import Attachment, Upload, keep
from .channels import Channel
from .clock import iso
from .components import numbered
from .errors import invalid, refused
from .events import Payload
from .messages import Message
from .validation import check_message

# The flags a bot may set; Discord ignores the others.
SETTABLE = messages.SUPPRESS_EMBEDS | messages.SILENT | messages.COMPONENTS_V2 | messages.VOICE_MESSAGE
MAX_FILE = 10 * 1024 * 1024


def new_message_fields(channel: Channel, body: Payload, files: list[Upload], path: str = "") -> dict[str, Any]:
    """Checks a new message and gives the fields it is written with, content included."""
    flags = int(body.get("flags") or 0)
    forwards = (body.get("message_reference") or {}).get("type") == 1
    is_v2 = bool(flags & messages.COMPONENTS_V2)
    check_message(body, is_v2=is_v2, may_be_empty=bool(files) or forwards, path=path)
    world = channel.world
    fields: dict[str, Any] = {
        "content": (body.get("content") or "").strip(),
        "flags": flags & SETTABLE,
        "embeds": [rich(embed) for embed in body.get("embeds") or []],
        "components": numbered(body.get("components") or []),
        "attachments": _attachments(channel, body, files, []),
        "allowed_mentions": body.get("allowed_mentions"),
        "nonce": body.get("nonce"),
    }
    if poll := body.get("poll"):
        fields["poll"] = poll_of(poll, world.clock.now())
    return fields


def edit(message: Message, body: Payload, files: list[Upload], path: str = "") -> None:
    """Applies a bot's edit; keys that are absent leave their fields alone."""
    channel = message.channel
    flags = message.flags
    if "flags" in body:
        wanted = int(body["flags"] or 0)
        if flags & messages.COMPONENTS_V2 and not wanted & messages.COMPONENTS_V2:
            raise invalid(f"{path}flags", "MESSAGE_FLAGS_INVALID", "IS_COMPONENTS_V2 cannot be removed once set")
        may_change = messages.SUPPRESS_EMBEDS | messages.COMPONENTS_V2
        flags = flags & ~may_change | wanted & may_change
    after: Payload = {
        "content": body.get("content", message.content) if "content" in body else message.content,
        "embeds": body.get("embeds") if "embeds" in body else message.embeds,
        "components": body.get("components") if "components" in body else message.components,
        "poll": message.poll,
    }
    attachments = _attachments(channel, body, files, message.attachments)
    is_v2 = bool(flags & messages.COMPONENTS_V2)
    check_message(after, is_v2=is_v2, may_be_empty=bool(attachments or message.snapshots), path=path)
    changes: dict[str, Any] = {"flags": flags & ~messages.LOADING, "attachments": attachments}
    if "content" in body:
        changes["content"] = (body["content"] or "").strip()
    if "embeds" in body:
        changes["embeds"] = [rich(embed) for embed in body["embeds"] or []]
    if "components" in body:
        changes["components"] = numbered(body["components"] or [])
    if "allowed_mentions" in body:
        message.allowed_mentions = body["allowed_mentions"]
    # The first fill of a "thinking" message is no edit to whoever reads it.
    message.change(as_edit=not message.is_loading, **changes)


def _attachments(channel: Channel, body: Payload, files: list[Upload], had: list[Attachment]) -> list[Attachment]:
    """An edit's list names the attachments to keep by id; new files are named by their number in the form."""
    for upload in files:
        if len(upload.data) > MAX_FILE:
            raise refused(40005)
    listed: list[Payload] | None = body.get("attachments")
    if listed is None:
        return had + [keep(channel.world, channel.id, upload) for upload in files]
    by_id = {attachment.id: attachment for attachment in had}
    kept: list[Attachment] = []
    for entry in listed:
        entry_id = int(entry["id"])
        if entry_id in by_id:
            kept.append(by_id[entry_id])
        elif entry_id < len(files):
            upload = files[entry_id]
            upload.description = entry.get("description")
            upload.filename = entry.get("filename") or upload.filename
            upload.duration_secs, upload.waveform = entry.get("duration_secs"), entry.get("waveform")
            kept.append(keep(channel.world, channel.id, upload))
        else:
            raise invalid("attachments", "ATTACHMENT_NOT_FOUND", f"Attachment data not found for ID: {entry_id}")
    return kept


def rich(embed: Payload) -> Payload:
    return {**embed, "type": "rich"}


def poll_of(asked: Payload, now: float) -> Payload:
    """A poll as created, made into a poll as shown: a duration becomes an end, answers get numbers."""
    return {
        "question": asked["question"],
        "answers": [
            {"answer_id": number, "poll_media": answer["poll_media"]}
            for number, answer in enumerate(asked["answers"], start=1)
        ],
        "expiry": iso(now + float(asked.get("duration", 24)) * 3600),
        "allow_multiselect": bool(asked.get("allow_multiselect")),
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }


def poll(question: str, *answers: str, hours: float = 24) -> Payload:
    """A poll for a member to post in a test."""
    return poll_of(
        {
            "question": {"text": question},
            "answers": [{"poll_media": {"text": answer}} for answer in answers],
            "duration": hours,
        },
        datetime.now(UTC).timestamp(),
    )
