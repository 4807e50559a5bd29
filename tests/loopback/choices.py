"""What does Discord's app send along when a person fills in a command's options, a select or a modal?

The app lets nobody send what the command, select or field does not offer; a test that tries gets an error here.
"""

from __future__ import annotations

from typing import Any

from . import components as c
from . import message_payloads, payloads
from .attachments import Attachment
from .channels import Channel
from .commands import SUBCOMMAND, SUBCOMMAND_GROUP
from .events import Payload
from .messages import Message
from .people import Member, Role, User

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
_ENTITIES = {
    USER: (Member, User),
    CHANNEL: Channel,
    ROLE: Role,
    MENTIONABLE: (Member, User, Role),
    ATTACHMENT: Attachment,
}


class Resolved:
    """The people, channels and files that ids in an interaction stand for."""

    def __init__(self, who: Member | User) -> None:
        self._who = who if isinstance(who, Member) else None
        self._data: dict[str, dict[str, Payload]] = {}

    def key(self) -> Payload:
        """The part of the interaction's data; it is absent where nothing had to be resolved."""
        return {"resolved": self._data} if self._data else {}

    def add(self, entity: Any) -> str:
        """Adds whatever a person picked and gives its id."""
        key = str(entity.id)
        if isinstance(entity, Member):
            self._put("users", key, payloads.user(entity.user))
            permissions = str(int(entity.permissions))
            self._put("members", key, {**payloads.member(entity, with_user=False), "permissions": permissions})
        elif isinstance(entity, User):
            self._put("users", key, payloads.user(entity))
        elif isinstance(entity, Role):
            self._put("roles", key, payloads.role(entity))
        elif isinstance(entity, Channel):
            self._put("channels", key, payloads.interaction_channel(entity, self._who))
        elif isinstance(entity, Attachment):
            self._put("attachments", key, entity.payload())
        elif isinstance(entity, Message):
            # A context-menu command on a message shows its content whatever intents the app has.
            self._put("messages", key, message_payloads.message(entity, full=True))
        else:
            raise TypeError(f"nobody can pick {entity!r}")
        return key

    def _put(self, kind: str, key: str, data: Payload) -> None:
        self._data.setdefault(kind, {})[key] = data


def command_options(
    definition: Payload,
    path: list[str],
    values: dict[str, Any],
    resolved: Resolved,
    focused: str | None = None,
) -> list[Payload]:
    """The options of a command as an interaction lists them; `path` leads on to a subcommand."""
    offered: list[Payload] = definition.get("options") or []
    subcommands = [option for option in offered if option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP)]
    if subcommands:
        names = [option["name"] for option in subcommands]
        if not path or path[0] not in names:
            raise LookupError(f"/{definition['name']} needs one of {names}, not {path[:1]}")
        chosen = subcommands[names.index(path[0])]
        nested = command_options(chosen, path[1:], values, resolved, focused)
        return [{"name": chosen["name"], "type": chosen["type"], "options": nested}]
    if path:
        raise LookupError(f"/{definition['name']} has no subcommand {path[0]!r}")
    by_name = {option["name"]: option for option in offered}
    if unknown := set(values) - set(by_name):
        raise LookupError(f"/{definition['name']} has no option {sorted(unknown)}, but {sorted(by_name)}")
    # While somebody is still typing, not all is filled in.
    missing = [name for name, option in by_name.items() if option.get("required") and name not in values]
    if missing and focused is None:
        raise LookupError(f"/{definition['name']} cannot be sent without {missing}")
    options = []
    for name, value in values.items():
        given = value if name == focused else option_value(by_name[name], value, resolved)
        option = {"name": name, "type": by_name[name]["type"], "value": given}
        options.append(option | ({"focused": True} if name == focused else {}))
    return options


def option_value(option: Payload, value: Any, resolved: Resolved) -> Any:
    kind, name = option["type"], option["name"]
    if kind in _ENTITIES:
        if not isinstance(value, _ENTITIES[kind]):  # type: ignore[arg-type]
            raise TypeError(f"option {name} takes {_ENTITIES[kind]}, not {value!r}")
        return resolved.add(value)
    if choices := option.get("choices"):
        by_label = {choice["name"]: choice["value"] for choice in choices}
        value = by_label.get(value, value)
        if value not in by_label.values():
            raise LookupError(f"option {name} offers {by_label}, not {value!r}")
        return value
    if kind in (INTEGER, NUMBER):
        low, high = option.get("min_value"), option.get("max_value")
    else:
        low, high = option.get("min_length"), option.get("max_length")
    measured: float = len(value) if kind == STRING else value
    if (low is not None and measured < low) or (high is not None and measured > high):
        raise ValueError(f"option {name} takes {low} to {high}, not {value!r}")
    return value


def select_values(select: Payload, values: list[Any], resolved: Resolved) -> list[str]:
    """What a person picks in a select: an option by its value or its label, or people, roles, channels."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ValueError(f"this select takes {least} to {most} values, not {len(values)}")
    if select["type"] != c.STRING_SELECT:
        return [resolved.add(value) for value in values]
    by_label = {option["label"]: option["value"] for option in select["options"]}
    picked = [by_label.get(value, value) for value in values]
    if strange := set(picked) - set(by_label.values()):
        raise LookupError(f"this select offers {by_label}, not {sorted(strange)}")
    return picked


def modal_fields(modal: Payload, values: dict[str, Any], resolved: Resolved) -> list[Payload]:
    """The filled-in modal as Discord sends it; fields are meant by custom_id, what is left out by its preset."""
    known = {each["custom_id"] for each in c.walk(modal["components"]) if "custom_id" in each}
    if unknown := set(values) - known:
        raise LookupError(f"the modal has no field {sorted(unknown)}, but {sorted(known)}")
    answers = []
    for component in modal["components"]:
        answer: Payload = {"type": component["type"], "id": component.get("id", 0)}
        if component["type"] == c.ROW:
            answer["components"] = [_field(component["components"][0], values, resolved)]
        elif component["type"] == c.LABEL:
            answer["component"] = _field(component["component"], values, resolved)
        answers.append(answer)
    return answers


def _field(field: Payload, values: dict[str, Any], resolved: Resolved) -> Payload:
    key, kind = field["custom_id"], field["type"]
    answer: Payload = {"type": kind, "id": field.get("id", 0), "custom_id": key}
    if kind == c.TEXT_INPUT:
        text = str(values.get(key, field.get("value") or ""))
        least = field.get("min_length") or (1 if field.get("required", True) else 0)
        most = field.get("max_length") or 4000
        if not least <= len(text) <= most and (text or field.get("required", True)):
            raise ValueError(f"field {key} takes {least} to {most} characters, not {len(text)}")
        return answer | {"value": text}
    if kind in c.SELECTS:
        picked = values.get(key, [option["value"] for option in field.get("options", ()) if option.get("default")])
        if not picked and not field.get("required", True):
            return answer | {"values": []}
        return answer | {"values": select_values(field, list(picked), resolved)}
    if kind == c.CHECKBOX:
        return answer | {"value": values.get(key, bool(field.get("default")))}
    if kind == c.RADIO_GROUP:
        return answer | {"value": values.get(key)}
    return answer | {"values": [v if isinstance(v, str) else resolved.add(v) for v in values.get(key, [])]}
