"""What is inside a message's or a modal's tree of components?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from .events import Payload

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT = 1, 2, 3, 4, 5
ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT, SECTION, TEXT = 6, 7, 8, 9, 10
THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 11, 12, 13, 14, 17
LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
LINK_STYLE = 5


def walk(components: Iterable[Payload]) -> Iterator[Payload]:
    """Every component at every depth, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        for key in ("accessory", "component"):
            if key in component:
                yield from walk([component[key]])


def texts(components: Iterable[Payload]) -> list[str]:
    return [component["content"] for component in walk(components) if component["type"] == TEXT]


def buttons(components: Iterable[Payload]) -> list[Payload]:
    return [component for component in walk(components) if component["type"] == BUTTON]


def find(components: Iterable[Payload], key: str, kinds: Iterable[int]) -> Payload:
    """The component a person means by its custom_id, or by what is written on it."""
    candidates = [component for component in walk(components) if component["type"] in set(kinds)]
    for field in ("custom_id", "label", "placeholder"):
        for component in candidates:
            if component.get(field) == key:
                return component
    there = [(component.get("custom_id"), component.get("label")) for component in candidates]
    raise LookupError(f"nothing called {key!r} to use here; there are {there}")


def numbered(components: list[Payload]) -> list[Payload]:
    """Discord numbers the components that come without an id."""
    taken = {component["id"] for component in walk(components) if component.get("id")}
    free = (number for number in count(1) if number not in taken)
    for component in walk(components):
        if not component.get("id"):
            component["id"] = next(free)
    return components
