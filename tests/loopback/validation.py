"""Would Discord take this message from a bot?

The documented limits on content, embeds and polls; components have a file of their own.
"""

from __future__ import annotations

from typing import Any

from .component_rules import check_legacy, check_v2
from .errors import invalid, refused, required, too_long, wrong_length
from .events import Payload

CONTENT, EMBEDS, EMBED_TEXT = 2000, 10, 6000
COMPONENTS_V2 = 1 << 15

_EMBED_LIMITS = {"title": 256, "description": 4096}


def check_message(body: Payload, *, is_v2: bool, may_be_empty: bool, path: str = "") -> None:
    """`path` leads to the message in the body, for the errors: `data.` in an interaction's answer."""
    content = body.get("content") or ""
    if is_v2:
        for forbidden in ("content", "embeds", "sticker_ids", "poll"):
            if body.get(forbidden):
                raise invalid(
                    f"{path}{forbidden}",
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{forbidden}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
        check_v2(body.get("components") or [], f"{path}components")
    else:
        check_legacy(body.get("components") or [], f"{path}components")
    if len(content) > CONTENT:
        raise too_long(f"{path}content", CONTENT)
    check_embeds(body.get("embeds") or [], f"{path}embeds")
    parts = ("embeds", "components", "sticker_ids", "poll")
    if not content.strip() and not may_be_empty and not any(body.get(part) for part in parts):
        raise refused(50006)


def check_embeds(embeds: list[Payload], path: str) -> None:
    if len(embeds) > EMBEDS:
        raise too_long(path, EMBEDS)
    total = 0
    for number, embed in enumerate(embeds):
        where = f"{path}.{number}"
        for key, most in _EMBED_LIMITS.items():
            total += _text(embed, key, f"{where}.{key}", most)
        total += _text(embed.get("footer"), "text", f"{where}.footer.text", 2048)
        total += _text(embed.get("author"), "name", f"{where}.author.name", 256)
        fields = embed.get("fields") or []
        if len(fields) > 25:
            raise too_long(f"{where}.fields", 25)
        for place, field in enumerate(fields):
            for key, most in (("name", 256), ("value", 1024)):
                if not str(field.get(key) or "").strip():
                    raise required(f"{where}.fields.{place}.{key}")
                total += _text(field, key, f"{where}.fields.{place}.{key}", most)
    if total > EMBED_TEXT:
        raise invalid(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TEXT}")


def _text(holder: Payload | None, key: str, path: str, most: int) -> int:
    text = str((holder or {}).get(key) or "")
    if len(text) > most:
        raise too_long(path, most)
    return len(text)


def check_modal(data: Payload) -> None:
    from .component_rules import check_modal_components

    for key, most in (("custom_id", 100), ("title", 45)):
        if not 1 <= len(data.get(key) or "") <= most:
            raise wrong_length(f"data.{key}", 1, most)
    check_modal_components(data.get("components") or [], "data.components")


def check_choices(choices: Any) -> None:
    if not isinstance(choices, list) or len(choices) > 25:
        raise too_long("data.choices", 25)
    for number, choice in enumerate(choices):
        if not 1 <= len(choice.get("name") or "") <= 100:
            raise wrong_length(f"data.choices.{number}.name", 1, 100)
