"""Which words does a message carry? All that a reader of the channel can read in it, joined by newlines.

That is the content, and whatever else people have found to write in: forwarded messages, embeds, polls, text
components, the names of stickers, and the names, titles and alternative texts of attachments. What stands inside
text files is not here, because it has to be fetched: see files.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord
from discord.components import Component

LONGEST_NAME = 200  # of a file's name; Discord itself allows more than anybody reads


def words(message: discord.Message) -> str:
    """Every word of a message and of the messages forwarded in it."""
    parts = list(_common(message))
    if message.poll is not None:
        parts += [message.poll.question, *(answer.text for answer in message.poll.answers)]
    for snapshot in message.message_snapshots:
        parts += _common(snapshot)
    return "\n".join(part for part in parts if part and not part.isspace())


def attachments(message: discord.Message) -> list[discord.Attachment]:
    """A message's files and those of the messages forwarded in it."""
    return [*message.attachments, *(file for each in message.message_snapshots for file in each.attachments)]


def _common(message: discord.Message | discord.MessageSnapshot) -> Iterator[str | None]:
    yield message.content
    for embed in message.embeds:
        yield from _embed(embed)
    yield from _components(message.components)
    for sticker in message.stickers:
        yield sticker.name
    for file in message.attachments:
        yield from (file.filename[:LONGEST_NAME], file.title, file.description)


def _embed(embed: discord.Embed) -> Iterator[str | None]:
    yield from (embed.author.name, embed.title, embed.description)
    for field in embed.fields:
        yield from (field.name, field.value)
    yield embed.footer.text


def _components(components: Iterable[Component]) -> Iterator[str]:
    """Text displays at every depth: in containers, sections and whatever else holds others."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _components(getattr(component, "children", ()))
