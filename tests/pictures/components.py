"""How does Discord lay out components? One function a kind; a kind that is not known is an error, never left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from tests.loopback import components as c
from tests.pictures.markdown import Reader, html

Payload = Mapping[str, Any]
STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary", 6: "primary"}
PLACEHOLDER = {"sv": "Välj", "en": "Make a selection"}
MENTIONED = {c.USER_SELECT, c.ROLE_SELECT, c.MENTIONABLE_SELECT, c.CHANNEL_SELECT}


def laid_out(components: Iterable[Payload], reader: Reader) -> str:
    """A list of components, one under the other."""
    return "".join(_one(component, reader) for component in components)


def box(kinds: str, inner: str) -> str:
    """A box of these kinds around what is HTML already."""
    return f'<div class="{kinds}">{inner}</div>'


def _one(it: Payload, reader: Reader) -> str:
    try:
        draw = _DRAWN[it["type"]]
    except KeyError:
        raise ValueError(f"no picture of a component of type {it['type']} yet: add it to {__name__}") from None
    return draw(it, reader)


def _container(it: Payload, reader: Reader) -> str:
    colour = it.get("accent_color")
    style = "" if colour is None else f' style="border-left-color: #{int(colour):06x}"'
    return f'<div class="container"{style}>{laid_out(it["components"], reader)}</div>'


def _text(it: Payload, reader: Reader) -> str:
    return box("text", html(it["content"], reader))


def _row(it: Payload, reader: Reader) -> str:
    return box("row", laid_out(it["components"], reader))


def _button(it: Payload, _reader: Reader) -> str:
    emoji = (it.get("emoji") or {}).get("name") or ""
    label = " ".join(part for part in (emoji, it.get("label") or "") if part)
    kinds = f"button {STYLES[it['style']]}" + (" disabled" if it.get("disabled") else "")
    return f'<span class="{kinds}">{escape(label)}{" ↗" if it["style"] == c.LINK_STYLE else ""}</span>'


def _section(it: Payload, reader: Reader) -> str:
    beside = laid_out([it["accessory"]], reader)
    return box("section", box("", laid_out(it["components"], reader)) + beside)


def _separator(it: Payload, _reader: Reader) -> str:
    return box("separator" + " line" * bool(it.get("divider", True)) + " wide" * (it.get("spacing") == 2), "")


def _select(it: Payload, reader: Reader) -> str:
    chosen = [option["label"] for option in it.get("options") or () if option.get("default")]
    if chosen and it.get("max_values", 1) > 1:
        shown = "".join(f'<span class="chip">{escape(label)} ×</span>' for label in chosen)
    else:
        shown = escape(chosen[0] if chosen else it.get("placeholder") or PLACEHOLDER[reader.locale])
    return f'<div class="field{"" if chosen else " empty"}"><span>{shown}</span><span class="arrow">⌄</span></div>'


def _input(it: Payload, _reader: Reader) -> str:
    label = box("label", escape(it["label"])) if it.get("label") else ""
    size = "field tall" if it.get("style") == 2 else "field"
    value, hint = it.get("value") or "", it.get("placeholder") or ""
    return label + box(size if value else f"{size} empty", escape(value or hint))


def _label(it: Payload, reader: Reader) -> str:
    star = '<span class="star"> *</span>' if it["component"].get("required", True) else ""
    about = box("about", escape(it["description"])) if it.get("description") else ""
    return box("labelled", box("label", escape(it["label"]) + star) + about + _one(it["component"], reader))


def _choices(mark: str, chosen_mark: str) -> Callable[[Payload, Reader], str]:
    def draw(it: Payload, _reader: Reader) -> str:
        return "".join(_choice(each, chosen_mark if each.get("default") else mark) for each in it["options"])

    return draw


def _checkbox(it: Payload, _reader: Reader) -> str:
    return _choice({"label": it.get("label") or ""}, "☑" if it.get("default") else "☐")


def _choice(option: Payload, mark: str) -> str:
    about = box("about", escape(option["description"])) if option.get("description") else ""
    return box("choice", f'<span class="mark">{mark}</span>' + box("", escape(option["label"]) + about))


def _file(it: Payload, _reader: Reader) -> str:
    return f'<div class="field">📄 {escape(str(it.get("name") or (it.get("file") or {}).get("url") or ""))}</div>'


_DRAWN: Mapping[int, Callable[[Payload, Reader], str]] = {
    c.CONTAINER: _container,
    c.TEXT: _text,
    c.ROW: _row,
    c.BUTTON: _button,
    c.SECTION: _section,
    c.SEPARATOR: _separator,
    c.STRING_SELECT: _select,
    **dict.fromkeys(MENTIONED, _select),
    c.TEXT_INPUT: _input,
    c.LABEL: _label,
    c.RADIO_GROUP: _choices("○", "◉"),
    c.CHECKBOX_GROUP: _choices("☐", "☑"),
    c.CHECKBOX: _checkbox,
    c.FILE: _file,
}
