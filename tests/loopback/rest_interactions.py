"""The bot's answers to interactions over REST: the callback, the original answer, follow-ups."""

from __future__ import annotations

from typing import Any

from . import drafts, messages
from .components import numbered
from .errors import RefusedError, invalid, refused
from .events import Payload
from .interactions import (
    ANSWER,
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    MODAL,
    SHOW_MODAL,
    UPDATE,
    Interaction,
)
from .messages import Message
from .rest_messages import shown
from .routing import Call, route, snowflake
from .validation import check_choices, check_modal

# Which answers each kind of interaction takes.
TAKES = {
    COMMAND: {ANSWER, DEFER, SHOW_MODAL},
    COMPONENT: {ANSWER, DEFER, DEFER_UPDATE, UPDATE, SHOW_MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {ANSWER, DEFER, DEFER_UPDATE, UPDATE},
}


@route("POST", "/interactions/{interaction_id}/{token}/callback", needs_token=False)
def answer(call: Call) -> Any:
    interaction = call.backend.interactions.of(call.params["token"])
    if interaction is None or interaction.id != call.id("interaction_id"):
        raise refused(10062)
    try:
        interaction.check_unanswered()
        _carry_out(call, interaction, int(call.body["type"]), call.body.get("data") or {})
    except RefusedError as error:
        interaction.refusals.append(error)
        raise
    interaction.changes.notify()
    if call.query.get("with_response", "").lower() in ("1", "true"):
        return _response(call, interaction)
    return None


def _carry_out(call: Call, interaction: Interaction, kind: int, data: Payload) -> None:
    has_components = interaction.message is not None
    if kind not in TAKES[interaction.kind] or (kind in (UPDATE, DEFER_UPDATE) and not has_components):
        raise invalid("type", "INTERACTION_CALLBACK_TYPE_INVALID", f"Callback type {kind} is not possible here")
    if kind == ANSWER:
        interaction.original = _new_message(call, interaction, data, "data.")
    elif kind == DEFER:
        flags = int(data.get("flags") or 0) & messages.EPHEMERAL | messages.LOADING
        interaction.original = _post(interaction, {"flags": flags})
    elif kind == UPDATE:
        assert interaction.message is not None
        drafts.edit(interaction.message, data, call.files, "data.")
        interaction.original = interaction.message
    elif kind == DEFER_UPDATE:
        interaction.original = interaction.message
    elif kind == CHOICES:
        check_choices(data.get("choices"))
    elif kind == SHOW_MODAL:
        check_modal(data)
        numbered(data["components"])
    interaction.answer_type, interaction.answer_data = kind, data


def _response(call: Call, interaction: Interaction) -> Payload:
    data: Payload = {"id": str(interaction.id), "type": interaction.kind}
    resource: Payload = {"type": interaction.answer_type}
    if interaction.answer_type in (ANSWER, DEFER, UPDATE, DEFER_UPDATE) and interaction.original:
        data |= {
            "response_message_id": str(interaction.original.id),
            "response_message_loading": interaction.original.is_loading,
            "response_message_ephemeral": interaction.original.is_ephemeral,
        }
    if interaction.answer_type in (ANSWER, UPDATE) and interaction.original:
        resource["message"] = shown(call, interaction.original)
    return {"interaction": data, "resource": resource}


def _new_message(call: Call, interaction: Interaction, body: Payload, path: str = "") -> Message:
    fields = drafts.new_message_fields(interaction.channel, body, call.files, path)
    fields["flags"] |= int(body.get("flags") or 0) & messages.EPHEMERAL
    return _post(interaction, fields)


def _post(interaction: Interaction, fields: Payload) -> Message:
    kind = messages.DEFAULT
    if interaction.kind == COMMAND:
        kind = messages.COMMAND if interaction.data["type"] == 1 else messages.CONTEXT_COMMAND
    return interaction.channel.write(
        interaction.world.bot,
        type=kind,
        from_application=True,
        interaction=interaction.metadata(),
        seen_only_by=interaction.user if fields["flags"] & messages.EPHEMERAL else None,
        **fields,
    )


def _of_token(call: Call) -> Interaction:
    interaction = call.backend.interactions.of(call.params["token"])
    if interaction is None or call.id("application_id") != call.world.application_id:
        raise refused(10015)
    interaction.check_token()
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    if call.params["message_id"] == "@original":
        found = interaction.original
    else:
        message_id = snowflake(call.params["message_id"], "message_id")
        mine = [interaction.original, *interaction.followups]
        found = next((message for message in mine if message and message.id == message_id), None)
    if found is None or found.deleted:
        raise refused(10008)
    return found


@route("POST", "/webhooks/{application_id}/{token}", needs_token=False)
def follow_up(call: Call) -> Any:
    interaction = _of_token(call)
    thinking = interaction.original
    if interaction.answer_type == DEFER and thinking and thinking.is_loading and not thinking.deleted:
        # Right after a deferral this fills the "thinking" message, which stays as private as it was.
        body = {key: value for key, value in call.body.items() if key != "flags"}
        body["flags"] = int(call.body.get("flags") or 0) & messages.COMPONENTS_V2
        drafts.edit(thinking, body, call.files)
        interaction.changes.notify()
        return shown(call, thinking)
    message = _new_message(call, interaction, call.body)
    interaction.followups.append(message)
    interaction.changes.notify()
    return shown(call, message)


@route("GET", "/webhooks/{application_id}/{token}/messages/{message_id}", needs_token=False)
def look(call: Call) -> Any:
    return shown(call, _message(call, _of_token(call)))


@route("PATCH", "/webhooks/{application_id}/{token}/messages/{message_id}", needs_token=False)
def edit(call: Call) -> Any:
    interaction = _of_token(call)
    message = _message(call, interaction)
    drafts.edit(message, call.body or {}, call.files)
    interaction.changes.notify()
    return shown(call, message)


@route("DELETE", "/webhooks/{application_id}/{token}/messages/{message_id}", needs_token=False)
def delete(call: Call) -> None:
    message = _message(call, _of_token(call))
    message.channel.remove(message)
