"""What stands around a message or a modal in Discord's dark theme? A whole page, without anything fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from tests.pictures.components import box, laid_out
from tests.pictures.markdown import ZONE, Reader, html

DESKTOP, PHONE = 640, 390  # CSS pixels
WORDS = {
    "sv": {"app": "APP", "only": "Bara du kan se det här", "used": "använde", "cancel": "Avbryt", "submit": "Skicka"},
    "en": {"app": "APP", "only": "Only you can see this", "used": "used", "cancel": "Cancel", "submit": "Submit"},
}


@dataclass(frozen=True)
class Shot:
    """Something that the bot sent, and how it is to be seen."""

    name: str
    payload: Mapping[str, Any]  # a message's `content` and `components`, or a modal's with its `title`
    reader: Reader
    width: int = DESKTOP
    ephemeral: bool = False
    used: str = ""  # the command it answers, with who used it: "mo /kö"
    alt: str = ""  # in words, for whoever does not see it


def page(shot: Shot) -> str:
    """The page of one shot."""
    inner = _modal(shot) if "title" in shot.payload else _message(shot)
    return (
        f'<!doctype html><html lang="{shot.reader.locale}"><meta charset="utf-8"><title>{escape(shot.name)}</title>'
        f'<style>{CSS}</style><body style="width: {shot.width}px">{inner}</body></html>'
    )


def _message(shot: Shot) -> str:
    words, payload = WORDS[shot.reader.locale], shot.payload
    time = shot.reader.now.astimezone(ZONE).strftime("%H:%M")
    head = f'<b>Uppsikt</b> <span class="badge">{words["app"]}</span> <span class="when">{time}</span>'
    content = box("text", html(payload["content"], shot.reader)) if payload.get("content") else ""
    only = box("only", f"👁 {words['only']}") if shot.ephemeral else ""
    body = box("head", head) + content + laid_out(payload.get("components") or (), shot.reader) + only
    kinds = "message mine" if shot.ephemeral else "message"
    return box(kinds, _used(shot) + box("avatar", "U") + box("body", body))


def _used(shot: Shot) -> str:
    who, _, command = shot.used.partition(" ")
    said = f'<b>{escape(who)}</b> {WORDS[shot.reader.locale]["used"]} <span class="mention">{escape(command)}</span>'
    return box("used", said) if shot.used else ""


def _modal(shot: Shot) -> str:
    words = WORDS[shot.reader.locale]
    top = f'<span class="avatar">U</span><b>{escape(shot.payload["title"])}</b><span class="x">×</span>'
    buttons = (
        f'<span class="button secondary">{words["cancel"]}</span><span class="button primary">{words["submit"]}</span>'
    )
    return box("modal", box("top", top) + laid_out(shot.payload["components"], shot.reader) + box("bottom", buttons))


CSS = """
* { box-sizing: border-box; }
html { background: #1a1a1e; }
body { margin: 0; padding: 14px 12px; color: #dfe0e2; font: 16px/1.4 "gg sans", "Noto Sans", "Liberation Sans",
  "Helvetica Neue", Arial, "DejaVu Sans", "Noto Color Emoji", sans-serif; overflow-wrap: anywhere; }
b, strong { color: #fbfbfb; font-weight: 600; }
.message { position: relative; padding-left: 52px; }
.message.mine { background: #25263a; padding: 10px 10px 10px 60px; border-left: 2px solid #5865f2; margin: -6px; }
.avatar { width: 38px; height: 38px; border-radius: 50%; background: #3a5a78; color: #fff; font-weight: 600;
  display: flex; align-items: center; justify-content: center; }
.message > .avatar { position: absolute; left: 2px; }
.message.mine > .avatar { left: 10px; }
.used { font-size: 14px; color: #9b9ca3; margin-bottom: 6px; }
.head { margin-bottom: 4px; }
.badge { background: #5865f2; color: #fff; font-size: 11px; font-weight: 600; border-radius: 4px; padding: 1px 5px;
  vertical-align: 2px; }
.when, .only { color: #9b9ca3; font-size: 13px; }
.only { margin-top: 6px; }
.container { background: #242429; border: 1px solid #36373e; border-left: 4px solid #36373e; border-radius: 8px;
  padding: 12px 14px; display: flex; flex-direction: column; gap: 9px; }
.small { font-size: 13px; color: #a3a4ac; }
.small strong { color: #c3c4ca; }
.h1 { font-size: 24px; font-weight: 600; } .h2 { font-size: 20px; font-weight: 600; } .h3 { font-weight: 600; }
.item { padding-left: 20px; text-indent: -12px; } .item::before { content: "•"; padding-right: 7px; }
.quote { border-left: 4px solid #65666e; padding-left: 10px; }
.spoiler { background: #53545c; color: transparent; border-radius: 4px; padding: 0 2px; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; }
.link { color: #7cb7ff; }
.mention { background: #3b3f6b; color: #cdd3ff; border-radius: 3px; padding: 0 3px; font-weight: 500;
  white-space: nowrap; }
.time { background: #323339; border-radius: 3px; padding: 0 2px; }
code { background: #121214; border: 1px solid #36373e; border-radius: 4px; padding: 0 3px;
  font: 85% "DejaVu Sans Mono", monospace; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.button { border-radius: 8px; padding: 6px 14px; font-size: 14px; font-weight: 500; color: #fff; }
.primary { background: #5865f2; } .secondary { background: #3e3f47; } .success { background: #00863a; }
.danger { background: #d22d39; } .disabled { opacity: 0.5; }
.section { display: flex; justify-content: space-between; gap: 12px; align-items: flex-start; }
.separator { height: 4px; } .separator.line { height: 0; border-top: 1px solid #3e3f47; }
.separator.wide { margin: 8px 0; }
.modal { background: #242429; border: 1px solid #36373e; border-radius: 10px; padding: 16px; max-width: 440px; }
.top, .bottom { display: flex; gap: 12px; align-items: center; } .top b { font-size: 19px; flex: 1; }
.top .x { color: #a3a4ac; font-size: 24px; } .top .avatar { width: 32px; height: 32px; }
.bottom { margin-top: 18px; } .bottom .button { flex: 1; text-align: center; padding: 9px; }
.labelled { margin-top: 16px; } .label { font-weight: 600; color: #fbfbfb; } .star { color: #f5707a; }
.about { font-size: 13.5px; color: #a3a4ac; }
.field { margin-top: 6px; background: #1a1a1e; border: 1px solid #44454d; border-radius: 8px; padding: 9px 12px;
  min-height: 42px; display: flex; justify-content: space-between; gap: 8px; }
.field.tall { min-height: 84px; } .empty { color: #8b8c94; } .arrow { color: #a3a4ac; }
.chip { background: #3e3f47; border-radius: 4px; padding: 1px 7px; margin-right: 6px; font-size: 14.5px;
  color: #dfe0e2; }
.choice { display: flex; gap: 10px; margin-top: 8px; } .mark { font-size: 18px; line-height: 1.2; color: #a9b0ff; }
"""
