"""How does a person go through a draft at a terminal? Line by line: as it stands, shown, masked, or corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import click

from bot.core.disclosure import Line, Mask
from bot.core.errors import BadInput
from bot.locales import Speak
from bot.paper.drafts import Draft, marked, unmarked, whys_of

KEYS = ("", "v", "d", "r", "q")


@dataclass
class Review:
    """A review under way; `save` is called after each answer, so that nothing is lost when it is broken off."""

    draft: Draft
    say: Speak
    save: Callable[[Draft], None]

    def run(self) -> bool:
        """Go through the lines that nobody has gone through; whether the end was reached."""
        for number, ground in self.draft.grounds.items():
            click.echo(f"{number}: {ground}")
        click.echo(self.say("disclose-keys"))
        for place in range(self._begin(), len(self.draft.lines)):
            answered = self._asked(self.draft.lines[place])
            if answered is None:
                return False
            lines = (*self.draft.lines[:place], answered, *self.draft.lines[place + 1 :])
            self.draft = replace(self.draft, lines=lines)
            self.save(self.draft)
        return True

    @property
    def left(self) -> int:
        """How many lines wait for an answer."""
        return sum(not line.is_settled for line in self.draft.lines)

    def _begin(self) -> int:
        """The first line, or where an earlier review was broken off."""
        lines = self.draft.lines
        if not any(mask.sure for line in lines for mask in line.masks):
            return 0
        return next((place for place, line in enumerate(lines) if not line.is_settled), len(lines))

    def _asked(self, line: Line) -> Line | None:
        """The line as the person wants it; None where the person stops."""
        why = whys_of(line)
        click.echo(f"\n{line.place} {line.label}: {marked(line)}" + (f"   ({why})" if why else ""))
        choice = click.prompt(self.say("disclose-key"), type=click.Choice(KEYS), default="", show_default=False,
                              show_choices=False)  # fmt: skip
        if choice == "q":
            return None
        if choice == "v":
            return replace(line, masks=())
        if choice == "d":
            return replace(line, masks=(Mask(0, len(line.text), self._ground(), sure=True),)) if line.text else line
        return self._settled(self._corrected(line) if choice == "r" else line)

    def _settled(self, line: Line) -> Line:
        masks = [replace(mask, ground=mask.ground or self._ground(), sure=True) for mask in line.masks]
        return replace(line, masks=tuple(masks))

    def _corrected(self, line: Line) -> Line:
        while True:
            typed = click.prompt(self.say("disclose-correct"), default=marked(line))
            try:
                text, masks = unmarked(typed.rstrip(), line.place)
            except BadInput:
                text, masks = "", ()
            if text == line.text:
                return replace(line, masks=masks)
            click.echo(self.say("disclose-unfit"))

    def _ground(self) -> int:
        """A number of the list; words become a new one."""
        while True:
            typed = click.prompt(self.say("disclose-ground")).strip()
            if typed.isdecimal() and int(typed) in self.draft.grounds:
                return int(typed)
            if typed and not typed.isdecimal():
                number = max(self.draft.grounds, default=0) + 1
                self.draft = replace(self.draft, grounds={**self.draft.grounds, number: typed})
                return number
