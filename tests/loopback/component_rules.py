"""Would Discord take these components?

A message without the V2 flag holds up to five rows; one with it holds a tree of up to forty components with up to
four thousand characters of text; a modal holds one to five fields.
"""

from __future__ import annotations

from . import components as c
from .errors import invalid, required, too_long, wrong_length
from .events import Payload

V2_COMPONENTS, V2_TEXT = 40, 4000
_V2_TOP = {c.ROW, c.SECTION, c.TEXT, c.GALLERY, c.FILE, c.SEPARATOR, c.CONTAINER}
_IN_CONTAINER = _V2_TOP - {c.CONTAINER}
_IN_LABEL = c.SELECTS | {c.TEXT_INPUT, c.FILE_UPLOAD, c.RADIO_GROUP, c.CHECKBOX_GROUP, c.CHECKBOX}


def check_legacy(components: list[Payload], path: str) -> None:
    if len(components) > 5:
        raise too_long(path, 5)
    _all_of(components, {c.ROW}, path)
    for number, row in enumerate(components):
        _check_row(row, f"{path}.{number}")
    _unique_ids(components, path)


def check_v2(components: list[Payload], path: str) -> None:
    everything = list(c.walk(components))
    if len(everything) > V2_COMPONENTS:
        raise too_long(path, V2_COMPONENTS)
    if sum(map(len, c.texts(components))) > V2_TEXT:
        raise invalid(
            path,
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Total text size exceeds maximum size of {V2_TEXT}",
        )
    _all_of(components, _V2_TOP, path)
    for number, component in enumerate(components):
        _check_v2_one(component, f"{path}.{number}")
    _unique_ids(components, path)


def _check_v2_one(component: Payload, path: str) -> None:
    kind = component["type"]
    children: list[Payload] = component.get("components") or []
    if kind == c.ROW:
        _check_row(component, path)
    elif kind == c.TEXT:
        _length(component, "content", path, 1, V2_TEXT)
    elif kind == c.SECTION:
        if not 1 <= len(children) <= 3:
            raise wrong_length(f"{path}.components", 1, 3)
        _all_of(children, {c.TEXT}, f"{path}.components")
        accessory = component.get("accessory")
        if not accessory:
            raise required(f"{path}.accessory")
        _all_of([accessory], {c.BUTTON, c.THUMBNAIL}, f"{path}.accessory")
        if accessory["type"] == c.BUTTON:
            _check_button(accessory, f"{path}.accessory")
    elif kind == c.GALLERY:
        if not 1 <= len(component.get("items") or []) <= 10:
            raise wrong_length(f"{path}.items", 1, 10)
    elif kind == c.CONTAINER:
        if not children:
            raise required(f"{path}.components")
        _all_of(children, _IN_CONTAINER, f"{path}.components")
        for number, child in enumerate(children):
            _check_v2_one(child, f"{path}.components.{number}")


def check_modal_components(components: list[Payload], path: str) -> None:
    if not 1 <= len(components) <= 5:
        raise wrong_length(path, 1, 5)
    _all_of(components, {c.ROW, c.TEXT, c.LABEL}, path)
    for number, component in enumerate(components):
        where = f"{path}.{number}"
        if component["type"] == c.ROW:
            _all_of(component["components"], {c.TEXT_INPUT}, f"{where}.components")
            _length(component["components"][0], "label", f"{where}.components.0", 1, 45)
        elif component["type"] == c.LABEL:
            _length(component, "label", where, 1, 45)
            if component.get("description"):
                _length(component, "description", where, 1, 100)
            field = component["component"]
            _all_of([field], _IN_LABEL, f"{where}.component")
            if field["type"] == c.STRING_SELECT:
                _check_select(field, f"{where}.component")
    _unique_ids(components, path)


def _check_row(row: Payload, path: str) -> None:
    children: list[Payload] = row.get("components") or []
    if not 1 <= len(children) <= 5:
        raise wrong_length(f"{path}.components", 1, 5)
    kinds = {child["type"] for child in children}
    if kinds != {c.BUTTON} and not (len(children) == 1 and kinds <= c.SELECTS):
        raise invalid(f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The width of the row is exceeded")
    for number, child in enumerate(children):
        where = f"{path}.components.{number}"
        if child["type"] == c.BUTTON:
            _check_button(child, where)
        else:
            _check_select(child, where)


def _check_button(button: Payload, path: str) -> None:
    if button.get("style") == c.LINK_STYLE:
        if not button.get("url"):
            raise required(f"{path}.url")
    else:
        _length(button, "custom_id", path, 1, 100)
    if len(button.get("label") or "") > 80:
        raise too_long(f"{path}.label", 80)
    if not button.get("label") and not button.get("emoji"):
        raise invalid(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")


def _check_select(select: Payload, path: str) -> None:
    _length(select, "custom_id", path, 1, 100)
    if len(select.get("placeholder") or "") > 150:
        raise too_long(f"{path}.placeholder", 150)
    if select["type"] != c.STRING_SELECT:
        return
    options: list[Payload] = select.get("options") or []
    if not 1 <= len(options) <= 25:
        raise wrong_length(f"{path}.options", 1, 25)
    for number, option in enumerate(options):
        where = f"{path}.options.{number}"
        _length(option, "label", where, 1, 100)
        _length(option, "value", where, 1, 100)
        if len(option.get("description") or "") > 100:
            raise too_long(f"{where}.description", 100)
    if len({option["value"] for option in options}) < len(options):
        raise invalid(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Option values are duplicated")


def _length(holder: Payload, key: str, path: str, least: int, most: int) -> None:
    if not least <= len(holder.get(key) or "") <= most:
        raise wrong_length(f"{path}.{key}", least, most)


def _all_of(components: list[Payload], kinds: set[int] | frozenset[int], path: str) -> None:
    for number, component in enumerate(components):
        if component.get("type") not in kinds:
            raise invalid(f"{path}.{number}", "UNION_TYPE_CHOICES", f"Value of field 'type' must be one of {kinds}")


def _unique_ids(components: list[Payload], path: str) -> None:
    ids = [each["custom_id"] for each in c.walk(components) if "custom_id" in each]
    if len(set(ids)) < len(ids):
        raise invalid(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
